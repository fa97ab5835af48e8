using System.Text.Json.Serialization;
using NewsHub.Core.Events;

namespace NewsHub.Core.Webhooks;

/// <summary>What a webhook can be told of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookEventType>))]
public enum WebhookEventType
{
    StoryPublished,
    StoryUpdated,
    StoryCorrected,
    StoryWithdrawn,
    EditionPublished,

    /// <summary>A test that someone in the newsroom asked for.</summary>
    Ping,
}

public static class WebhookEventTypes
{
    /// <summary>Those that can be chosen, with a sentence for whoever chooses.</summary>
    public static readonly IReadOnlyList<(WebhookEventType EventType, string About)> All =
    [
        (WebhookEventType.StoryPublished, "A story is published, or restored after it was withdrawn."),
        (WebhookEventType.StoryUpdated, "A published story has a new text or another address."),
        (WebhookEventType.StoryCorrected, "A story was corrected, with a note."),
        (WebhookEventType.StoryWithdrawn, "A story was withdrawn. Remove it too."),
        (WebhookEventType.EditionPublished, "An edition is published."),
    ];

    /// <summary>As receivers know it: <c>story.published</c>.</summary>
    public static string Name(this WebhookEventType webhookEventType) => webhookEventType switch
    {
        WebhookEventType.StoryPublished => "story.published",
        WebhookEventType.StoryUpdated => "story.updated",
        WebhookEventType.StoryCorrected => "story.corrected",
        WebhookEventType.StoryWithdrawn => "story.withdrawn",
        WebhookEventType.EditionPublished => "edition.published",
        _ => "ping",
    };

    /// <summary>What an act is to those outside; null where it is none of their business.</summary>
    public static WebhookEventType? Of(Act act) => act switch
    {
        Act.Publish or Act.Restore => WebhookEventType.StoryPublished,
        Act.Update or Act.Readdress or Act.Redate => WebhookEventType.StoryUpdated,
        Act.Correct => WebhookEventType.StoryCorrected,
        Act.Withdraw => WebhookEventType.StoryWithdrawn,
        Act.PublishEdition => WebhookEventType.EditionPublished,
        _ => null,
    };
}
