using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Publishing;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>Lets an edition out, and with it every story on its front that is not live yet: all of them or none.</summary>
[RequiresAct(Act.PublishEdition)]
public sealed class PublishModel(Newsroom room) : EditionPage(room)
{
    /// <summary>What stood on the page when the question was asked: nothing goes live that nobody has seen here.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public IReadOnlyList<(SlotKind Place, FrontLine Line)> Front { get; private set; } = [];
    public IReadOnlyList<FrontWarning> Warnings { get; private set; } = [];

    /// <summary>Who saved the texts that go live, and when.</summary>
    public IReadOnlyDictionary<StoryId, (Actor By, DateTimeOffset At)> Saved { get; private set; } =
        new Dictionary<StoryId, (Actor, DateTimeOffset)>();

    /// <summary>How many get it by mail.</summary>
    public int Subscribers { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) =>
        await OpenAsync(cancel) ? Edition.PublishedAt is null ? Page() : Redirect(Address) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var seen = Seen;
        if (!await OpenAsync(cancel)) return NotFound();
        // A second click finds it out already.
        if (Edition.PublishedAt is not null) return To(Address, $"No. {Edition.Number} is published.");
        if (seen != Seen)
        {
            ModelState.Clear();
            return Redisplay("The edition or one of its stories has changed since you opened this page. This is how it looks now.",
                status: StatusCodes.Status409Conflict);
        }
        try
        {
            await Db.PublishAsync(Edition, Me.Actor, Room.Now, cancel);
        }
        catch (Exception e) when (e is RefusedException or DbUpdateConcurrencyException)
        {
            if (!await OpenAsync(cancel)) return NotFound();
            // The clock, or a colleague, was quicker with the same thing.
            if (Edition.PublishedAt is not null) return To(Address, $"No. {Edition.Number} is published.");
            ModelState.Clear();
            return e is RefusedException
                ? Redisplay($"Nothing was published. {e.Message}")
                : Redisplay("Nothing was published: someone else changed this at the same moment. This is how it looks now.",
                    status: StatusCodes.Status409Conflict);
        }
        return To(Address, $"No. {Edition.Number} is published. Readers see it now.");
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return false;
        Front = await Db.FrontOfAsync(Edition, cancel);
        // One that fills a gap in the archive is mailed to nobody.
        if (Room.Snapshot.Site.Bulletin && Edition.Number > (Room.Snapshot.LatestEdition?.Number ?? 0))
            Subscribers = await Db.Subscribers.CountAsync(s => s.State == SubscriberState.Subscribed, cancel);
        Warnings = Check(Front);
        Seen = string.Create(CultureInfo.InvariantCulture, $"{Edition.Version}:") + string.Join(
            ',', Front.Select(s => s.Line.GoesLive ? $"{s.Line.Id}.{s.Line.Version}" : $"{s.Line.Id}.{s.Line.State}.{s.Line.Revision}"));
        var ids = Front.Where(s => s.Line.GoesLive).Select(s => s.Line.Id).ToList();
        Saved = await (
            from s in Db.Stories
            where ids.Contains(s.Id)
            join r in Db.Revisions on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
            select new { s.Id, r.By, r.SavedAt })
            .ToDictionaryAsync(s => s.Id, s => (s.By, s.SavedAt), cancel);
        return true;
    }
}
