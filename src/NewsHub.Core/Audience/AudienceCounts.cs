using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Audience;

/// <summary>
/// Counts who looks at what. A page's own way costs a place in a queue; sums are made beside it and go into the store every
/// few seconds, so a crash loses seconds. Visitors are told apart within a day by a hash with that day's salt, which is in
/// memory alone and never written down.
/// </summary>
public sealed class AudienceCounts(SiteSnapshot.Current snapshot, TimeProvider clock)
{
    internal const int Room = 200_000;

    /// <summary>Visitors of a day over all subjects, each a number of eight bytes; hosts of a day and story; searches
    /// between two commits.</summary>
    private const int MostVisitors = 2_000_000, MostHosts = 200, MostHostsWaiting = 50_000, MostMisses = 1000;

    /// <summary>In the store: hosts of a day over all stories, different searches of a day.</summary>
    internal const int MostHostsOfADay = 20_000, MostMissesOfADay = 500;

    /// <summary>Characters of what a browser says of itself and of where it came from: the rest tells nobody apart, and up
    /// to 32 KB may be sent.</summary>
    private const int LongestAgent = 200, LongestReferrer = 128, LongestMiss = 100;

    /// <summary>How long words that were not found are kept.</summary>
    public static readonly TimeSpan MissesAreKept = TimeSpan.FromDays(90);

    private readonly Channel<Visit> _visits =
        Channel.CreateBounded<Visit>(new BoundedChannelOptions(Room) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, int> _misses = new(StringComparer.Ordinal);
    private readonly Dictionary<(Subject, long), HashSet<ulong>> _seen = [];
    private readonly Lock _lock = new();

    // What the store has not taken yet: as it came, and in sums.
    private readonly List<Visit> _unsummed = [];
    private readonly Dictionary<(DateOnly Day, Subject Subject, long Id), (int Views, int Visitors)> _counts = [];
    private readonly Dictionary<(DateOnly Day, long Story, string Host), int> _hosts = [];
    private byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private DateOnly _day, _tidied;
    private int _seenInAll;
    private long _dropped;

    /// <summary>Until when everything is in the store (UTC); null before the first time.</summary>
    public DateTimeOffset? SavedUntil { get; private set; }

    /// <summary>Views that came when the queue was full, since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>From the page's own way: takes it down, or lets it go.</summary>
    public void Count(in Visit visit)
    {
        // A full queue drops silently; how long it is tells.
        if (_visits.Reader.Count >= Room) Interlocked.Increment(ref _dropped);
        else _visits.Writer.TryWrite(visit.Agent.Length <= LongestAgent && visit.Referrer is null or { Length: <= LongestReferrer } ? visit
            : visit with
            {
                Agent = Cut(visit.Agent, LongestAgent),
                Referrer = visit.Referrer is { } referrer ? Cut(referrer, LongestReferrer) : null,
            });
    }

    /// <summary>A search that found nothing.</summary>
    public void CountSearchMiss(string words)
    {
        // One that the store refuses would take all that is saved with it.
        var parts = StorableText.Of(words).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var kept = Cut(string.Join(' ', parts), LongestMiss);
        if (kept.Length == 0) return;
        lock (_lock)
            if (_misses.ContainsKey(kept) || _misses.Count < MostMisses) CollectionsMarshal.GetValueRefOrAddDefault(_misses, kept, out _)++;
    }

    /// <summary>Puts into the store what has come since the last time. One at a time. What the store does not take
    /// waits for the next time.</summary>
    public async Task SaveAsync(NewsDb db, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        Dictionary<string, int> misses;
        lock (_lock)
        {
            misses = new(_misses);
            _misses.Clear();
        }
        try
        {
            while (_unsummed.Count < Room && _visits.Reader.TryRead(out var visit)) _unsummed.Add(visit);
            if (_unsummed.Count > 0)
            {
                Sum(_unsummed, await LookUpAsync(db, _unsummed, cancel));
                _unsummed.Clear();
            }
            if (_counts.Count > 0 || misses.Count > 0) await WriteAsync(db, misses, now, cancel);
        }
        catch
        {
            lock (_lock)
            {
                foreach (var (words, times) in misses)
                    if (_misses.ContainsKey(words) || _misses.Count < MostMisses)
                        CollectionsMarshal.GetValueRefOrAddDefault(_misses, words, out _) += times;
            }
            throw;
        }
        _counts.Clear();
        _hosts.Clear();
        SavedUntil = now;
    }

    private async Task WriteAsync(NewsDb db, Dictionary<string, int> misses, DateTimeOffset now, CancellationToken cancel)
    {
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        foreach (var day in _counts.GroupBy(c => c.Key.Day))
        {
            var kept = await db.DayCounts.Where(c => c.Day == day.Key).ToDictionaryAsync(c => (c.Subject, c.SubjectId), cancel);
            foreach (var ((_, subject, id), (views, visitors)) in day)
            {
                if (!kept.TryGetValue((subject, id), out var count))
                    db.DayCounts.Add(kept[(subject, id)] = count = new DayCount(day.Key, subject, id));
                count.Add(views, visitors);
            }
        }
        foreach (var day in _hosts.GroupBy(h => h.Key.Day))
        {
            var kept = await db.ReferrerCounts.Where(c => c.Day == day.Key).ToDictionaryAsync(c => (c.StoryId.Value, c.Host), cancel);
            var perStory = kept.Keys.GroupBy(k => k.Value).ToDictionary(k => k.Key, k => k.Count());
            foreach (var ((_, story, host), views) in day)
            {
                if (!kept.TryGetValue((story, host), out var count))
                {
                    if (perStory.GetValueOrDefault(story) >= MostHosts || kept.Count >= MostHostsOfADay) continue;
                    perStory[story] = perStory.GetValueOrDefault(story) + 1;
                    db.ReferrerCounts.Add(kept[(story, host)] = count = new ReferrerCount(day.Key, new StoryId(story), host));
                }
                count.Add(views);
            }
        }
        await KeepMissesAsync(db, DayOf(now), misses, cancel);
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
    }

    private async Task KeepMissesAsync(NewsDb db, DateOnly today, Dictionary<string, int> misses, CancellationToken cancel)
    {
        if (misses.Count == 0) return;
        if (_tidied != today)
        {
            var last = today.AddDays(-(int)MissesAreKept.TotalDays);
            await db.SearchMisses.Where(m => m.Day < last).ExecuteDeleteAsync(cancel);
            _tidied = today;
        }
        var kept = await db.SearchMisses.Where(m => m.Day == today).ToDictionaryAsync(m => m.Words, cancel);
        foreach (var (words, times) in misses)
        {
            if (!kept.TryGetValue(words, out var miss))
            {
                if (kept.Count >= MostMissesOfADay) continue;
                db.SearchMisses.Add(kept[words] = miss = new SearchMiss(today, words));
            }
            miss.Add(times);
        }
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(snapshot.Now.Local(at).DateTime);

    private void Sum(List<Visit> visits, Dictionary<string, (long Story, long Section, long Edition)> whose)
    {
        foreach (var visit in visits)
        {
            var day = DayOf(visit.At);
            if (day != _day)
            {
                // Yesterday's visitors are nobody any more.
                (_day, _salt) = (day, RandomNumberGenerator.GetBytes(32));
                _seen.Clear();
                _seenInAll = 0;
            }
            var (story, section, edition) = whose.GetValueOrDefault(visit.Path);
            var who = Hash(visit);
            Count(Subject.Paper, 0);
            if (story != 0) Count(Subject.Story, story);
            if (section != 0) Count(Subject.Section, section);
            if (edition != 0) Count(Subject.Edition, edition);
            if (Host(visit.Referrer) is { } host && host != visit.Own?.Split(':')[0])
            {
                From((day, 0, host));
                if (story != 0) From((day, story, host));
            }

            void Count(Subject subject, long id)
            {
                if (!_seen.TryGetValue((subject, id), out var seen)) _seen.Add((subject, id), seen = []);
                var isNew = _seenInAll < MostVisitors && seen.Add(who);
                if (isNew) _seenInAll++;
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (day, subject, id), out _);
                sum = (sum.Views + 1, sum.Visitors + (isNew ? 1 : 0));
            }
        }

        // Anybody can name any host: while the store is away, the list of them is bounded.
        void From((DateOnly, long, string) host)
        {
            if (_hosts.Count < MostHostsWaiting || _hosts.ContainsKey(host))
                CollectionsMarshal.GetValueRefOrAddDefault(_hosts, host, out _)++;
        }
    }

    private ulong Hash(Visit visit)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes($"{visit.Address} {visit.Agent}"), hash);
        return BitConverter.ToUInt64(hash);
    }

    /// <summary>Where a link stood, by its host; null for our own pages, and for what is no address.</summary>
    internal static string? Host(string? referrer) =>
        Uri.TryCreate(referrer, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.IdnHost is { Length: > 0 and <= 100 } host
            ? (host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host).ToLowerInvariant() : null;

    /// <summary>Whose each page is, as the paper is now: a story may have moved, or come into an edition.</summary>
    private async Task<Dictionary<string, (long Story, long Section, long Edition)>> LookUpAsync(
        NewsDb db, List<Visit> visits, CancellationToken cancel)
    {
        var paper = snapshot.Now;
        var whose = new Dictionary<string, (long, long, long)>(StringComparer.Ordinal);
        var paths = visits.Select(v => v.Path).Distinct().ToList();
        foreach (var batch in paths.Where(p => p.AsSpan().Count('/') == 5).Chunk(500))
        {
            var found = await (
                from p in db.StoriesEverLive()
                where batch.Contains(p.Story.Address!)
                select new { p.Story.Address, p.Story.Id, p.Revision.Text.Section, p.Story.EditionId }).ToListAsync(cancel);
            foreach (var story in found) whose[story.Address!] = (story.Id.Value, story.Section.Value, story.EditionId?.Value ?? 0);
        }
        foreach (var section in paper.Sections) whose[section.Address] = (0, section.Id.Value, 0);
        if (paper.LatestEdition is { } latest) whose["/"] = (0, 0, latest.Id.Value);
        var numbers = paths.Where(p => p.StartsWith("/editions/", StringComparison.Ordinal))
            .Select(p => int.TryParse(p.AsSpan(10), out var n) ? n : 0)
            .ToList();
        if (numbers.Count == 0) return whose;
        foreach (var edition in await db.Editions
            .Where(e => numbers.Contains(e.Number))
            .Select(e => new { e.Id, e.Number })
            .ToListAsync(cancel))
        {
            whose[FormattableString.Invariant($"/editions/{edition.Number}")] = (0, 0, edition.Id.Value);
        }
        return whose;
    }
}
