using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editing;

/// <summary>How an assignment becomes a story.</summary>
public static class AssignmentEditing
{
    /// <summary>
    /// Begins the story that an assignment asks for: a draft of whoever has the assignment, else of who starts it, with the line as its
    /// working headline. Saves; the caller's transaction makes it one act. A second start finds the story of the first.
    /// </summary>
    /// <param name="assignment">Tracked.</param>
    /// <exception cref="RefusedException">The assignment is dropped.</exception>
    public static async Task<StoryId> StartAsync(
        this NewsDb db, Assignment assignment, StaffMember by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (assignment.StoryId is { } begun) return begun;
        var owner = await db.Staff.FirstOrDefaultAsync(m => m.Id == assignment.GivenTo && m.ClosedAt == null, cancel) ?? by;
        var text = await FirstTextAsync(db, assignment, owner, cancel);
        var story = new Story(text, new RenderedBody("", 0, []), by.Actor, now, owner.Id);
        db.Stories.Add(story);
        await db.SaveChangesAsync(cancel);
        db.Events.Add(assignment.Start(story.Id, owner.Id, by.Actor, now));
        await db.SaveChangesAsync(cancel);
        return story.Id;
    }

    /// <summary>As the form of a new story begins: in the paper's language, with the owner's byline.</summary>
    private static async Task<StoryText> FirstTextAsync(NewsDb db, Assignment assignment, StaffMember owner, CancellationToken cancel)
    {
        var language = await db.Sites.Select(s => s.Language).SingleOrDefaultAsync(cancel) ?? "en";
        var author = await db.Authors.AsNoTracking().FirstOrDefaultAsync(a => a.Id == owner.AuthorId, cancel);
        return new StoryText
        {
            Section = assignment.SectionId ?? SectionId.None,
            Kind = Kind.News,
            Headline = assignment.Line ?? "",
            Standfirst = "",
            Body = "",
            Bylines = author is null ? [] : [new Byline(author.Id, author.Slug.Value, author.Name, null)],
            Language = language,
            RightToLeft = LanguageTag.RunsRightToLeft(language),
        };
    }
}
