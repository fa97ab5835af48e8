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
    public static async Task PublishAsync(this NewsDb db, Edition edition, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        foreach (var slot in edition.Slots.Select(s => s.StoryId).ToList()) await db.RenderAheadAsync(slot, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var front = await db.FrontOfAsync(edition, cancel);
            var warnings = FrontCheck.Of(front, now);
            RefuseFor(null);
            var stories = new List<Story>();
            foreach (var (_, line) in front)
            {
                RefuseFor(line.Id);
                var story = await db.LoadForEditingAsync(line.Id, cancel)
                    ?? throw new RefusedException($"{line.Name} is not there any more.");
                stories.Add(story);
                if (story.State is StoryState.Live) continue;
                try
                {
                    await db.PublishAsync(story, story.Newest(), by, now, cancel: cancel);
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
