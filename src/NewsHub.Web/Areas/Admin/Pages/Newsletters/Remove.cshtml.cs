using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>Takes one subscriber off the list, for whoever asked the newsroom to. The log knows a number: the address is gone.</summary>
[RequiresAct(Act.ChangeSubscribers), RequiresRecentSignIn]
public sealed class RemoveModel(Newsroom room, Subscriptions subscriptions) : NewsroomPage(room)
{
    public Subscriber Subscriber { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await Db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return NotFound();
        Subscriber = subscriber;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        // A second click finds it done.
        if (await subscriptions.ForgetAsync(id, cancel: cancel))
        {
            Room.Note(Act.ChangeSubscribers, EventSubject.Subscribers, string.Create(CultureInfo.InvariantCulture, $"removed no. {id}"));
            await Db.SaveChangesAsync(cancel);
        }
        Flash = "Removed. Nothing more is sent to that address.";
        return Redirect("/admin/newsletters/subscribers");
    }
}
