using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Stories;

/// <summary>A story beside the revision that readers see; of a withdrawn one, that they saw last.</summary>
public class PublishedStory
{
    public required Story Story { get; init; }
    public required Revision Revision { get; init; }
}

/// <summary>
/// What 'live' means in a query, said once. Compiled queries take these in, too. Where SQLite would start at the index of states, they are
/// asked as a condition (<c>Any</c>), not as a join.
/// </summary>
public static class PublishedStories
{
    /// <summary>Stories that readers can see now. Not tracked.</summary>
    public static IQueryable<PublishedStory> LiveStories(this NewsDb db) =>
        db.StoriesEverLive().Where(p => p.Story.State == StoryState.Live);

    /// <summary>The same, and those that were withdrawn.</summary>
    public static IQueryable<PublishedStory> StoriesEverLive(this NewsDb db) =>
        from s in db.Stories.AsNoTracking()
        join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
        select new PublishedStory { Story = s, Revision = r };
}
