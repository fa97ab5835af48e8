using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>The author that an account is linked to, as its owner and administrators choose it.</summary>
/// <param name="Authors">To choose from, by name.</param>
/// <param name="Chosen">The slug of the author that is linked; null for none.</param>
public sealed record OwnByline(IReadOnlyList<Author> Authors, string? Chosen)
{
    public const string NoSuchAuthor = "There is no such author. Choose one from the list.";

    public static async Task<OwnByline> OfAsync(Newsroom room, StaffMember member, CancellationToken cancel)
    {
        var authors = await room.Db.Authors.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancel);
        return new(authors, authors.Find(a => a.Id == member.AuthorId)?.Slug.Value);
    }

    /// <summary>Links an account to an author, or to none, notes it and saves.</summary>
    /// <param name="slug">The author's; empty for none.</param>
    /// <param name="act">Who does it: <see cref="Act.ChangeOwnAccount"/> or <see cref="Act.ChangeStaff"/>.</param>
    /// <returns>What was done, as a sentence; null where there is no such author.</returns>
    public static async Task<string?> ChooseAsync(Newsroom room, StaffMember member, string? slug, Act act, CancellationToken cancel)
    {
        var (authors, before) = await OfAsync(room, member, cancel);
        var wanted = TypedText.Line(slug);
        var author = authors.FirstOrDefault(a => a.Slug.Value == wanted);
        if (wanted is not null && author is null) return null;
        if (before == wanted) return "No changes to save.";
        member.WriteAs(author);
        room.Note(act, EventSubject.Staff(member.Name), "byline", before, wanted);
        await room.Db.SaveChangesAsync(cancel);
        return author is null
            ? "Saved. New stories begin without a byline."
            : $"Saved. New stories begin with the byline {author.Name}.";
    }
}
