using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages;

/// <summary>What a reader sees when something is not there or did not work: still the paper, and a way on.</summary>
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    /// <summary>Something that was sent in could not be kept; the paper itself can be read.</summary>
    public bool IsUnkept => Unkept.Is(HttpContext);

    /// <summary>The page whose form was too large; null where the browser does not tell, or the notice is another.</summary>
    public string? Back => Code == StatusCodes.Status413PayloadTooLarge ? LanguageChoice.Back(Request) : null;

    public IActionResult OnGet(int code)
    {
        Code = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        // Asked for by hand rather than by an error, the page is itself not there.
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = Code = StatusCodes.Status404NotFound;
        return Page();
    }
}
