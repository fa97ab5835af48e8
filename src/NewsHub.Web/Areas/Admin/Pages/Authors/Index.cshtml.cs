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
        if (!ModelState.IsValid
            || await Room.MakeAuthorAsync(Typed, Slug, sentence => ModelState.AddModelError(nameof(Slug), sentence), cancel)
                is not { } author)
        {
            return Redisplay();
        }
        await Db.SaveChangesAsync(cancel);
        Flash = $"{author.Name} is added.";
        return Redirect("/admin/authors");
    }

    /// <summary>The same for a script beside a story, which knows a name alone and chooses the author it is given.</summary>
    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return this.NotMade(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        if (await Room.MakeAuthorAsync(Typed, null, _ => { }, cancel) is not { } author)
            return this.NotMade(Core.Text.Slug.From(Typed.Name!) is null
                ? "No address can be created from that name. Add the author on the Authors page and choose its address there."
                : "There is already an author with that address. Choose them in the list, or add this one on the Authors page.");
        await Db.SaveChangesAsync(cancel);
        return new JsonResult(new { slug = author.Slug.Value, name = author.Name });
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
    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(TextLimits.AuthorName, ErrorMessage = "Use 120 characters at most.")]
    public string? Name { get; set; }

    [StringLength(TextLimits.AuthorTitle, ErrorMessage = "Use 120 characters at most.")]
    public string? Title { get; set; }

    [StringLength(TextLimits.AuthorBio, ErrorMessage = "Use 1,000 characters at most.")]
    public string? Bio { get; set; }

    internal static string Tell(Author author) => $"{author.Name}; {author.Title}; {author.Bio}";
}
