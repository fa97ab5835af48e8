using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>The way in for the first administrator, by the link printed at start; for good a page that is not
/// there once there is one.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class SetUpModel(Newsroom room, SetUpKey key, UserManager<StaffMember> staff, StaffSignIn signIn) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsOpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var member = new StaffMember(TypedText.Line(Email) ?? "", TypedText.Line(Name) ?? "", Role.Administrator, Room.Now)
        {
            EmailConfirmed = true,
        };
        // Two who follow the link at once, on whatever node, make one administrator.
        await using (var tx = await Db.Database.BeginTransactionAsync(cancel))
        {
            if (!await IsOpenAsync(cancel)) return NotFound();
            Db.Events.Add(new NewsEvent(
                Act.ChangeStaff, new Actor(member.Name), Room.Now, [], "set up the house", EventSubject.Staff(member.Name),
                after: nameof(Role.Administrator)));
            var made = await staff.CreateAsync(member, Password ?? "");
            if (!made.Succeeded)
            {
                ModelState.Add(made);
                return Redisplay();
            }
            await Db.Secrets.Where(s => s.Name == SetUpKey.Name).ExecuteDeleteAsync(cancel);
            await tx.CommitAsync(cancel);
        }
        await signIn.SignInAsync(member, "by the set-up link", cancel);
        return Redirect("/admin");
    }

    private async Task<bool> IsOpenAsync(CancellationToken cancel) => key.Fits(Key) && await SetUpKey.IsWantedAsync(Db, cancel);
}
