using NewsHub.Web.Live;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>
/// Who has which story open now: names for colleagues' screens, never a lock. In this process's memory; whoever has not been heard of
/// for half a minute has left.
/// </summary>
public sealed class Presence(TimeProvider clock, NewsroomUpdates updates)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    /// <summary>Of stories at once, by all colleagues.</summary>
    private const int Most = 2000;

    /// <summary>A form may lie open overnight.</summary>
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(16);

    private readonly Lock _door = new();
    private readonly Dictionary<(long Story, long Member), (string Name, DateTimeOffset At)> _here = [];
    private readonly Dictionary<(long Story, long Member), (int Revision, DateTimeOffset At)> _open = [];

    /// <summary>Someone is still there. The others who are, by name.</summary>
    public IReadOnlyList<string> Stay(long story, long member, string name)
    {
        var now = clock.GetUtcNow();
        lock (_door)
        {
            var before = _here.Count;
            foreach (var gone in _here.Where(h => now - h.Value.At > Forgotten).Select(h => h.Key).ToList()) _here.Remove(gone);
            var comes = !_here.ContainsKey((story, member));
            if (comes || _here.Count < before) updates.Changed();
            if (_here.Count < Most || !comes) _here[(story, member)] = (name, now);
            return [.. _here.Where(h => h.Key.Story == story && h.Key.Member != member).Select(h => h.Value.Name).Order()];
        }
    }

    /// <summary>Who has which of these stories open: the others by name, then oneself as “you”. A story that nobody has open is left
    /// out.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<string>> Of(IReadOnlyCollection<long> stories, long member)
    {
        var now = clock.GetUtcNow();
        lock (_door)
        {
            return _here.Where(h => now - h.Value.At <= Forgotten && stories.Contains(h.Key.Story))
                .GroupBy(h => h.Key.Story)
                .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [
                    .. g.Where(h => h.Key.Member != member).Select(h => h.Value.Name).Order(),
                    .. g.Where(h => h.Key.Member == member).Select(_ => "you"),
                ]);
        }
    }

    /// <summary>Someone has been shown a text of the story, and may go on from it.</summary>
    public void Open(long story, long member, int revision)
    {
        var now = clock.GetUtcNow();
        lock (_door)
        {
            if (_open.Count >= Most && !_open.ContainsKey((story, member)))
                foreach (var gone in _open.Where(o => now - o.Value.At > OpenFor).Select(o => o.Key).ToList()) _open.Remove(gone);
            if (_open.Count < Most || _open.ContainsKey((story, member))) _open[(story, member)] = (revision, now);
        }
    }

    /// <summary>Whether one of the others was shown this text last.</summary>
    public bool IsOpenElsewhere(long story, long member, int revision)
    {
        lock (_door) return _open.Any(o => o.Key.Story == story && o.Key.Member != member && o.Value.Revision == revision);
    }

    public void Leave(long story, long member)
    {
        lock (_door)
        {
            if (_here.Remove((story, member))) updates.Changed();
        }
    }
}
