using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Authors;

/// <summary>Makes an author of what someone typed, on the authors' own page or beside a story.</summary>
internal static class AuthorMaking
{
    /// <param name="typed">Checked by its own rules.</param>
    /// <param name="address">Its slug; empty leaves it to the name.</param>
    /// <param name="wrong">Told of what is wrong with the address.</param>
    /// <returns>The author, to be saved with the caller's other changes; null where something is wrong.</returns>
    public static async Task<Author?> MakeAuthorAsync(
        this Newsroom room, Portrait typed, string? address, Action<string> wrong, CancellationToken cancel)
    {
        var (name, wanted) = (TypedText.Line(typed.Name)!, TypedText.Line(address));
        if ((wanted is null ? Slug.From(name) : Slug.TryParse(wanted, out var parsed) ? parsed : null) is not { } slug)
        {
            wrong("Use lower-case letters, digits and single hyphens, 80 characters at most.");
            return null;
        }
        if (await room.Db.Authors.AnyAsync(a => a.Slug == slug, cancel))
        {
            wrong($"There is already an author at /authors/{slug}. Choose another address.");
            return null;
        }
        var author = new Author(slug, name, TypedText.Line(typed.Title), TypedText.Lines(typed.Bio));
        room.Db.Authors.Add(author);
        room.Note(Act.ChangeAuthor, EventSubject.Author(slug.Value), "added", after: Portrait.Tell(author));
        return author;
    }
}
