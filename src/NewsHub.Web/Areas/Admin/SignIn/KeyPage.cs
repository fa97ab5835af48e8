using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>A page that a mailed link opens. Opening it changes nothing: mail programs look at links too.</summary>
public abstract class KeyPage(Newsroom room, UserManager<StaffMember> staff) : NewsroomPage(room)
{
    protected UserManager<StaffMember> Staff { get; } = staff;

    [BindProperty(SupportsGet = true)]
    public long Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    /// <summary>Whose link it is. Only while the key is good.</summary>
    public StaffMember Member { get; private set; } = null!;

    /// <summary>The key was used, is too old, or never was one.</summary>
    public bool IsDead { get; private set; }

    protected abstract string Purpose { get; }

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ?? Page();

    protected async Task<IActionResult?> OpenAsync()
    {
        if (Key is { Length: > 0 }
            && await Staff.FindByIdAsync(Who.ToString(CultureInfo.InvariantCulture)) is { ClosedAt: null } member
            && await Staff.VerifyUserTokenAsync(member, AccountTokens.Provider, Purpose, Key))
        {
            Member = member;
            return null;
        }
        IsDead = true;
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
