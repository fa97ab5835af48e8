using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Authors;

/// <summary>One author's name, title and biography.</summary>
[RequiresAct(Act.ChangeAuthor)]
public sealed class AuthorModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public Portrait Typed { get; set; } = new();

    public Author Author { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Typed = new Portrait { Name = Author.Name, Title = Author.Title, Bio = Author.Bio };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!ModelState.IsValid) return Redisplay();
        var before = Portrait.Tell(Author);
        Author.Describe(TypedText.Line(Typed.Name)!, TypedText.Line(Typed.Title), TypedText.Lines(Typed.Bio));
        if (Portrait.Tell(Author) != before)
            Room.Note(Act.ChangeAuthor, EventSubject.Author(Author.Slug.Value), "described", before, Portrait.Tell(Author),
                Topic.List(ListOf.Author, Author.Id));
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. The author’s page is updated.";
        return Redirect("/admin/authors");
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Authors.FirstOrDefaultAsync(a => a.Id == Id, cancel) is not { } author) return false;
        Author = author;
        return true;
    }
}
