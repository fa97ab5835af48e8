using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>A story as the newsroom's lists show it: its newest text's headline, and how it stands.</summary>
public sealed record StoryLine(StoryId Id, string Headline, StoryState State, long SectionId, Kind Kind, string By, DateTimeOffset ChangedAt, DateTimeOffset? ScheduledFor, DateTimeOffset? EmbargoUntil, string? ReturnNote, bool Changed, long? OwnerId, string? Address)
{
    /// <summary>Lines of the stories that a query names.</summary>
    public static IQueryable<StoryLine> Of(NewsDb db, IQueryable<Story> stories) =>
        from s in stories.AsNoTracking()
        join r in db.Revisions.AsNoTracking() on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
        select new StoryLine(s.Id, r.Text.Headline, s.State, r.Text.Section.Value, r.Text.Kind, r.By.Name, s.ChangedAt, s.ScheduledFor, s.EmbargoUntil, s.ReturnNote,
            s.LiveRevision != null && s.LiveRevision != s.WorkingRevision, s.OwnerId, s.Address);
}
