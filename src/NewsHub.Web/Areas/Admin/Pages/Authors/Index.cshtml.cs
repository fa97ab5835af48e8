using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Authors;

/// <summary>Everybody who can be credited in a byline.</summary>
[RequiresAct(Act.ChangeAuthor)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Portrait Typed { get; set; } = new();

    /// <summary>The last word of the author page's address; empty leaves it to the name.</summary>
    [BindProperty]
    public string? Slug { get; set; }

    public IReadOnlyList<AuthorRow> Authors { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        var wanted = TypedText.Line(Slug);
        NewsHub.Core.Text.Slug slug = default;
        if (ModelState.IsValid && (string.IsNullOrEmpty(wanted)
            ? NewsHub.Core.Text.Slug.From(Typed.Name!) is not { } made || (slug = made) == default
            : !NewsHub.Core.Text.Slug.TryParse(wanted, out slug)))
        {
            ModelState.AddModelError(nameof(Slug), "An address is made of small letters, digits and single hyphens, 80 at most.");
        }
        else if (Authors.Any(a => a.Author.Slug == slug))
            ModelState.AddModelError(nameof(Slug), $"There is an author at /authors/{slug} already. Give this one another address.");
        if (!ModelState.IsValid) return Redisplay();
        var author = new Author(slug, TypedText.Line(Typed.Name)!, TypedText.Line(Typed.Title), TypedText.Lines(Typed.Bio));
        Db.Authors.Add(author);
        Room.Note(Act.ChangeAuthor, EventSubject.Author(slug.Value), "added", after: Portrait.Tell(author));
        await Db.SaveChangesAsync(cancel);
        Flash = $"{author.Name} can be credited now.";
        return Redirect("/admin/authors");
    }

    private async Task ReadAsync(CancellationToken cancel) =>
        Authors = await Db.Authors.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id)
            .Select(a => new AuthorRow(a, Db.Listings.Count(l => l.List == ListOf.Author && l.Subject == a.Id))).ToListAsync(cancel);
}

/// <param name="Stories">Live stories under the author's name.</param>
public sealed record AuthorRow(Author Author, int Stories);

/// <summary>What is typed about an author.</summary>
public sealed class Portrait
{
    [Required(ErrorMessage = "An author needs a name.")]
    [StringLength(TextLimits.AuthorName, ErrorMessage = "A name has 120 characters at most.")]
    public string? Name { get; set; }

    [StringLength(TextLimits.AuthorTitle, ErrorMessage = "A title has 120 characters at most.")]
    public string? Title { get; set; }

    [StringLength(TextLimits.AuthorBio, ErrorMessage = "A biography has 1,000 characters at most.")]
    public string? Bio { get; set; }

    internal static string Tell(Author author) => $"{author.Name}; {author.Title}; {author.Bio}";
}
