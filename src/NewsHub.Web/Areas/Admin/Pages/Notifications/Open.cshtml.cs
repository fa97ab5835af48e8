using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Live;

namespace NewsHub.Web.Areas.Admin.Pages.Notifications;

/// <summary>The way from a notification to what it is about: whoever goes it has read it.</summary>
[RequiresAct(Act.Read)]
public sealed class OpenModel(Newsroom room, NewsroomUpdates updates) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var me = Me.Id;
        // One that was pruned, or somebody else's, is none.
        if (await Db.Notifications.SingleOrDefaultAsync(n => n.Id == Id && n.StaffId == me, cancel) is not { } one) return NotFound();
        if (one.ReadAt is null)
        {
            one.Read(Room.Now);
            await Db.SaveChangesAsync(cancel);
            updates.Changed();
        }
        return Redirect(AddressOf(one));
    }

    private static string AddressOf(Notification one) => one switch
    {
        { StoryId: { } story, Subject: { Kind: EventSubjectKind.Note, Value: var note } } => $"/admin/stories/{story}/notes#note-{note}",
        { StoryId: { } story } => $"/admin/stories/{story}",
        { Subject: { Kind: EventSubjectKind.Assignment, Value: var assignment } } => $"/admin/planning/{assignment}",
        { Subject: { Kind: EventSubjectKind.Edition, Value: var edition } } => $"/admin/editions/{edition}",
        _ => "/admin/notifications",
    };
}
