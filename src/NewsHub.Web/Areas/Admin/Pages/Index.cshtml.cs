using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Publishing;
using NewsHub.Core.Rates;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Pages.Stories;
using NewsHub.Web.Areas.Admin.Pages.Stories.Acts;
using NewsHub.Web.Areas.Admin.Pages.Stories.Editor;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>What needs me now: one pile for each reason, the most urgent first, each line with what can be done about it at once. Below
/// it today's paper, whatever its state.</summary>
[RequiresAct(Act.Read)]
public sealed class IndexModel(Newsroom room, IMailer mailer, IPresence presence, DeskWork work) : NewsroomPage(room)
{
    private const int Most = 8;

    /// <summary>Only those with something in them.</summary>
    public List<Pile> Piles { get; } = [];

    /// <summary>Today's paper, a lane for each state.</summary>
    internal IReadOnlyList<Lane> Lanes { get; private set; } = [];

    /// <summary>What a new paper still needs; empty where nothing is to be shown of it.</summary>
    public IReadOnlyList<FirstStep> Steps { get; private set; } = [];

    /// <summary>Rates under review, for whoever may decide on them.</summary>
    public int HeldRates { get; private set; }

    /// <summary>Sources that have brought nothing for two days, though they did before.</summary>
    public IReadOnlyList<SourceReport> SilentSources { get; private set; } = [];

    /// <summary>Editions on the clock, and those that it could not publish.</summary>
    public IReadOnlyList<EditionLine> Editions { get; private set; } = [];

    /// <param name="Missed">Why the clock could not publish it at its time.</param>
    public sealed record EditionLine(int Number, string Title, DateTimeOffset At, string? Missed);

    /// <summary>Webhooks that were paused because nothing got through.</summary>
    public IReadOnlyList<Core.Webhooks.Webhook> PausedHooks { get; private set; } = [];

    /// <param name="All">The list of stories that shows the whole pile; null where there is no such list.</param>
    /// <param name="Acts">What can be done at once, where this person may.</param>
    /// <param name="Why">What is said of a story of this pile, by its id.</param>
    public sealed record Pile(
        string Name,
        int Count,
        IReadOnlyList<StoryLine> Stories,
        string? All,
        IReadOnlyList<StoryAct> Acts,
        IReadOnlyDictionary<long, string> Why);

    public async Task<IActionResult> OnPostHideAsync(CancellationToken cancel)
    {
        Me.HideFirstSteps();
        await Db.SaveChangesAsync(cancel);
        return Redirect("/admin");
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Steps = await FirstSteps.OfAsync(Room, mailer.Delivers, cancel);
        var (me, now) = (Me.Id, Room.Now);
        var mine = Me.Role is Role.Reporter;
        StoryAct approve = new(Act.Approve, "approve", "Approve"), back = new(Act.Return, "return", "Return"), publish = new(
            Act.Publish, "publish", "Publish"), time = new(Act.Schedule, "schedule", "Schedule"), file = new(Act.File, "file", "File");

        if (Me.May(Act.ChangeRates))
        {
            var longAgo = now.AddDays(-2);
            HeldRates = await Db.HeldForEditors().CountAsync(cancel);
            SilentSources = await Db.SourceReports.AsNoTracking().Where(r => !r.Succeeded && r.BroughtAt < longAgo).ToListAsync(cancel);
        }
        if (Me.May(Act.ComposeEdition))
        {
            Editions = await Db.Editions.AsNoTracking().Where(e => e.PublishedAt == null && e.ScheduledFor != null)
                .OrderBy(e => e.ScheduledFor).ThenBy(e => e.Number).Take(Most)
                .Select(e => new EditionLine(e.Number, e.Title, e.ScheduledFor!.Value, e.MissedBecause)).ToListAsync(cancel);
        }
        if (Me.May(Act.ChangeWebhooks)) PausedHooks = await Db.Webhooks.AsNoTracking().Where(w => w.PausedByFailing).ToListAsync(cancel);
        var missed = await AddAsync(
            "Could not be published on time", work.Missed, "state=missed", [time, publish], cancel);
        if (missed is not null)
        {
            foreach (var line in missed.Stories)
                ((Dictionary<long, string>)missed.Why)[line.Id.Value] = await Db.Events
                    .Where(e => e.StoryId == line.Id && e.Act == Act.FailToPublish)
                    .OrderByDescending(e => e.Id)
                    .Select(e => e.Note)
                    .FirstOrDefaultAsync(cancel) ?? "";
        }
        await AddAsync("Returned to you", work.Returned, $"state=returned&owner={me}", [file], cancel);
        if (Me.May(Act.Approve))
        {
            await AddAsync("Filed to you", work.FiledToMe, null, [approve, back, publish], cancel);
            await AddAsync("Filed to the desk", work.FiledToDesk, "state=unread", [approve, back, publish], cancel);
        }
        if (Me.May(Act.Publish))
            await AddAsync("Approved, ready to publish", work.Approved, "state=approved", [publish, time], cancel);
        await AddAsync("Scheduled, with a newer text that is not scheduled", Db.Stories.Where(s => s.State == StoryState.Scheduled
            && s.ScheduledRevision != s.WorkingRevision
            && (!mine || s.OwnerId == me)), null,
            [new(Act.Schedule, StoryAct.TakeIn, "Schedule the newer text")], cancel);
        var tomorrow = new DateTimeOffset(TimeZoneInfo.ConvertTime(now, Room.Zone).Date.AddDays(1), Room.Zone.GetUtcOffset(now));
        await AddAsync("Due today", Db.Stories.Where(s => s.State == StoryState.Scheduled
            && s.ScheduledFor < tomorrow
            && !Db.Missed(now).Any(m => m.Id == s.Id)
            && (!mine || s.OwnerId == me)), "state=scheduled", [time, publish], cancel);
        var ending = now.AddDays(1);
        await AddAsync("Embargoes ending within a day",
            Db.Stories.Where(s => (s.State == StoryState.Draft || s.State == StoryState.Filed || s.State == StoryState.Scheduled)
                && s.EmbargoUntil > now
                && s.EmbargoUntil <= ending
                && (!mine || s.OwnerId == me)),
            "state=embargoed", [time], cancel);
        await AddAsync("Live, with unpublished changes", Db.Stories.Where(s => s.State == StoryState.Live
            && s.LiveRevision != s.WorkingRevision
            && (!mine || s.OwnerId == me)), "state=changed",
            [publish, new(Act.Correct, "correct", "Correct")], cancel);
        // A picture is kept in the text as JSON, as it was printed.
        var (alt, credit) = (Db.Dialect.JsonText("Picture", "alt"), Db.Dialect.JsonText("Picture", "credit"));
        var sql = $"""SELECT * FROM "Revisions" WHERE "Picture" IS NOT NULL AND """
            + $"(trim(coalesce({alt}, '')) = '' OR trim(coalesce({credit}, '')) = '')";
        var bare = Db.Revisions.FromSqlRaw(sql);
        await AddAsync("Missing a picture’s alt text or credit",
            Db.Stories.Where(s => (s.State == StoryState.Draft || s.State == StoryState.Filed || s.State == StoryState.Scheduled)
                && bare.Any(r => r.StoryId == s.Id && r.Number == s.WorkingRevision)
                && (!mine || s.OwnerId == me)),
            null, [], cancel);
        await AddAsync("Your drafts", Db.Stories.Where(s => s.OwnerId == me && s.State == StoryState.Draft && s.ReturnNote == null),
            $"state=draft&owner={me}", [file], cancel);
        Lanes = await Lane.ReadAsync(Room, presence, cancel);
        return Page();
    }

    private async Task<Pile?> AddAsync(string name, IQueryable<Story> stories, string? list, StoryAct[] acts, CancellationToken cancel)
    {
        var lines = await StoryLine.Of(Db, stories.OrderBy(s => s.ScheduledFor == null)
            .ThenBy(s => s.ScheduledFor)
            .ThenByDescending(s => s.ChangedAt)
            .ThenByDescending(s => s.Id)
            .Take(Most + 1)).ToListAsync(cancel);
        if (lines.Count == 0) return null;
        var count = lines.Count <= Most ? lines.Count : await stories.CountAsync(cancel);
        var pile = new Pile(name, count, [.. lines.Take(Most)],
            list is null ? null : $"/admin/stories?{list}", [.. acts.Where(a => Me.May(a.Act))], new Dictionary<long, string>());
        Piles.Add(pile);
        return pile;
    }
}
