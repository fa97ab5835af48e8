using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NewsHub.Web.Setup;

/// <summary>
/// Rendered reader pages by key and topic, bounded by the setting <c>PageCache:MegaBytes</c> (64). Topics are words such as
/// <c>story:12</c>, <c>edition:3</c>, <c>Section:3</c> and <c>masthead</c>. Safe for every thread.
/// </summary>
public sealed class PageCache
{
    private const int EntryOverhead = 1024;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Entry>> byTopic = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> clock = new();
    private readonly Dictionary<string, Render> leading = new(StringComparer.Ordinal);
    private readonly HashSet<Render> rendering = [];
    // The fingerprints of addresses that lately refused to be cached: a fixed table, in which the newer displaces the older.
    private readonly int[] refused = new int[1024];
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Polisher polisher;
    private readonly long limit;
    private readonly Counter<long> hits, misses, evictions;
    private long used;

    internal PageCache(IConfiguration settings, TimeProvider time, Polisher polisher, IMeterFactory meters)
    {
        this.polisher = polisher;
        this.time = time;
        limit = settings.GetValue("PageCache:MegaBytes", 64L) * 1024 * 1024;
        var meter = meters.Create("NewsHub.PageCache");
        hits = meter.CreateCounter<long>("pagecache.hits");
        misses = meter.CreateCounter<long>("pagecache.misses");
        evictions = meter.CreateCounter<long>("pagecache.evictions", description: "Entries evicted by topic, age or want of room.");
        meter.CreateObservableGauge("pagecache.bytes", () => Interlocked.Read(ref used), "By");
    }

    private sealed class Entry(string key, ReadyAnswer answer, string[] topics, long until)
    {
        public readonly string Key = key;
        public readonly ReadyAnswer Answer = answer;
        public readonly string[] Topics = topics;
        public readonly long Until = until;
        public LinkedListNode<Entry>? Place;
        public long Bytes;
        public bool Wanted;
    }

    /// <summary>The bytes held: all codings of all pages, with an allowance for keys, headers and topics.</summary>
    public long Bytes => Interlocked.Read(ref used);

    public int Count => entries.Count;

    /// <summary>Askers who have taken their place at a render so far.</summary>
    internal long Misses { get; private set; }

    internal int Rendering
    {
        get
        {
            lock (gate) return rendering.Count + leading.Count;
        }
    }

    /// <summary>
    /// Forgets every page about any of <paramref name="topics"/>, also those being rendered at this moment: they reach the
    /// readers who were waiting, and are not kept. Call after the change is committed.
    /// </summary>
    public void Evict(IEnumerable<string> topics)
    {
        string[] gone = [.. topics];
        lock (gate)
        {
            foreach (var topic in gone)
            {
                if (!byTopic.TryGetValue(topic, out var about)) continue;
                foreach (var entry in about.ToArray()) Remove(entry);
            }

            foreach (var render in rendering) render.Note(gone);
        }
    }

    public void EvictAll()
    {
        lock (gate)
        {
            foreach (var entry in clock.ToArray()) Remove(entry);
            foreach (var render in rendering) render.Note(null);
        }
    }

    internal ReadyAnswer? Find(string key)
    {
        if (!entries.TryGetValue(key, out var entry) || IsOver(entry)) return null;
        if (!entry.Wanted) entry.Wanted = true;
        if (entry.Answer.Proves() && !polisher.TryTake(entry.Answer)) entry.Answer.ProveAgain();
        hits.Add(1);
        return entry.Answer;
    }

    /// <summary>Where an asker stands: served from store, leading a render, or waiting for one with the evictions he knows of.</summary>
    internal readonly record struct Place(ReadyAnswer? Stored, Render? Render, bool Own, int Seen);

    /// <summary>
    /// A place at the render of a key. Where the address lately refused to be cached, or the asker wants to be
    /// <paramref name="alone"/>, nobody waits and each renders for himself.
    /// </summary>
    internal Place Join(string key, bool alone)
    {
        lock (gate)
        {
            // It may have been stored since the asker looked.
            if (Find(key) is { } stored) return new(stored, null, false, 0);
            misses.Add(1);
            Misses++;
            alone |= refused[Slot(key)] == Fingerprint(key);
            if (!alone && leading.TryGetValue(key, out var leader)) return new(null, leader, false, leader.Evictions);
            var render = new Render(key);
            rendering.Add(render);
            if (!alone) leading.Add(key, render);
            return new(null, render, true, 0);
        }
    }

    /// <summary>Keeps what a render made, unless a topic of it was evicted meanwhile, and hands it to those who wait.</summary>
    internal void Finish(Render render, ReadyAnswer answer, string[] topics, DateTimeOffset? until)
    {
        lock (gate)
        {
            Leave(render);
            var slot = Slot(render.Key);
            if (refused[slot] == Fingerprint(render.Key)) refused[slot] = 0;
            var entry = new Entry(render.Key, answer, topics, until?.UtcTicks ?? long.MaxValue);
            if (!render.Touches(topics, render.Evictions) && !IsOver(entry)) Keep(entry);
        }

        render.Finish(answer, topics);
    }

    /// <summary>The answer is not for keeping: those who wait render for themselves, all at once, and for now no one waits again.</summary>
    internal void Refuse(Render render)
    {
        lock (gate)
        {
            Leave(render);
            refused[Slot(render.Key)] = Fingerprint(render.Key);
        }

        render.Refuse();
    }

    /// <summary>The leader's own reader went away: one of those who wait takes over.</summary>
    internal void Abandon(Render render)
    {
        lock (gate) Leave(render);
        render.Abandon();
    }

    private static int Fingerprint(string key) => key.GetHashCode(StringComparison.Ordinal);

    private int Slot(string key) => Fingerprint(key) & (refused.Length - 1);

    private bool IsOver(Entry entry) => entry.Until != long.MaxValue && time.GetUtcNow().UtcTicks >= entry.Until;

    private void Leave(Render render)
    {
        rendering.Remove(render);
        if (leading.TryGetValue(render.Key, out var leader) && leader == render) leading.Remove(render.Key);
    }

    private void Keep(Entry entry)
    {
        entry.Bytes = entry.Answer.Bytes + EntryOverhead + (2 * entry.Key.Length);
        if (entry.Bytes > limit / 4) return;
        if (entries.TryGetValue(entry.Key, out var old)) Remove(old);
        entries[entry.Key] = entry;
        entry.Place = clock.AddLast(entry);
        foreach (var topic in entry.Topics)
        {
            if (!byTopic.TryGetValue(topic, out var about)) byTopic.Add(topic, about = []);
            about.Add(entry);
        }

        used += entry.Bytes;
        entry.Answer.Resized = change => Resize(entry, change);
        MakeRoom();
    }

    private void Resize(Entry entry, int change)
    {
        lock (gate)
        {
            if (entry.Place is null) return;
            entry.Bytes += change;
            used += change;
            MakeRoom();
        }
    }

    // Second chance: the oldest page goes, unless it was asked for since the hand last passed. Nearly least recently used,
    // costs a hit one flag, and a flood of pages asked for once cannot push out those that are read.
    private void MakeRoom()
    {
        while (used > limit && clock.First is { } oldest)
        {
            var entry = oldest.Value;
            if (!entry.Wanted)
            {
                Remove(entry);
                continue;
            }

            entry.Wanted = false;
            clock.RemoveFirst();
            clock.AddLast(oldest);
        }
    }

    private void Remove(Entry entry)
    {
        if (entry.Place is null) return;
        clock.Remove(entry.Place);
        entry.Place = null;
        entry.Answer.Gone = true;
        entries.TryRemove(new(entry.Key, entry));
        foreach (var topic in entry.Topics)
            if (byTopic.TryGetValue(topic, out var about) && about.Remove(entry) && about.Count == 0) byTopic.Remove(topic);
        used -= entry.Bytes;
        evictions.Add(1);
    }
}
