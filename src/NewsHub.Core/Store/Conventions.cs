using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Webhooks;

namespace NewsHub.Core.Store;

/// <summary>How the trade's types are kept: ids as numbers, enums as words, instants as UTC, lists that are only
/// ever read whole as JSON.</summary>
internal static class Conventions
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Apply(ModelConfigurationBuilder model)
    {
        model.Properties<StoryId>().HaveConversion<StoryIdConverter>();
        model.Properties<SectionId>().HaveConversion<SectionIdConverter>();
        model.Properties<EditionId>().HaveConversion<EditionIdConverter>();
        model.Properties<Slug>().HaveConversion<SlugConverter>().HaveMaxLength(100);
        model.Properties<Actor>().HaveConversion<ActorConverter>().HaveMaxLength(200);
        model.Properties<EventSubject>().HaveConversion<EventSubjectConverter>();
        model.Properties<IReadOnlyList<Topic>>().HaveConversion<TopicsConverter, TopicsComparer>();
        model.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        model.Properties<StoryState>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<Role>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<Act>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<SlotKind>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<NotePart>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<Kind>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<WebhookEventType>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<NotificationKind>().HaveConversion<string>().HaveMaxLength(20);
        model.Properties<DeliveryState>().HaveConversion<string>().HaveMaxLength(20);
    }

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(new JsonConverter<T>(), new JsonComparer<T>());
        return property;
    }

    public static ComplexTypePropertyBuilder<T> AsJson<T>(this ComplexTypePropertyBuilder<T> property)
    {
        property.HasConversion(new JsonConverter<T>(), new JsonComparer<T>());
        return property;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    private static T Read<T>(string text) => Known<T>.Read(text);

    /// <summary>What was read before, by its text: bylines, tags and pictures come again with every card. The values are never
    /// changed, only replaced.</summary>
    private static class Known<T>
    {
        private const int Most = 2048;
        private static readonly ConcurrentDictionary<string, T> Values = new(StringComparer.Ordinal);
        private static int _count;

        public static T Read(string text)
        {
            if (Values.TryGetValue(text, out var value)) return value;
            value = JsonSerializer.Deserialize<T>(text, Json)!;
            // Once full, it starts afresh: simpler than knowing which is oldest, and as good where few come again.
            if (Interlocked.Increment(ref _count) > Most)
            {
                Values.Clear();
                _count = 0;
            }
            Values[text] = value;
            return value;
        }
    }

    private sealed class JsonConverter<T>() : ValueConverter<T, string>(v => Write(v), s => Read<T>(s));

    private sealed class JsonComparer<T>()
        : ValueComparer<T>((a, b) => Write(a) == Write(b), v => Write(v).GetHashCode(StringComparison.Ordinal), v => v);

    private sealed class StoryIdConverter() : ValueConverter<StoryId, long>(id => id.Value, v => new StoryId(v));

    private sealed class SectionIdConverter() : ValueConverter<SectionId, long>(id => id.Value, v => new SectionId(v));

    private sealed class EditionIdConverter() : ValueConverter<EditionId, long>(id => id.Value, v => new EditionId(v));

    private sealed class SlugConverter() : ValueConverter<Slug, string>(s => s.Value, v => Slug.Parse(v));

    private sealed class ActorConverter() : ValueConverter<Actor, string>(a => a.Name, v => new Actor(v));

    private sealed class EventSubjectConverter() : ValueConverter<EventSubject, string>(s => s.ToString(), v => EventSubject.FromStored(v));

    private sealed class TopicsConverter() : ValueConverter<IReadOnlyList<Topic>, string>(t => Topic.Stored(t), v => Topic.FromStored(v));

    private sealed class TopicsComparer() : ValueComparer<IReadOnlyList<Topic>>(
        (a, b) => Topic.Stored(a!) == Topic.Stored(b!), t => Topic.Stored(t).GetHashCode(StringComparison.Ordinal), t => t);

    // SQLite cannot sort a DateTimeOffset; a UTC DateTime it can.
    private sealed class UtcConverter()
        : ValueConverter<DateTimeOffset, DateTime>(t => t.UtcDateTime, v => new DateTimeOffset(DateTime.SpecifyKind(v, DateTimeKind.Utc)));
}
