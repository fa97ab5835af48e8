using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Live;

/// <summary>
/// Hears what other nodes have written: new events (which are read from the log anyway once a second), new sums of stories, who opened or
/// left a story in the newsroom. When it begins to listen, pages and tabs are set anew, since nobody kept what was said before.
/// </summary>
internal sealed partial class FollowOtherNodes(
    PostgresListener listener, CommitSignal commits, LiveUpdates updates, NewsroomUpdates newsroom, PageCacheStore pages,
    IServiceScopeFactory scopes, ILogger<FollowOtherNodes> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(5);

    /// <summary>Stories whose sums are read with one question.</summary>
    private const int Batch = 500;

    private readonly Channel<StoryId> _changed = Channel.CreateBounded<StoryId>(
        new BoundedChannelOptions(100_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Listens before the first page is served, if it can.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _listens.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ListenAsync(stoppingToken), ReadSumsAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stop)
    {
        var hasFailed = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await listener.ListenAsync(Begun, OnNotice, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (!hasFailed) Failed(log, e.Message);
                hasFailed = true;
                await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        void Begun()
        {
            if (hasFailed) Listens(log);
            hasFailed = false;
            Refresh();
            _listens.TrySetResult();
        }
    }

    private void Refresh()
    {
        commits.Ring();
        newsroom.Changed();
        pages.EvictAll();
        foreach (var story in updates.Stories) _changed.Writer.TryWrite(story);
    }

    private void OnNotice(string said)
    {
        if (said == PostgresListener.Events) commits.Ring();
        else if (said == PostgresListener.Newsroom) newsroom.Changed();
        else if (PostgresListener.StoryOf(said) is { } story) _changed.Writer.TryWrite(story);
    }

    private async Task ReadSumsAsync(CancellationToken stop)
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(stop))
            {
                var ids = new HashSet<StoryId>();
                while (ids.Count < Batch && _changed.Reader.TryRead(out var id)) ids.Add(id);
                await ReadSumsAsync(ids, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ReadSumsAsync(HashSet<StoryId> ids, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var sums = await scope.ServiceProvider.GetRequiredService<NewsDb>().Stories.AsNoTracking()
                .Where(s => ids.Contains(s.Id))
                .Select(s => new { s.Id, s.Shares, s.Reactions })
                .ToListAsync(stop);
            updates.Take(sums.ToDictionary(s => s.Id, s => new Tally(s.Shares, s.Reactions)));
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // They are asked for again when the listener is back, which has lost its server too.
            Unread(log, e.Message);
            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var id in ids) _changed.Writer.TryWrite(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The listener for what other nodes write failed: {Why} It begins again in a second; events are read once a second.")]
    private static partial void Failed(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The listener for what other nodes write has begun again; pages and sums are set anew.")]
    private static partial void Listens(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sums of stories could not be read: {Why} They are read again in a second.")]
    private static partial void Unread(ILogger log, string why);
}
