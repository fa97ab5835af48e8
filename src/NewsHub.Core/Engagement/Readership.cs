using NewsHub.Core.Stories;

namespace NewsHub.Core.Engagement;

/// <summary>
/// Who is reading at this moment: distinct readers of a story, and of the whole paper, within the last minute. In memory alone, and of
/// each reader nothing but a random number that the browser made up. Safe for every thread.
/// </summary>
public sealed class Readership(TimeProvider clock)
{
    /// <summary>How long someone counts after the last sign of life.</summary>
    public static readonly TimeSpan Lingers = TimeSpan.FromSeconds(60);

    /// <summary>The whole paper's.</summary>
    private static readonly StoryId Paper = new(0);

    /// <summary>Of a place, so that whoever makes up numbers cannot fill the memory.</summary>
    private const int Most = 200_000;

    private readonly Dictionary<StoryId, Dictionary<ulong, (int Open, DateTimeOffset Until)>> _places = [];
    private readonly Dictionary<StoryId, int> _told = [];
    private readonly Lock _lock = new();

    /// <summary>A tab has been opened; it counts until a minute after it is closed.</summary>
    public void Open(StoryId? story, ulong reader) => Sees(story, reader, open: 1);

    public void Close(StoryId? story, ulong reader) => Sees(story, reader, open: -1);

    /// <summary>A sign of life from a tab that holds no stream.</summary>
    public void See(StoryId? story, ulong reader) => Sees(story, reader, open: 0);

    public int Of(StoryId story)
    {
        lock (_lock) return Count(story);
    }

    public int OfThePaper
    {
        get
        {
            lock (_lock) return Count(Paper);
        }
    }

    /// <summary>The stories whose number has changed since the last time this was asked.</summary>
    public IReadOnlyList<StoryId> Changed()
    {
        lock (_lock)
        {
            List<StoryId> changed = [];
            foreach (var place in _places.Keys.ToList())
            {
                var now = Count(place);
                if (now != _told.GetValueOrDefault(place) && place != Paper) changed.Add(place);
                if (now > 0) _told[place] = now;
                else
                {
                    _places.Remove(place);
                    _told.Remove(place);
                }
            }
            return changed;
        }
    }

    private void Sees(StoryId? story, ulong reader, int open)
    {
        var until = clock.GetUtcNow() + Lingers;
        lock (_lock)
        {
            foreach (var place in story is { } one ? (ReadOnlySpan<StoryId>)[Paper, one] : [Paper])
            {
                if (!_places.TryGetValue(place, out var readers)) _places.Add(place, readers = []);
                var known = readers.TryGetValue(reader, out var seen);
                if (known || readers.Count < Most) readers[reader] = (Math.Max(0, seen.Open + open), until);
            }
        }
    }

    private int Count(StoryId place)
    {
        if (!_places.TryGetValue(place, out var readers)) return 0;
        var now = clock.GetUtcNow();
        foreach (var (reader, (open, until)) in readers)
            if (open == 0 && until <= now) readers.Remove(reader);
        return readers.Count;
    }
}
