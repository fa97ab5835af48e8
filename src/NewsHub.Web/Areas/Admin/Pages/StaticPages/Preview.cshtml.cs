using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>A page about the paper as readers will see it: as it is stored, or what stands in the form and is not saved.</summary>
[InPaperLanguage]
[RequiresAct(Act.ChangePage)]
[BodyLimit(RequestBodies.Story)]
public sealed class PreviewModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    public PageView House { get; private set; } = new("", "", "", "");

    /// <param name="name">The page's slug; null for one that is not written yet.</param>
    public async Task<IActionResult> OnGetAsync(string? name, CancellationToken cancel)
    {
        if (name is null) return Page();
        if (!Slug.TryParse(name, out var slug)
            || await Db.StaticPages.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancel) is not { } page)
        {
            return NotFound();
        }
        House = new PageView(name, page.Title, page.Description, page.BodyHtml);
        return Page();
    }

    public void OnPost()
    {
        var rendered = Db.RenderBody(TypedText.Lines(Manuscript.Body) ?? "");
        House = new PageView("", TypedText.Line(Manuscript.Headline) ?? "", TypedText.Line(Manuscript.Standfirst) ?? "", rendered.Html);
    }
}
