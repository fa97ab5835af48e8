using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Publishing;

/// <summary>The way of an edition to its readers.</summary>
public static class EditionPublishing
{
    /// <summary>
    /// Publishes an edition and, with it, every story on its front that is not live yet, in its newest text: all of them or none,
    /// in one transaction of its own.
    /// </summary>
    /// <exception cref="RefusedException">Names the story and the reason; nothing has changed.</exception>
    public static Task PublishAsync(this NewsDb db, Edition edition, Actor by, DateTimeOffset now, CancellationToken cancel = default) =>
        db.PublishAsync(edition, savedByHand: false, by, now, cancel);

    /// <summary>
    /// Publishes an edition that is due, or marks it as missed with the reason: nothing of it is published then. Of a story that is not
    /// live goes out the newest text that somebody saved by hand, never one that the machine kept in mid-word.
    /// </summary>
    /// <returns>Why it could not be published, in a sentence; null where it is published, or was no longer due.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed it at the same moment; nothing has changed.</exception>
    public static async Task<string?> PublishDueAsync(this NewsDb db, int number, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (await db.LoadEditionForEditingAsync(number, cancel) is not { } edition || !edition.IsDue(now)) return null;
        string why;
        try
        {
            await db.PublishAsync(edition, savedByHand: true, Actor.Clock, now, cancel);
            return null;
        }
        catch (RefusedException refused)
        {
            why = refused.Message;
        }
        catch (Exception e) when (e is not (DbException or DbUpdateException or OperationCanceledException))
        {
            why = $"Something is wrong with a story of the edition ({e.GetType().Name}).";
        }
        if (await db.LoadEditionForEditingAsync(number, cancel) is not { } missed || !missed.IsDue(now)) return null;
        db.Events.Add(missed.MarkMissed(why, Actor.Clock, now));
        await db.SaveChangesAsync(cancel);
        return why;
    }

    /// <summary>Editions that should be out by now, the longest overdue first. One that the clock has failed at is left out until it is
    /// scheduled anew.</summary>
    public static IQueryable<Edition> DueEditions(this NewsDb db, DateTimeOffset now) =>
        from e in db.Editions
        where e.PublishedAt == null && e.ScheduledFor <= now && e.MissedBecause == null
        orderby e.ScheduledFor, e.Number
        select e;

    private static async Task PublishAsync(
        this NewsDb db, Edition edition, bool savedByHand, Actor by, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (_, line) in await db.FrontOfAsync(edition, savedByHand, cancel))
            await db.RenderAheadAsync(line.Id, cancel, line.Revision);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var front = await db.FrontOfAsync(edition, savedByHand, cancel);
            var warnings = FrontCheck.Of(front, now);
            RefuseFor(null);
            var stories = new List<Story>();
            foreach (var (_, line) in front)
            {
                RefuseFor(line.Id);
                var story = await db.LoadForEditingAsync(line.Id, cancel, line.Revision)
                    ?? throw new RefusedException($"{line.Name} no longer exists.");
                stories.Add(story);
                if (story.State is StoryState.Live) continue;
                try
                {
                    await db.PublishAsync(
                        story, story.Revisions.Single(r => r.Number == line.Revision), by, now, cancel: cancel);
                }
                catch (RefusedException refused)
                {
                    throw new RefusedException($"{line.Name} cannot be published: {refused.Message}", refused);
                }
                // Saved one by one, so that the next sees this one's address as taken.
                await db.SaveChangesAsync(cancel);
            }
            db.Events.Add(edition.Publish(stories, by, now));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);

            void RefuseFor(StoryId? story)
            {
                if (warnings.FirstOrDefault(w => w.Hinders && w.Story == story) is { } hindrance)
                    throw new RefusedException(hindrance.Sentence);
            }
        }
        catch
        {
            // What was half done here must not be saved by whatever the caller does next.
            await transaction.RollbackAsync(CancellationToken.None);
            db.ChangeTracker.Clear();
            throw;
        }
    }
}
