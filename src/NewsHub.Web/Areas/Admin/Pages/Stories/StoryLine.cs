using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>A story as the newsroom's lists show it: its newest text's headline, and how it stands.</summary>
/// <param name="By">Who saved the newest text.</param>
/// <param name="Changed">Live, with a newer text that readers do not see.</param>
/// <param name="OutsideSchedule">Scheduled, with a newer text that does not go out by itself.</param>
/// <param name="SavedAt">When the newest text was saved.</param>
/// <param name="Approved">An editor has read the newest text.</param>
public sealed record StoryLine(
    StoryId Id,
    string Headline,
    StoryState State,
    long SectionId,
    Kind Kind,
    string By,
    string? Owner,
    DateTimeOffset ChangedAt,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? EmbargoUntil,
    DateTimeOffset? BreakingUntil,
    string? ReturnNote,
    bool Changed,
    bool Approved,
    long? OwnerId,
    string? Address,
    bool OutsideSchedule,
    DateTimeOffset SavedAt,
    int Version)
{
    /// <summary>Lines of the stories that a query names.</summary>
    public static IQueryable<StoryLine> Of(NewsDb db, IQueryable<Story> stories) =>
        Of(db, StoryCopy.Of(stories.AsNoTracking(), db.Revisions.AsNoTracking()));

    /// <summary>Lines of stories with their newest texts.</summary>
    internal static IQueryable<StoryLine> Of(NewsDb db, IQueryable<StoryCopy> stories) =>
        from c in stories
        select new StoryLine(
            c.Story.Id, c.Newest.Text.Headline, c.Story.State, c.Newest.Text.Section.Value, c.Newest.Text.Kind, c.Newest.By.Name,
            db.Staff.Where(m => m.Id == c.Story.OwnerId).Select(m => m.Name).FirstOrDefault(),
            c.Story.ChangedAt,
            c.Story.FirstPublishedAt,
            c.Story.ScheduledFor,
            c.Story.EmbargoUntil, c.Story.BreakingUntil, c.Story.ReturnNote, c.Story.LiveRevision != null
                && c.Story.LiveRevision != c.Story.WorkingRevision,
            c.Story.ApprovedRevision == c.Story.WorkingRevision, c.Story.OwnerId, c.Story.Address,
            c.Story.State == StoryState.Scheduled
            && c.Story.ScheduledRevision != c.Story.WorkingRevision, c.Newest.SavedAt, c.Story.Version);
}

/// <summary>A story beside its newest text, in a query.</summary>
internal sealed class StoryCopy
{
    public required Story Story { get; init; }
    public required Revision Newest { get; init; }

    public static IQueryable<StoryCopy> Of(IQueryable<Story> stories, IQueryable<Revision> texts) =>
        from s in stories
        join r in texts on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
        select new StoryCopy { Story = s, Newest = r };
}
