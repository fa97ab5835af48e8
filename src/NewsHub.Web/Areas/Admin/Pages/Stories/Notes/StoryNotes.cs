using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Notes;

/// <summary>A story's notes as a page lists them.</summary>
/// <param name="Story">The story's number; 0 before its first save.</param>
/// <param name="Open">In the order in which their words stand in the text; those on the whole story first.</param>
/// <param name="Resolved">The newest first.</param>
/// <param name="Colleagues">Names that a note can call by an @.</param>
public sealed record StoryNotes(
    long Story, IReadOnlyList<StoryNote> Open, IReadOnlyList<StoryNote> Resolved, IReadOnlyList<string> Colleagues)
{
    /// <summary>The notes that whoever is here may resolve.</summary>
    public required IReadOnlySet<long> Resolvable { get; init; }

    /// <summary>A new note that was typed and not taken.</summary>
    public string? Typed { get; init; }

    /// <summary>Answers that were typed and not taken, by the note's number.</summary>
    public IReadOnlyDictionary<long, string?> TypedAnswers { get; init; } = new Dictionary<long, string?>();

    /// <param name="story">Null before its first save.</param>
    public static async Task<StoryNotes> OfAsync(Story? story, Newsroom room, CancellationToken cancel)
    {
        var colleagues = await room.Db.Staff.AsNoTracking()
            .Where(m => m.ClosedAt == null && m.Id != room.Me.Id).OrderBy(m => m.Name).Select(m => m.Name).Take(500).ToListAsync(cancel);
        if (story is null) return new StoryNotes(0, [], [], colleagues) { Resolvable = new HashSet<long>() };
        var notes = await room.Db.StoryNotes.AsNoTracking().Include(n => n.Answers).Where(n => n.StoryId == story.Id).ToListAsync(cancel);
        return new StoryNotes(
            story.Id.Value,
            [.. notes.Where(n => n.ResolvedAt is null).OrderBy(n => n.Part).ThenBy(n => n.Start).ThenBy(n => n.Id)],
            [.. notes.Where(n => n.ResolvedAt is not null).OrderByDescending(n => n.ResolvedAt)],
            colleagues)
        {
            Resolvable = notes.Where(n => room.Me.May(Act.ResolveNote, story, n)).Select(n => n.Id).ToHashSet(),
        };
    }
}
