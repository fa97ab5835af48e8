using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>A page about the paper as it is written: its title is the manuscript's headline, its description the standfirst.</summary>
[RequiresAct(Act.ChangePage), KeepsForm]
[BodyLimit(RequestBodies.Story)]
public abstract class StaticPageForm(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>Whether the footer of every page leads to it.</summary>
    [BindProperty]
    public bool InFooter { get; set; }

    /// <summary>The page's version when the form was shown; 0 of a new one.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>What is to be looked at in the body.</summary>
    public IReadOnlyList<PrintCheck> Checks { get; protected set; } = [];

    /// <summary>The page in the store; null before the first save.</summary>
    public StaticPage? Stored { get; protected set; }

    /// <summary>Where it is edited.</summary>
    internal static string AddressOf(StaticPage page) => UrlPath.Escape($"/admin/pages/{page.Slug}");

    /// <summary>What the log says of a page.</summary>
    internal static string Tell(StaticPage page) =>
        $"{page.Title}\n{page.Description}\n/{page.Slug}{(page.OutsideFooter ? ", not in the footer" : "")}\n\n{page.Body}";

    /// <summary>Reads what was typed; null, and the problems at their fields, where it cannot be kept.</summary>
    protected async Task<(Slug Slug, TypedPage Text)?> ReadAsync(CancellationToken cancel)
    {
        var title = Line(Manuscript.Headline, "Headline", TextLimits.PageTitle, "Enter a title.");
        var description = Line(Manuscript.Standfirst, "Standfirst", TextLimits.PageDescription, "Enter a description.");
        var body = TypedText.Lines(Manuscript.Body) ?? "";
        var rendered = Db.RenderBody(body);
        if (body.Length == 0) Wrong("Body", "Enter some text.");
        foreach (var problem in rendered.Problems.Where(p => p.Hinders))
            Wrong("Body", FormattableString.Invariant($"Line {problem.Line}: {problem.Message}"));
        var slug = await SlugAsync(title, cancel);
        return ModelState.IsValid && slug is { } free ? (free, new TypedPage(title, description, body, rendered)) : null;
    }

    /// <summary>The address that is wanted, where it is free.</summary>
    private async Task<Slug?> SlugAsync(string title, CancellationToken cancel)
    {
        var wanted = TypedText.Line(Manuscript.Slug);
        if ((wanted is null ? Slug.From(title) : Slug.TryParse(wanted, out var typed) ? typed : null) is not { } slug)
        {
            if (wanted is not null || title.Length > 0)
                Wrong("Slug", wanted is null
                    ? "No address can be created from that title. Enter one."
                    : "Use lower-case letters, digits and single hyphens, 80 characters at most.");
            return null;
        }
        if (slug == Stored?.Slug) return slug;
        if (StaticPage.IsOurs(slug)) Wrong("Slug", slug.IsOurs);
        // The form for a new page has that address in the newsroom.
        else if (slug.Value == "new") Wrong("Slug", "No page can have the address “new”. Choose another.");
        else if (await Db.TakenByAsync(slug, cancel) is { } taken) Wrong("Slug", $"There is already {taken} at /{slug}. Choose another.");
        return slug;
    }

    private string Line(string? typed, string field, int most, string needed)
    {
        var line = TypedText.Line(typed) ?? "";
        if (line.Length > most) Wrong(field, $"Use {most} characters at most.");
        else if (line.Length == 0) Wrong(field, needed);
        return line;
    }

    private void Wrong(string field, string sentence) => ModelState.AddModelError($"{nameof(Manuscript)}.{field}", sentence);

    /// <summary>A page's words, fit to be kept.</summary>
    protected sealed record TypedPage(string Title, string Description, string Body, RenderedBody Rendered);
}
