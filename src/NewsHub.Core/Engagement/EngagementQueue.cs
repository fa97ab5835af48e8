using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Engagement;

/// <summary>
/// Reactions and shares on their way into the store. All that wait go in with one commit, and nobody is told that an action was counted
/// before it is on the disk: a commit takes SQLite a few milliseconds whether it holds one action or hundreds.
/// </summary>
public sealed class EngagementQueue
{
    private const int Batch = 1000;
    private const int Room = 20_000;
    private readonly Channel<(ReaderAction Action, TaskCompletionSource<Tally?> Counted)> _queue =
        Channel.CreateBounded<(ReaderAction, TaskCompletionSource<Tally?>)>(new BoundedChannelOptions(Room) { SingleReader = true });

    /// <summary>Called after each commit with the sums of the stories that it changed.</summary>
    public event Action<IReadOnlyDictionary<StoryId, Tally>>? Counted;

    /// <summary>Adds an action and waits until it is stored.</summary>
    /// <returns>The story's sums with it; null where no live story has that number.</returns>
    /// <exception cref="StoreException">The bag is full, or the store took none of it.</exception>
    public async Task<Tally?> EnqueueAsync(ReaderAction readerAction)
    {
        var counted = new TaskCompletionSource<Tally?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Writer.TryWrite((readerAction, counted))) throw new StoreException("More is being sent in than can be counted.");
        return await counted.Task;
    }

    /// <summary>Waits until there is something to count.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => _queue.Reader.WaitToReadAsync(cancel);

    /// <summary>Counts what waits, in one commit.</summary>
    public async Task SaveAllAsync(NewsDb db, CancellationToken cancel = default)
    {
        var waiting = new List<(ReaderAction Action, TaskCompletionSource<Tally?> Counted)>();
        while (waiting.Count < Batch && _queue.Reader.TryRead(out var next)) waiting.Add(next);
        if (waiting.Count == 0) return;
        try
        {
            var (tallies, changed) = await CountAsync(db, [.. waiting.Select(w => w.Action)], cancel);
            foreach (var (readerAction, counted) in waiting) counted.SetResult(tallies.GetValueOrDefault(readerAction.Story));
            if (changed.Count > 0) Counted?.Invoke(changed.ToDictionary(id => id, id => tallies[id]));
        }
        catch (Exception e)
        {
            foreach (var (_, counted) in waiting) counted.TrySetException(new StoreException("What was sent in could not be kept.", e));
            throw;
        }
    }

    private static async Task<(Dictionary<StoryId, Tally> Tallies, HashSet<StoryId> Changed)> CountAsync(
        NewsDb db, List<ReaderAction> readerActions, CancellationToken cancel)
    {
        // Nobody else writes from here to the commit, so what is read stays so.
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        var ids = readerActions.Select(s => s.Story).Distinct().ToList();
        var readers = readerActions.Select(s => s.Reader).Distinct().ToList();
        var stories = await db.Stories
            .AsNoTracking()
            .Where(s => ids.Contains(s.Id) && s.State == StoryState.Live)
            .Select(s => new { s.Id, s.Shares, s.Reactions })
            .ToListAsync(cancel);
        var tallies = stories.ToDictionary(s => s.Id, s => (s.Shares, Reactions: s.Reactions.ToDictionary()));
        var reactions = await db.Reactions.AsTracking().Where(r => readers.Contains(r.Reader)).ToDictionaryAsync(r => r.Reader, cancel);
        var shares =
            (await db.Shares.AsNoTracking().Where(s => readers.Contains(s.Reader)).Select(s => new { s.Reader, s.Way }).ToListAsync(cancel))
                .Select(s => (s.Reader, s.Way))
                .ToHashSet();
        var taken = new Dictionary<string, Reaction>();
        var changed = new HashSet<StoryId>();

        foreach (var readerAction in readerActions)
        {
            if (!tallies.TryGetValue(readerAction.Story, out var tally)) continue;
            if (readerAction.Way is { } way)
            {
                if (!shares.Add((readerAction.Reader, way))) continue;
                db.Shares.Add(new Share(readerAction.Story, readerAction.Reader, way, readerAction.At));
                tally.Shares++;
            }
            else
            {
                reactions.TryGetValue(readerAction.Reader, out var before);
                if (before?.Kind == readerAction.Kind) continue;
                if (before is not null && (tally.Reactions[before.Kind] = tally.Reactions.GetValueOrDefault(before.Kind) - 1) <= 0)
                    tally.Reactions.Remove(before.Kind);
                if (readerAction.Kind is { } kind)
                {
                    tally.Reactions[kind] = tally.Reactions.GetValueOrDefault(kind) + 1;
                    if (before is null && taken.Remove(readerAction.Reader, out before)) db.Entry(before).State = EntityState.Unchanged;
                    if (before is not null) before.Change(kind, readerAction.At);
                    else db.Reactions.Add(before = new Reaction(readerAction.Story, readerAction.Reader, kind, readerAction.At));
                    reactions[readerAction.Reader] = before;
                }
                else
                {
                    // Taken back and chosen again within one batch, it is the same row still.
                    if (db.Entry(before!).State is not EntityState.Added) taken[readerAction.Reader] = before!;
                    db.Reactions.Remove(before!);
                    reactions.Remove(readerAction.Reader);
                }
            }
            tallies[readerAction.Story] = tally;
            changed.Add(readerAction.Story);
        }

        await db.SaveChangesAsync(cancel);
        foreach (var id in changed)
        {
            var (count, kinds) = tallies[id];
            IReadOnlyDictionary<string, int> sums = kinds;
            // Past the story's version: an editor's open text has nothing to do with what readers think of it.
            await db.Stories
                .Where(s => s.Id == id)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Shares, count).SetProperty(x => x.Reactions, sums), cancel);
        }
        await tx.CommitAsync(cancel);
        return (tallies.ToDictionary(t => t.Key, t => new Tally(t.Value.Shares, t.Value.Reactions)), changed);
    }
}
