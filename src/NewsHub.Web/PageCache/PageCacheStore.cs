using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NewsHub.Core.Events;
using NewsHub.Web.Options;

namespace NewsHub.Web.PageCache;

/// <summary>
/// Rendered reader pages by key and topic, bounded by the setting <c>PageCache:MegaBytes</c> (64). Safe for every thread.
/// </summary>
public sealed class PageCacheStore
{
    private const int EntryOverhead = 1024;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<Topic, HashSet<Entry>> _byTopic = [];
    private readonly LinkedList<Entry> _clock = new();
    private readonly Dictionary<string, PendingRender> _leading = new(StringComparer.Ordinal);
    private readonly HashSet<PendingRender> _rendering = [];
    // The fingerprints of addresses that lately refused to be cached: a fixed table, in which the newer displaces the older.
    private readonly int[] _refused = new int[1024];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly BackgroundCompressor _backgroundCompressor;
    private readonly long _limit;
    private readonly Counter<long> _hits, _misses, _evictions;
    private long _used;

    internal PageCacheStore(PageCacheOptions options, TimeProvider time, BackgroundCompressor backgroundCompressor, IMeterFactory meters)
    {
        _backgroundCompressor = backgroundCompressor;
        _time = time;
        _limit = options.MegaBytes * 1024L * 1024;
        var meter = meters.Create("NewsHub.PageCache");
        _hits = meter.CreateCounter<long>("pagecache.hits");
        _misses = meter.CreateCounter<long>("pagecache.misses");
        _evictions = meter.CreateCounter<long>("pagecache.evictions", description: "Entries evicted by topic, age or want of room.");
        meter.CreateObservableGauge("pagecache.bytes", () => Interlocked.Read(ref _used), "By");
    }

    private sealed class Entry(string key, CachedResponse answer, Topic[] topics, long until)
    {
        public readonly string Key = key;
        public readonly CachedResponse Answer = answer;
        public readonly Topic[] Topics = topics;
        public long Until = until;
        public LinkedListNode<Entry>? Place;
        public long Bytes;
        public bool Wanted;
    }

    /// <summary>The bytes held: all codings of all pages, with an allowance for keys, headers and topics.</summary>
    public long Bytes => Interlocked.Read(ref _used);

    public int Count => _entries.Count;

    /// <summary>Askers who have taken their place at a render so far.</summary>
    internal long Misses { get; private set; }

    internal int Rendering
    {
        get
        {
            lock (_gate) return _rendering.Count + _leading.Count;
        }
    }

    /// <summary>
    /// Forgets every page about any of <paramref name="topics"/>, also those being rendered at this moment: they reach the
    /// readers who were waiting, and are not kept. Call after the change is committed.
    /// </summary>
    public void Evict(IEnumerable<Topic> topics)
    {
        Topic[] gone = [.. topics];
        lock (_gate)
        {
            foreach (var topic in gone)
            {
                if (!_byTopic.TryGetValue(topic, out var about)) continue;
                foreach (var entry in about.ToArray()) Remove(entry);
            }

            foreach (var pendingRender in _rendering) pendingRender.Note(gone);
        }
    }

    /// <summary>
    /// The pages about any of <paramref name="topics"/> are to be made anew, as those that are evicted. Unlike them they may still be shown
    /// where they cannot be made: only numbers on them are old.
    /// </summary>
    public void Expire(IEnumerable<Topic> topics)
    {
        Topic[] old = [.. topics];
        lock (_gate)
        {
            foreach (var topic in old)
                if (_byTopic.TryGetValue(topic, out var about))
                    foreach (var entry in about) entry.Until = 0;
            foreach (var pendingRender in _rendering) pendingRender.Note(old);
        }
    }

    public void EvictAll()
    {
        lock (_gate)
        {
            foreach (var entry in _clock.ToArray()) Remove(entry);
            foreach (var pendingRender in _rendering) pendingRender.Note(null);
        }
    }

    internal CachedResponse? Find(string key)
    {
        if (!_entries.TryGetValue(key, out var entry) || IsOver(entry)) return null;
        if (!entry.Wanted) entry.Wanted = true;
        if (entry.Answer.IsWanted() && !_backgroundCompressor.TryEnqueue(entry.Answer)) entry.Answer.ResetWanted();
        _hits.Add(1);
        return entry.Answer;
    }

    /// <summary>A page whose time is over, for when it cannot be made anew; null where there is none.</summary>
    internal CachedResponse? FindStale(string key) => _entries.TryGetValue(key, out var entry) ? entry.Answer : null;

    /// <summary>Where an asker stands: served from store, leading a render, or waiting for one with the evictions he knows of.</summary>
    internal readonly record struct CacheSlot(CachedResponse? Stored, PendingRender? Render, bool Own, int Seen);

    /// <summary>
    /// A place at the render of a key. Where the address lately refused to be cached, or the asker wants to be
    /// <paramref name="alone"/>, nobody waits and each renders for himself.
    /// </summary>
    internal CacheSlot Join(string key, bool alone)
    {
        lock (_gate)
        {
            // It may have been stored since the asker looked.
            if (Find(key) is { } stored) return new(stored, null, false, 0);
            _misses.Add(1);
            Misses++;
            alone |= _refused[Slot(key)] == Fingerprint(key);
            if (!alone && _leading.TryGetValue(key, out var leader)) return new(null, leader, false, leader.Evictions);
            var pendingRender = new PendingRender(key);
            _rendering.Add(pendingRender);
            if (!alone) _leading.Add(key, pendingRender);
            return new(null, pendingRender, true, 0);
        }
    }

    /// <summary>Keeps what a render made, unless a topic of it was evicted meanwhile, and hands it to those who wait.</summary>
    internal void Finish(PendingRender pendingRender, CachedResponse answer, Topic[] topics, DateTimeOffset? until)
    {
        lock (_gate)
        {
            Leave(pendingRender);
            var slot = Slot(pendingRender.Key);
            if (_refused[slot] == Fingerprint(pendingRender.Key)) _refused[slot] = 0;
            var entry = new Entry(pendingRender.Key, answer, topics, until?.UtcTicks ?? long.MaxValue);
            if (!pendingRender.Touches(topics, pendingRender.Evictions) && !IsOver(entry)) Keep(entry);
        }

        pendingRender.Finish(answer, topics);
    }

    /// <summary>The answer is not for keeping: those who wait render for themselves, all at once, and for now no one waits again.</summary>
    internal void Refuse(PendingRender pendingRender)
    {
        lock (_gate)
        {
            Leave(pendingRender);
            _refused[Slot(pendingRender.Key)] = Fingerprint(pendingRender.Key);
        }

        pendingRender.Refuse();
    }

    /// <summary>The leader's own reader went away: one of those who wait takes over.</summary>
    internal void Abandon(PendingRender pendingRender)
    {
        lock (_gate) Leave(pendingRender);
        pendingRender.Abandon();
    }

    private static int Fingerprint(string key) => key.GetHashCode(StringComparison.Ordinal);

    private int Slot(string key) => Fingerprint(key) & (_refused.Length - 1);

    private bool IsOver(Entry entry) => entry.Until != long.MaxValue && _time.GetUtcNow().UtcTicks >= entry.Until;

    private void Leave(PendingRender pendingRender)
    {
        _rendering.Remove(pendingRender);
        if (_leading.TryGetValue(pendingRender.Key, out var leader) && leader == pendingRender) _leading.Remove(pendingRender.Key);
    }

    private void Keep(Entry entry)
    {
        entry.Bytes = entry.Answer.Bytes + EntryOverhead + (2 * entry.Key.Length);
        if (entry.Bytes > _limit / 4) return;
        if (_entries.TryGetValue(entry.Key, out var old)) Remove(old);
        _entries[entry.Key] = entry;
        entry.Place = _clock.AddLast(entry);
        foreach (var topic in entry.Topics)
        {
            if (!_byTopic.TryGetValue(topic, out var about)) _byTopic.Add(topic, about = []);
            about.Add(entry);
        }

        _used += entry.Bytes;
        entry.Answer.Resized = change => Resize(entry, change);
        MakeRoom();
    }

    private void Resize(Entry entry, int change)
    {
        lock (_gate)
        {
            if (entry.Place is null) return;
            entry.Bytes += change;
            _used += change;
            MakeRoom();
        }
    }

    // Second chance: the oldest page goes, unless it was asked for since the hand last passed. Nearly least recently used,
    // costs a hit one flag, and a flood of pages asked for once cannot push out those that are read.
    private void MakeRoom()
    {
        while (_used > _limit && _clock.First is { } oldest)
        {
            var entry = oldest.Value;
            if (!entry.Wanted)
            {
                Remove(entry);
                continue;
            }

            entry.Wanted = false;
            _clock.RemoveFirst();
            _clock.AddLast(oldest);
        }
    }

    private void Remove(Entry entry)
    {
        if (entry.Place is null) return;
        _clock.Remove(entry.Place);
        entry.Place = null;
        entry.Answer.Gone = true;
        _entries.TryRemove(new(entry.Key, entry));
        foreach (var topic in entry.Topics)
            if (_byTopic.TryGetValue(topic, out var about) && about.Remove(entry) && about.Count == 0) _byTopic.Remove(topic);
        _used -= entry.Bytes;
        _evictions.Add(1);
    }
}
