using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Planning;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Pages.Planning;
using NewsHub.Web.Areas.Admin.Pages.Stories;
using NewsHub.Web.Areas.Admin.Pages.Stories.Editor;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>What of today's paper is in one state.</summary>
/// <param name="Count">Of all that is in it; the lines are the first of them.</param>
/// <param name="All">The list that shows all of it.</param>
internal sealed record Lane(string Name, int Count, IReadOnlyList<LaneLine> Lines, string All)
{
    private const int Most = 6;

    /// <summary>Today's paper, from what is being written to what is out.</summary>
    public static async Task<IReadOnlyList<Lane>> ReadAsync(Newsroom room, IPresence presence, CancellationToken cancel)
    {
        var (stories, today) = (room.Db.Stories.AsNoTracking(), StoryList.Midnight(room.Today, room.Zone));
        var live = from l in room.Db.Listings.AsNoTracking()
                   where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt >= today
                   join s in stories on l.StoryId equals s.Id
                   orderby l.LiveAt descending, l.StoryId descending
                   select s;
        return
        [
            await PlannedAsync(room, cancel),
            await ChangedAsync("Draft", stories.Where(s => s.State == StoryState.Draft), "state=draft"),
            await ChangedAsync("Filed", stories.Where(s => s.State == StoryState.Filed
                && (s.ApprovedRevision == null || s.ApprovedRevision != s.WorkingRevision)), "state=unread"),
            await ChangedAsync("Approved", stories.Where(s => s.State == StoryState.Filed
                && s.ApprovedRevision == s.WorkingRevision), "state=approved"),
            await OrderedAsync("Scheduled", stories.Where(s => s.State == StoryState.Scheduled)
                .OrderBy(s => s.ScheduledFor)
                .ThenBy(s => s.Id), "state=scheduled"),
            await OrderedAsync("Live today", live, $"state=live&sort=published&from={Print.Iso(room.Today)}"),
        ];

        Task<Lane> ChangedAsync(string name, IQueryable<Story> found, string list) =>
            OrderedAsync(name, found.OrderByDescending(s => s.ChangedAt).ThenByDescending(s => s.Id), list);

        async Task<Lane> OrderedAsync(string name, IQueryable<Story> ordered, string list)
        {
            var lines = await LaneLine.ReadAsync(room, presence, ordered.Take(Most + 1), cancel);
            var count = lines.Count <= Most ? lines.Count : await ordered.CountAsync(cancel);
            return new(name, count, [.. lines.Take(Most)], $"/admin/stories?{list}");
        }
    }

    /// <summary>What is wanted and not begun, by its planned day.</summary>
    private static async Task<Lane> PlannedAsync(Newsroom room, CancellationToken cancel)
    {
        var open = room.Db.Assignments.Open();
        var found = await AssignmentLine.Of(room.Db, open.Take(Most + 1)).ToListAsync(cancel);
        var count = found.Count <= Most ? found.Count : await open.CountAsync(cancel);
        var sections = room.Snapshot.Sections.ToDictionary(s => s.Id, s => s.Name);
        return new("Planned", count, [.. found.Take(Most).Select(f => new LaneLine(
            FormattableString.Invariant($"/admin/planning/{f.Assignment.Id}"),
            f.Assignment.Line ?? f.Assignment.Slug.Value,
            f.Who ?? "Nobody yet",
            f.Assignment.Words,
            Picture: null,
            f.Assignment.SectionId is { } id ? sections.GetValueOrDefault(id) : null,
            f.Assignment.MadeAt,
            f.Assignment.DueAt,
            OpenBy: []))], "/admin/planning");
    }
}

/// <param name="Address">Where it is worked on.</param>
/// <param name="Byline">The credited names; empty for none.</param>
/// <param name="Words">Its length, or the length that is wanted; null where nobody has said.</param>
/// <param name="Due">When it goes out by itself.</param>
/// <param name="OpenBy">Who has it open now.</param>
internal sealed record LaneLine(
    string Address,
    string Headline,
    string Byline,
    int? Words,
    PictureUse? Picture,
    string? Section,
    DateTimeOffset ChangedAt,
    DateTimeOffset? Due,
    IReadOnlyList<string> OpenBy)
{
    public static async Task<IReadOnlyList<LaneLine>> ReadAsync(
        Newsroom room, IPresence presence, IQueryable<Story> stories, CancellationToken cancel)
    {
        var found = await StoryCopy.Of(stories, room.Db.Revisions.AsNoTracking()).Select(c => new
        {
            c.Story.Id,
            c.Newest.Text.Headline,
            c.Newest.Text.Bylines,
            c.Newest.Text.Picture,
            c.Newest.Text.Section,
            c.Newest.Words,
            c.Story.ChangedAt,
            c.Story.ScheduledFor,
        }).ToListAsync(cancel);
        var open = await presence.OfAsync([.. found.Select(f => f.Id.Value)], room.Me.Id, cancel);
        var sections = room.Snapshot.Sections.ToDictionary(s => s.Id, s => s.Name);
        return
        [
            .. found.Select(f => new LaneLine(
                $"/admin/stories/{f.Id}",
                f.Headline.Length > 0 ? f.Headline : "Without a headline",
                string.Join(", ", f.Bylines.Select(b => b.Name)),
                f.Words,
                f.Picture,
                sections.GetValueOrDefault(f.Section),
                f.ChangedAt,
                f.ScheduledFor,
                open.GetValueOrDefault(f.Id.Value) ?? [])),
        ];
    }
}
