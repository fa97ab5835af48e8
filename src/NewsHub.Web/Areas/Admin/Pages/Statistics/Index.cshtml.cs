using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Statistics;

/// <summary>What is read, by how many, and from where they came: counted by the paper itself, about nobody in particular.</summary>
[RequiresAct(Act.Read)]
public sealed class IndexModel(Newsroom room, AudienceCounts audienceCounts, CurrentReaders currentReaders) : NewsroomPage(room)
{
    private const int Most = 20;

    public Period Period { get; private set; } = null!;
    public IReadOnlyList<(DateOnly Day, int Whole, int Part)> Days { get; private set; } = [];
    public int ReadersNow => currentReaders.OfThePaper;
    public DateTimeOffset? KeptUntil => audienceCounts.SavedUntil;
    public long Dropped => audienceCounts.Dropped;
    public int ViewsBefore { get; private set; }
    public int Reactions { get; private set; }
    public int Shares { get; private set; }
    public IReadOnlyDictionary<DateOnly, (int Reactions, int Shares)> ByDay { get; private set; } = new Dictionary<DateOnly, (int, int)>();
    public IReadOnlyDictionary<long, (int Reactions, int Shares)> BySection { get; private set; } = new Dictionary<long, (int, int)>();
    public IReadOnlyDictionary<long, (int Reactions, int Shares)> ByEdition { get; private set; } = new Dictionary<long, (int, int)>();
    public IReadOnlyList<(Period.Count Count, string Headline, int Reactions, int Shares)> Stories { get; private set; } = [];
    public IReadOnlyList<(Period.Count Count, string Name, string Address)> Sections { get; private set; } = [];
    public IReadOnlyList<(Period.Count Count, string Name, string Address)> Editions { get; private set; } = [];
    public IReadOnlyList<(string Host, int Views)> Referrers { get; private set; } = [];
    public IReadOnlyList<(string Words, int Times)> Misses { get; private set; } = [];

    public int NowIn(long story) => currentReaders.Of(new StoryId(story));

    public async Task<IActionResult> OnGetAsync(string? days, CancellationToken cancel)
    {
        if (Period.Of(days, Today) is not { } period) return BadRequest();
        Period = period;
        Days = await period.CountAsync(Db, Subject.Paper, 0, cancel);
        ViewsBefore = (await period.Before.CountAsync(Db, Subject.Paper, 0, cancel)).Sum(d => d.Whole);
        var engaged = await Period.EngagedAsync(Db, cancel);
        await ReadEngagedAsync(engaged, cancel);
        await ReadStoriesAsync(Period.By<long>(engaged, e => e.Story), cancel);
        var sections = Room.Snapshot.Sections.ToDictionary(s => s.Id.Value);
        Sections = [.. (await period.MostAsync(Db, Subject.Section, Most, cancel))
            .Where(c => sections.ContainsKey(c.Id))
            .Select(c => (c, sections[c.Id].Name, sections[c.Id].Address))];
        var editions = await Db.Editions.AsNoTracking().Where(e => e.PublishedAt != null).ToDictionaryAsync(e => e.Id.Value, cancel);
        Editions = [.. (await period.MostAsync(Db, Subject.Edition, 8, cancel)).Where(c => editions.ContainsKey(c.Id)).Select(c => (
            c,
            string.Create(CultureInfo.InvariantCulture, $"No. {editions[c.Id].Number}, {editions[c.Id].Title}"),
            string.Create(CultureInfo.InvariantCulture, $"/editions/{editions[c.Id].Number}")))];
        Referrers = await period.ReferrersAsync(Db, new StoryId(0), Most, cancel);
        var misses = await Db.SearchMisses
            .AsNoTracking()
            .Where(m => m.Day >= period.From && m.Day <= period.To)
            .GroupBy(m => m.Words)
            .Select(g => new { g.Key, Times = g.Sum(m => m.Times) })
            .ToListAsync(cancel);
        Misses =
            [.. misses.OrderByDescending(m => m.Times).ThenBy(m => m.Key, StringComparer.Ordinal).Take(Most).Select(m => (m.Key, m.Times))];
        return Page();
    }

    /// <summary>Each day of each story, for spreadsheets.</summary>
    public async Task<IActionResult> OnGetCsvAsync(string? days, CancellationToken cancel)
    {
        if (Period.Of(days, Today) is not { } period) return BadRequest();
        var rows = await (
            from c in Db.DayCounts.AsNoTracking()
            where c.Subject == Subject.Story && c.Day >= period.From && c.Day <= period.To
            join p in Db.StoriesEverLive() on c.SubjectId equals (long)(object)p.Story.Id
            orderby c.Day, c.SubjectId
            select new { c.Day, p.Story.Address, p.Revision.Text.Headline, c.Views, c.Visitors }).ToListAsync(cancel);
        var csv = new StringBuilder("day,address,headline,views,visitors\r\n");
        foreach (var row in rows) csv.Append(
            CultureInfo.InvariantCulture, $"{row.Day:yyyy-MM-dd},{Cell(row.Address!)},{Cell(row.Headline)},{row.Views},{row.Visitors}\r\n");
        return File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "statistics.csv");
    }

    /// <summary>Quoted; what a spreadsheet would take for a formula stands behind an apostrophe.</summary>
    internal static string Cell(string text) =>
        $"\"{(text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}"
        + $"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private DateOnly Today => DateOnly.FromDateTime(Room.Snapshot.Local(Room.Now).DateTime);

    private async Task ReadEngagedAsync(IReadOnlyList<Period.Engaged> engaged, CancellationToken cancel)
    {
        (Reactions, Shares) = (engaged.Sum(e => e.Reactions), engaged.Sum(e => e.Shares));
        ByDay = Period.By<DateOnly>(engaged, e => e.Day);
        var ids = engaged.Select(e => new StoryId(e.Story)).Distinct().ToList();
        var places = await (
            from p in Db.StoriesEverLive()
            where ids.Contains(p.Story.Id)
            select new { p.Story.Id, p.Revision.Text.Section, p.Story.EditionId }).ToDictionaryAsync(s => s.Id.Value, cancel);
        BySection = Period.By<long>(engaged, e => places.GetValueOrDefault(e.Story)?.Section.Value);
        ByEdition = Period.By<long>(engaged, e => places.GetValueOrDefault(e.Story)?.EditionId?.Value);
    }

    private async Task ReadStoriesAsync(IReadOnlyDictionary<long, (int Reactions, int Shares)> sent, CancellationToken cancel)
    {
        var most = await Period.MostAsync(Db, Subject.Story, Most, cancel);
        var ids = most.Select(c => new StoryId(c.Id)).ToList();
        var known = await (
            from p in Db.StoriesEverLive()
            where ids.Contains(p.Story.Id)
            select new { p.Story.Id, p.Revision.Text.Headline }).ToDictionaryAsync(s => s.Id.Value, s => s.Headline, cancel);
        Stories = [.. most.Where(c => known.ContainsKey(c.Id))
            .Select(c => (c, known[c.Id], sent.GetValueOrDefault(c.Id).Reactions, sent.GetValueOrDefault(c.Id).Shares))];
    }
}
