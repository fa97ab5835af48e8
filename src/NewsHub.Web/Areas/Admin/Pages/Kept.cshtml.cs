using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Editing;
using NewsHub.Web.Areas.Admin.Pages.Stories.Editor;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>A story's form came when the session was over: what was typed is shown, to be taken along. It saves
/// nothing and knows nobody.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
[BodyLimit(RequestBodies.Story)]
public sealed class KeptModel : PageModel
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>What was edited where two texts were being merged.</summary>
    [BindProperty]
    public IList<TypedAnswer> Answers { get; set; } = [];

    /// <summary>What was typed, field by field; what is empty is left out.</summary>
    public IReadOnlyList<(string Name, string Text)> Fields { get; private set; } = [];

    public IActionResult OnGet() => Redirect("/admin");

    public IActionResult OnPost()
    {
        // Words under our name that another site sent are not ours to show.
        if (Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")) return BadRequest();
        Fields =
        [
            .. Manuscript.FieldNames.Where(f => f is not (nameof(Manuscript.Section) or nameof(Manuscript.Kind)
                or nameof(Manuscript.Language) or nameof(Manuscript.RightToLeft)))
                .Select(f => (Manuscript.NameOf(f), Manuscript.Shown(f))).Where(f => f.Item2.Length > 0),
            .. Answers.OfType<TypedAnswer>().Where(a => a.IsEdited).Select((a, i) => ($"Edited while merging, {i + 1}", a.Text ?? "")),
        ];
        if (Fields.Count == 0) return Redirect("/admin");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page();
    }
}
