using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>All that stands on the planning calendar, and where it comes from: a source is a method here and a line in
/// <see cref="ReadAsync"/>.</summary>
internal sealed class CalendarSources(Newsroom room, CalendarPeriod period)
{
    /// <summary>As many entries of one source as a period shows.</summary>
    public const int Most = 300;

    private readonly DateTimeOffset _from = room.Snapshot.StartOf(period.First);
    private readonly DateTimeOffset _to = room.Snapshot.StartOf(period.Last.AddDays(1));

    /// <summary>Some source has more than is shown.</summary>
    public bool HasMore { get; private set; }

    public async Task<IReadOnlyList<CalendarEntry>> ReadAsync(CancellationToken cancel)
    {
        List<CalendarEntry> entries =
        [
            .. await AssignmentsAsync(cancel),
            .. await SchedulesAsync(cancel),
            .. await EmbargoesAsync(cancel),
            .. await EditionsAsync(cancel),
            .. await BulletinsAsync(cancel),
            .. await PlannedBulletinsAsync(cancel),
        ];
        return [.. entries
            .OrderBy(e => e.At is not null)
            .ThenBy(e => e.At)
            .ThenBy(e => e.Kind)
            .ThenBy(e => e.Name, StringComparer.Ordinal)];
    }

    private async Task<IEnumerable<CalendarEntry>> AssignmentsAsync(CancellationToken cancel)
    {
        var (first, last) = (period.First, period.Last);
        var lines = await BoundedAsync(AssignmentLine.Of(room.Db, room.Db.Assignments
            .Where(a => a.DroppedAt == null && a.PlannedDay >= first && a.PlannedDay <= last)
            .OrderBy(a => a.PlannedDay)
            .ThenBy(a => a.Id)), cancel);
        return lines.Select(l => l.Entry(room));
    }

    private async Task<IEnumerable<CalendarEntry>> SchedulesAsync(CancellationToken cancel)
    {
        var stories = await StoriesAsync(room.Db.Stories
            .Where(s => s.State == StoryState.Scheduled && s.ScheduledFor >= _from && s.ScheduledFor < _to)
            .OrderBy(s => s.ScheduledFor), cancel);
        return stories.Select(s => Promise(CalendarKind.Schedule, s, s.ScheduledFor!.Value, Act.Schedule, "schedule"));
    }

    private async Task<IEnumerable<CalendarEntry>> EmbargoesAsync(CancellationToken cancel)
    {
        var stories = await StoriesAsync(room.Db.Stories
            .Where(s => (s.State == StoryState.Draft || s.State == StoryState.Filed || s.State == StoryState.Scheduled)
                && s.EmbargoUntil >= _from && s.EmbargoUntil < _to)
            .OrderBy(s => s.EmbargoUntil), cancel);
        return stories.Select(s => Promise(CalendarKind.Embargo, s, s.EmbargoUntil!.Value, Act.Embargo, "embargo"));
    }

    private async Task<IEnumerable<CalendarEntry>> EditionsAsync(CancellationToken cancel)
    {
        var (first, last) = (period.First, period.Last);
        var editions = await BoundedAsync(room.Db.Editions.AsNoTracking()
            .Where(e => e.ScheduledFor == null ? e.Date >= first && e.Date <= last : e.ScheduledFor >= _from && e.ScheduledFor < _to)
            .OrderBy(e => e.Date)
            .ThenBy(e => e.Number)
            .Select(e => new { e.Number, e.Date, e.Title, e.PublishedAt, e.ScheduledFor, e.MissedBecause }), cancel);
        var mayCompose = room.Me.May(Act.ComposeEdition);
        return editions.Select(e => new CalendarEntry(CalendarKind.Edition, Key($"e{e.Number}"), Key($"No. {e.Number}"))
        {
            Day = e.ScheduledFor is { } due ? DayOf(due) : e.Date,
            At = e.ScheduledFor,
            Href = mayCompose ? Key($"/admin/editions/{e.Number}") : e.PublishedAt is not null ? Key($"/editions/{e.Number}") : null,
            State = e.PublishedAt is not null ? "Published"
                : e.MissedBecause is not null ? "Not published on time"
                : e.ScheduledFor is not null ? "Scheduled" : "In progress",
            Notes = [e.Title],
        });
    }

    /// <summary>Newsletters that have a time of their own, and are not made yet.</summary>
    private async Task<IEnumerable<CalendarEntry>> PlannedBulletinsAsync(CancellationToken cancel)
    {
        var plans = await BoundedAsync(
            from p in room.Db.BulletinPlans.AsNoTracking()
            where !p.IsStopped && p.SendAt >= _from && p.SendAt < _to && !room.Db.Bulletins.Any(b => b.EditionId == p.EditionId)
            join e in room.Db.Editions on p.EditionId equals e.Id
            orderby p.SendAt
            select new { e.Number, e.Title, At = p.SendAt!.Value, p.Subject }, cancel);
        var maySee = room.Me.May(Act.SendBulletin);
        return plans.Select(p => new CalendarEntry(CalendarKind.Bulletin, Key($"p{p.Number}"), Key($"No. {p.Number}"))
        {
            Day = DayOf(p.At),
            At = p.At,
            Href = maySee ? Key($"/admin/newsletters/editions/{p.Number}") : null,
            State = "Scheduled",
            Notes = [p.Subject ?? p.Title],
        });
    }

    private async Task<IEnumerable<CalendarEntry>> BulletinsAsync(CancellationToken cancel)
    {
        var bulletins = await BoundedAsync(room.Db.Bulletins.AsNoTracking()
            .Where(b => b.MadeAt >= _from && b.MadeAt < _to)
            .OrderBy(b => b.MadeAt), cancel);
        var maySee = room.Me.May(Act.SendBulletin);
        return bulletins.Select(b => new CalendarEntry(CalendarKind.Bulletin, Key($"n{b.Id}"), Key($"No. {b.Number}"))
        {
            Day = DayOf(b.MadeAt),
            At = b.MadeAt,
            Href = maySee ? Key($"/admin/newsletters/{b.Id}") : null,
            State = b.State switch
            {
                BulletinState.Sending => "Being sent",
                BulletinState.Held => "Paused",
                BulletinState.Cancelled => "Cancelled",
                _ => "Sent",
            },
            Notes = [b.Subject],
        });
    }

    private sealed record StoryPromise(
        StoryId Id, string Headline, StoryState State, DateTimeOffset? ScheduledFor, DateTimeOffset? EmbargoUntil, string? Owner);

    private Task<IReadOnlyList<StoryPromise>> StoriesAsync(IQueryable<Story> stories, CancellationToken cancel) => BoundedAsync(
        from s in stories.AsNoTracking()
        join r in room.Db.Revisions on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
        select new StoryPromise(s.Id, r.Text.Headline, s.State, s.ScheduledFor, s.EmbargoUntil,
            room.Db.Staff.Where(m => m.Id == s.OwnerId).Select(m => m.Name).FirstOrDefault()), cancel);

    private CalendarEntry Promise(CalendarKind kind, StoryPromise story, DateTimeOffset at, Act act, string path) =>
        new(kind, Key($"{path}-{story.Id}"), story.Headline.Length > 0 ? story.Headline : "Without a headline")
        {
            Day = DayOf(at),
            At = at,
            Href = Key($"/admin/stories/{story.Id}"),
            State = kind is CalendarKind.Embargo ? story.State.ToString() : at < room.Now ? "Not published on time" : null,
            Who = story.Owner,
            MovesBy = room.Me.May(act) ? Key($"/admin/stories/{story.Id}/{path}") : null,
        };

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(room.Snapshot.Local(at).DateTime);

    private async Task<IReadOnlyList<T>> BoundedAsync<T>(IQueryable<T> source, CancellationToken cancel)
    {
        var rows = await source.Take(Most + 1).ToListAsync(cancel);
        if (rows.Count > Most) HasMore = true;
        return [.. rows.Take(Most)];
    }

    private static string Key(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
