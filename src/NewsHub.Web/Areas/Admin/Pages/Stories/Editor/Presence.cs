namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>
/// Who has which story open now: names for colleagues' screens, never a lock. In this process's memory; whoever has not been heard of
/// for half a minute has left.
/// </summary>
public sealed class Presence(TimeProvider clock)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    /// <summary>Of stories at once, by all colleagues.</summary>
    private const int Most = 2000;

    private readonly Lock _door = new();
    private readonly Dictionary<(long Story, long Member), (string Name, DateTimeOffset At)> _here = [];

    /// <summary>Someone is still there. The others who are, by name.</summary>
    public IReadOnlyList<string> Stay(long story, long member, string name)
    {
        var now = clock.GetUtcNow();
        lock (_door)
        {
            foreach (var gone in _here.Where(h => now - h.Value.At > Forgotten).Select(h => h.Key).ToList()) _here.Remove(gone);
            if (_here.Count < Most || _here.ContainsKey((story, member))) _here[(story, member)] = (name, now);
            return [.. _here.Where(h => h.Key.Story == story && h.Key.Member != member).Select(h => h.Value.Name).Order()];
        }
    }

    public void Leave(long story, long member)
    {
        lock (_door) _here.Remove((story, member));
    }
}
