using System.Collections.Concurrent;

namespace NewsHub.Web.Areas.Admin;

/// <summary>
/// Which story a form for a new one has already begun: a second click, or an autosave whose answer was lost, finds it instead of beginning
/// another. In memory, for a day.
/// </summary>
public sealed class FormKeys(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(long Member, string Key), (long Story, DateTimeOffset At)> _begun = new();

    public static string New() => Guid.NewGuid().ToString("N");

    public long? Find(long member, string? key) => key is { Length: 32 } && _begun.TryGetValue((member, key), out var begun) ? begun.Story : null;

    public void Keep(long member, string? key, long story)
    {
        if (key is not { Length: 32 }) return;
        var now = clock.GetUtcNow();
        foreach (var old in _begun.Where(b => now - b.Value.At > TimeSpan.FromDays(1))) _begun.TryRemove(old);
        _begun[(member, key)] = (story, now);
    }
}
