using System.Text.Json;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Live;

/// <summary>
/// What open tabs are told: one place for each story that is being read, and one for all other pages.
/// </summary>
internal sealed class LiveUpdates(CurrentReaders currentReaders, SiteSnapshot.Current snapshot, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Plain =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan UpdateIsKept = TimeSpan.FromHours(12);
    private static readonly TimeSpan TallyIsKept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<StoryId, StreamPlace> _places = [];
    private readonly Dictionary<StoryId, (Tally Tally, DateTimeOffset At)> _tallies = [];
    private readonly HashSet<StoryId> _stale = [];
    private readonly Dictionary<StoryId, DateTimeOffset> _updated = [];
    private readonly Lock _lock = new();
    private bool _closed;

    /// <summary>What there is to say of a story, or of no story, as JSON.</summary>
    public string Now(StoryId? story)
    {
        lock (_lock) return Say(story);
    }

    /// <summary>A tab takes its place. It is told all there is to say first, then what comes.</summary>
    public (byte[] All, StreamPlace.News News) Subscribe(StoryId? story)
    {
        lock (_lock)
        {
            var key = story ?? default;
            if (!_places.TryGetValue(key, out var place))
                _places.Add(key, place = new StreamPlace(Say(story), clock.GetUtcNow(), _closed));
            place.Tabs++;
            return (place.All, place.Latest);
        }
    }

    public void Unsubscribe(StoryId? story)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(story ?? default, out var place) && --place.Tabs == 0) _places.Remove(story ?? default);
        }
    }

    /// <summary>The stories that are open in a tab, or of which sums are told.</summary>
    public IReadOnlyList<StoryId> Stories
    {
        get
        {
            lock (_lock) return [.. _places.Keys.Where(story => story != default).Union(_tallies.Keys)];
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
            foreach (var (key, place) in _places) place.Say(Say(key == default ? null : key), now);
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
            foreach (var place in _places.Values) place.Close(clock.GetUtcNow());
        }
    }

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
