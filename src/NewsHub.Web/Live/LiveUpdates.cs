using System.Text;
using System.Text.Json;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Live;

/// <summary>
/// What open tabs are told: one place for each story that is being read, and one for all other pages. A place's news is written once, as
/// bytes, for all who stand there; between two rounds a tab costs a waiting task and no thread.
/// </summary>
internal sealed class LiveUpdates(CurrentReaders currentReaders, SiteSnapshot.Current snapshot, TimeProvider clock)
{
    /// <summary>A word now and then, so that proxies do not take a quiet stream for a dead one.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Plain =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan UpdateIsKept = TimeSpan.FromHours(12);
    private static readonly TimeSpan TallyIsKept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<StoryId, Place> _places = [];
    private readonly Dictionary<StoryId, (Tally Tally, DateTimeOffset At)> _tallies = [];
    private readonly HashSet<StoryId> _stale = [];
    private readonly Dictionary<StoryId, DateTimeOffset> _updated = [];
    private readonly Lock _lock = new();
    private bool _closed;

    /// <summary>What a place was last told, and the next that it will be.</summary>
    internal sealed class News(byte[] bytes, bool last)
    {
        public byte[] Bytes => bytes;

        /// <summary>The stand closes: the program ends.</summary>
        public bool IsLast => last;
        public TaskCompletionSource<News> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(News news, string said, DateTimeOffset at)
    {
        public News News { get; set; } = news;
        public string Said { get; set; } = said;
        public DateTimeOffset At { get; set; } = at;
        public int Tabs { get; set; }
    }

    /// <summary>What there is to say of a story, or of no story, as JSON.</summary>
    public string Now(StoryId? story)
    {
        lock (_lock) return Say(story);
    }

    /// <summary>A tab takes its place. It is told all there is to say first, then what comes: the last word there may have
    /// been a sign of life only.</summary>
    public (byte[] All, News News) Subscribe(StoryId? story)
    {
        lock (_lock)
        {
            var key = story ?? default;
            if (!_places.TryGetValue(key, out var place))
            {
                var said = Say(story);
                _places.Add(key, place = new Place(new News(Event(said), _closed), said, clock.GetUtcNow()));
            }
            place.Tabs++;
            return (Event(place.Said), place.News);
        }
    }

    public void Unsubscribe(StoryId? story)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(story ?? default, out var place) && --place.Tabs == 0) _places.Remove(story ?? default);
        }
    }

    /// <summary>New sums of stories.</summary>
    public void Take(IReadOnlyDictionary<StoryId, Tally> tallies)
    {
        lock (_lock)
        {
            foreach (var (story, tally) in tallies)
            {
                _tallies[story] = (tally, clock.GetUtcNow());
                _stale.Add(story);
            }
        }
    }

    /// <summary>A live story's entries have changed.</summary>
    public void Updated(StoryId story, DateTimeOffset at)
    {
        lock (_lock) _updated[story] = at;
    }

    /// <summary>Tells each place what is new there.</summary>
    public void Round()
    {
        var changed = currentReaders.Changed();
        lock (_lock)
        {
            if (_closed) return;
            var now = clock.GetUtcNow();
            _stale.UnionWith(changed);
            foreach (var (story, (_, at)) in _tallies)
                if (now - at > TallyIsKept) _tallies.Remove(story);
            foreach (var (story, at) in _updated)
                if (now - at > UpdateIsKept) _updated.Remove(story);
            foreach (var (key, place) in _places)
            {
                var said = Say(key == default ? null : key);
                if (said != place.Said) Tell(place, new News(Event(said), false), said, now);
                else if (now - place.At >= SignOfLife) Tell(place, new News(":\n\n"u8.ToArray(), false), said, now);
            }
        }
    }

    /// <summary>The stories whose pages print other numbers than there are; each is named once.</summary>
    public IReadOnlyList<StoryId> Stale()
    {
        lock (_lock)
        {
            var stale = _stale.ToList();
            _stale.Clear();
            return stale;
        }
    }

    /// <summary>All streams end: browsers come back by themselves, to whoever serves then.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var place in _places.Values) Tell(place, new News([], true), place.Said, clock.GetUtcNow());
        }
    }

    private static void Tell(Place place, News news, string said, DateTimeOffset now)
    {
        var before = place.News;
        (place.News, place.Said, place.At) = (news, said, now);
        before.Next.SetResult(news);
    }

    private static byte[] Event(string said) => Encoding.UTF8.GetBytes($"data: {said}\n\n");

    private string Say(StoryId? story)
    {
        var tally = story is { } id && _tallies.TryGetValue(id, out var kept) ? kept.Tally : null;
        return JsonSerializer.Serialize(new
        {
            readers = story is { } read ? currentReaders.Of(read) : (int?)null,
            shares = tally?.Shares,
            reactions = tally?.Reactions,
            updated = story is { } told && _updated.TryGetValue(told, out var at) ? at.ToUnixTimeMilliseconds() : (long?)null,
            breaking = snapshot.Now.BreakingAt(clock.GetUtcNow())?.Id.Value ?? 0,
        }, Plain);
    }
}
