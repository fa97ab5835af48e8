using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>A page of the newsroom: behind sign-in, never cached, and what was typed comes back with what is wrong with it.</summary>
[BodyLimit(RequestBodies.Prose)]
public abstract class NewsroomPage(Newsroom room) : PageModel
{
    public Newsroom Room { get; } = room;
    protected NewsDb Db => Room.Db;
    public StaffMember Me => Room.Me;

    /// <summary>Said once, on the page that comes next.</summary>
    [TempData]
    public string? Flash { get; set; }

    /// <inheritdoc cref="Newsroom.When"/>
    public string When(DateTimeOffset at) => Room.When(at);

    /// <summary>403, as the paper says it.</summary>
    protected IActionResult Forbidden() => StatusCode(StatusCodes.Status403Forbidden);

    /// <summary>The page again, with what is wrong: nothing that was typed is lost.</summary>
    protected IActionResult Redisplay(string? problem = null, string field = "", int status = StatusCodes.Status400BadRequest)
    {
        if (problem is not null) ModelState.AddModelError(field, problem);
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>A note or a reason as it was typed, trimmed; null, and a problem at the field, where that is nothing or too much.</summary>
    protected string? ReadNote(string? typed, string field, string otherwise)
    {
        var text = TypedText.Lines(typed);
        if (text?.Length > TextLimits.Note) ModelState.AddModelError(field, "Use 1,000 characters at most.");
        else if (string.IsNullOrEmpty(text)) ModelState.AddModelError(field, otherwise);
        else return text;
        return null;
    }

    /// <summary>Does something that may be refused, and shows the page again with the reason where it was.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (RefusedException refused)
        {
            return Redisplay(refused.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Redisplay("Someone else changed this at the same moment. Check it and try again.",
                status: StatusCodes.Status409Conflict);
        }
    }
}
