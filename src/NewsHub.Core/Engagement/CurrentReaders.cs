using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Events;

namespace NewsHub.Core.Engagement;

/// <summary>
/// Who is reading at this moment: distinct readers of a story, and of the whole paper, within the last minute. In memory alone (several
/// nodes tell each other, see <see cref="TakeChanges"/>), and of each reader nothing but a random number that the browser made up and,
/// for as long, a number that stands for the address: numbers can be made up, so of one address so many readers count and no more.
/// Whoever asks makes sure that the story is live. Safe for every thread.
/// </summary>
/// <param name="mostFromOneAddress">Readers of one address that count at once; a household, a school or an office may share one.</param>
public sealed class CurrentReaders(TimeProvider clock, int mostFromOneAddress = CurrentReaders.UsualFromOneAddress)
{
    public const int UsualFromOneAddress = 200;

    /// <summary>How long someone counts after the last sign of life.</summary>
    public static readonly TimeSpan Lingers = TimeSpan.FromSeconds(60);

    /// <summary>How often the other nodes are told of those who are still there.</summary>
    private static readonly TimeSpan TellsAllEvery = TimeSpan.FromSeconds(20);

    /// <summary>The whole paper's.</summary>
    private static readonly StoryId Paper = new(0);

    /// <summary>Of one story, of all stories together, and stories that each reader of an address may have open on average.</summary>
    private const int MostOfOne = 100_000, MostInAll = 400_000, StoriesOfAReader = 10;

    private readonly Dictionary<StoryId, Dictionary<ulong, (int Open, DateTimeOffset Until, ulong From)>> _places = [];
    private readonly Dictionary<ulong, (int Readers, int Places)> _from = [];
    private readonly Dictionary<StoryId, int> _told = [];
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();

    // Whom the other nodes have not been told of yet; and how many read over all nodes, as was said last.
    private readonly List<(StoryId Story, ulong Reader, DateTimeOffset Until)> _news = [];
    private IReadOnlyDictionary<long, int> _totals = System.Collections.Frozen.FrozenDictionary<long, int>.Empty;
    private DateTimeOffset _toldAll;
    private bool _isShared;
    private int _count;

    /// <summary>A tab has been opened; it counts until a minute after it is closed.</summary>
    /// <param name="address">Where the reader is.</param>
    public void Open(StoryId? story, ulong reader, string address = "") => Sees(story, reader, address, open: 1);

    public void Close(StoryId? story, ulong reader, string address = "") => Sees(story, reader, address, open: -1);

    /// <summary>A sign of life from a tab that holds no stream.</summary>
    public void See(StoryId? story, ulong reader, string address = "") => Sees(story, reader, address, open: 0);

    public int Of(StoryId story)
    {
        lock (_lock) return TotalOf(story);
    }

    public int OfThePaper
    {
        get
        {
            lock (_lock) return TotalOf(Paper);
        }
    }

    /// <summary>Entries in memory: readers by story, addresses, stories.</summary>
    internal (int Places, int Addresses, int Stories) Kept
    {
        get
        {
            lock (_lock) return (_count, _from.Count, _places.Count);
        }
    }

    /// <summary>The stories whose number has changed since the last time this was asked.</summary>
    public IReadOnlyList<StoryId> Changed()
    {
        lock (_lock)
        {
            List<StoryId> changed = [];
            foreach (var place in _places.Keys.Concat(_told.Keys).Concat(_totals.Keys.Select(k => new StoryId(k))).Distinct().ToList())
            {
                var now = TotalOf(place);
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

    /// <summary>Whom the other nodes should know of: who came or went since the last time, and now and then all who are still
    /// there.</summary>
    public IReadOnlyList<(StoryId Story, ulong Reader, DateTimeOffset Until)> TakeChanges()
    {
        lock (_lock)
        {
            _isShared = true;
            var now = clock.GetUtcNow();
            if (now - _toldAll >= TellsAllEvery)
            {
                _toldAll = now;
                foreach (var (place, readers) in _places)
                    foreach (var (reader, (open, until, _)) in readers)
                        if (open > 0) _news.Add((place, reader, now + Lingers + TellsAllEvery));
            }
            var news = _news.ToList();
            _news.Clear();
            return news;
        }
    }

    /// <summary>How many read each story over all nodes (0 for the whole paper); none where the others cannot be asked.</summary>
    public void SetTotals(IReadOnlyDictionary<long, int>? counts)
    {
        lock (_lock)
        {
            if (counts is null) _toldAll = default;
            _totals = counts ?? System.Collections.Frozen.FrozenDictionary<long, int>.Empty;
        }
    }

    private void Sees(StoryId? story, ulong reader, string address, int open)
    {
        var (until, from) = (clock.GetUtcNow() + Lingers, Hash(address));
        lock (_lock)
        {
            foreach (var place in story is { } one ? (ReadOnlySpan<StoryId>)[Paper, one] : [Paper])
            {
                var readers = _places.GetValueOrDefault(place);
                if (readers is not null && readers.TryGetValue(reader, out var seen))
                {
                    readers[reader] = (Math.Max(0, seen.Open + open), until, seen.From);
                    Tell(place, reader, until);
                    continue;
                }
                // Who is not counted for the paper is not counted for the story.
                if (open < 0 || !HasRoom(place, readers?.Count ?? 0, from)) return;
                if (readers is null) _places.Add(place, readers = []);
                readers.Add(reader, (open, until, from));
                Tell(place, reader, until);
                _count++;
                Note(from, place, 1);
            }
        }
    }

    /// <summary>Notes it for the other nodes, where there are any.</summary>
    private void Tell(StoryId place, ulong reader, DateTimeOffset until)
    {
        if (_isShared && _news.Count < MostInAll) _news.Add((place, reader, until));
    }

    private bool HasRoom(StoryId place, int readers, ulong from)
    {
        var (own, places) = _from.GetValueOrDefault(from);
        return readers < MostOfOne && _count < MostInAll && places < mostFromOneAddress * StoriesOfAReader && (place != Paper
            || own < mostFromOneAddress);
    }

    private void Note(ulong from, StoryId place, int change)
    {
        var (readers, places) = _from.GetValueOrDefault(from);
        if (place == Paper) readers += change;
        if ((places += change) == 0) _from.Remove(from);
        else _from[from] = (readers, places);
    }

    private int TotalOf(StoryId place) => Math.Max(Count(place), _totals.GetValueOrDefault(place.Value));

    private int Count(StoryId place)
    {
        if (!_places.TryGetValue(place, out var readers)) return 0;
        var now = clock.GetUtcNow();
        foreach (var (reader, (open, until, from)) in readers)
        {
            if (open > 0 || until > now) continue;
            readers.Remove(reader);
            _count--;
            Note(from, place, -1);
        }
        return readers.Count;
    }

    private ulong Hash(string address)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(address), hash);
        return BitConverter.ToUInt64(hash);
    }
}
