using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Search;

/// <summary>
/// Keeps the index in step with the log, and makes it anew. Each step is one transaction together with the place that it has come to, so it
/// may be killed, and run by several processes at once.
/// </summary>
public sealed class Indexing(NewsDb db, ISearchIndex index)
{
    private const int Batch = 500;
    private static readonly Act[] Telling = [
        Act.Publish, Act.Update, Act.Correct, Act.Withdraw, Act.Restore, Act.Redate, Act.AddEntry, Act.EditEntry, Act.DeleteEntry,
        Act.RemovePicture,
    ];

    /// <summary>Brings the index up to the log; makes it first where there is none, or one of an older make.</summary>
    public async Task CatchUpAsync(IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var total = progress is null ? 0 : await db.Listings.CountAsync(l => l.List == ListOf.Latest, cancel);
        for (var done = 0; await StepAsync(cancel) is { } step;)
        {
            done += step.Count;
            progress?.Report(new ImportProgress(Math.Min(done, total), total, step.Now));
        }
    }

    /// <summary>Forgets the index and makes it from what is live. Until it is whole, older stories are not found.</summary>
    /// <returns>How many stories are in it.</returns>
    public async Task<int> RebuildAsync(IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        await db.IndexStates.ExecuteDeleteAsync(cancel);
        await CatchUpAsync(progress, cancel);
        return await db.IndexedStories.CountAsync(cancel);
    }

    /// <returns>What was taken in; null where there was nothing to do.</returns>
    private async Task<(int Count, string Now)?> StepAsync(CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (await db.IndexStates.AsNoTracking().SingleOrDefaultAsync(cancel) is not { IsWhole: true }
            || !await index.IsCompleteAsync(cancel))
        {
            var step = await MakeAsync(cancel);
            if (step.Count < Batch) await index.CompleteAsync(cancel);
            return step;
        }
        var count = 0;
        var followed = await db.FollowLogAsync<IndexState>(0, async (state, events) =>
        {
            // Another process has begun to make it anew, from what is live.
            if (!state.IsWhole) return null;
            count = await FollowAsync(events, cancel);
            return events[^1].Id;
        }, cancel);
        return followed ? (count, "") : null;
    }

    private async Task<(int Count, string Now)> MakeAsync(CancellationToken cancel)
    {
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        // It would be waited for here with the writers' lock in hand.
        if (!await index.TryHoldAsync(cancel)) return (0, "");
        var state = await db.IndexStates.SingleOrDefaultAsync(cancel);
        // A store that was filled by a copy says that it is whole, and its index is empty.
        if (state is not { Recipe: IndexState.CurrentRecipe } || state.MadeUpTo is null && !await index.IsCompleteAsync(cancel))
        {
            if (state is not null) db.IndexStates.Remove(state);
            await db.SaveChangesAsync(cancel);
            await index.ClearAsync(cancel);
            db.IndexStates.Add(state = new IndexState { LastEvent = await db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0 });
        }
        // Another process has made the rest of it.
        if (state.MadeUpTo is not { } made) return (0, "");
        var step = await MakeAsync(state, made, cancel);
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
        return step;
    }

    private async Task<(int Count, string Now)> MakeAsync(IndexState state, DateTimeOffset made, CancellationToken cancel)
    {
        var last = state.MadeUpToStory;
        var next = await db.Listings.AsNoTracking()
            .Where(l => l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt >= made && (l.LiveAt > made || l.StoryId > last))
            .OrderBy(l => l.LiveAt).ThenBy(l => l.StoryId).Select(l => new { l.LiveAt, l.StoryId }).Take(Batch).ToListAsync(cancel);
        await index.KeepAsync([.. next.Select(n => n.StoryId)], cancel);
        // Otherwise the next step finds nothing more, and it complete.
        if (next.Count < Batch && await index.IsCompleteAsync(cancel)) state.MadeUpTo = null;
        else if (next.Count > 0) (state.MadeUpTo, state.MadeUpToStory) = (next[^1].LiveAt, next[^1].StoryId);
        return (next.Count,
            next.Count == 0 ? "" : next[^1].LiveAt.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <returns>How many stories were taken in anew.</returns>
    private async Task<int> FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        var stories = events.Where(e => e.StoryId is not null && Telling.Contains(e.Act)).Select(e => e.StoryId!.Value).Distinct().ToList();
        if (stories.Count > 0) await index.KeepAsync(stories, cancel);
        return stories.Count;
    }
}
