using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Web.Followers;
using NewsHub.Web.Options;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Makes the widths that most pages ask for before a reader does: of a picture that was taken in, then of the newest in the library.
/// What is made is
/// known by its file, so a restart goes on where it was; all other widths, and older pictures, are made when they are first asked for.
/// </summary>
internal sealed partial class MakeRenditions(
    IServiceScopeFactory scopes, PictureProcessor pictureProcessor, MediaOptions options, IHostApplicationLifetime life, TimeProvider clock,
    ILogger<MakeRenditions> log)
    : ScheduledJob(clock, log), IFollower
{
    /// <summary>How many pictures of the library are looked after.</summary>
    private const int Newest = 500;

    /// <summary>How many that were just taken in may wait; beyond it they come in their turn, as the newest.</summary>
    private const int MostWaiting = 200;
    private readonly ConcurrentQueue<string> _takenIn = new();

    /// <summary>By their keys; as many as are looked after, and those taken in since the start.</summary>
    private readonly HashSet<string> _done = [];

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        foreach (var told in events.Where(e => e.Act is Act.AddPicture or Act.ChangePicture))
            if (told.Subject is { Kind: EventSubjectKind.Picture } picture && _takenIn.Count < MostWaiting) _takenIn.Enqueue(picture.Value);
        Wake();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FinishRemovalsAsync(stoppingToken);
        if (!options.MakeAhead) return;
        // The first reader comes before anything is made for the next ones.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ready = life.ApplicationStarted.Register(started.SetResult);
        await using var stops = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
        await base.ExecuteAsync(stoppingToken);
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel) =>
        await NextAsync(cancel) ? TimeSpan.Zero : LongestSleep;

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> NextAsync(CancellationToken cancel)
    {
        if (await NextPictureAsync(cancel) is not { } picture) return false;
        // One that cannot be made is not tried for ever.
        _done.Add(picture.Key);
        var made = await pictureProcessor.MadeAsync(picture, cancel);
        foreach (var rendition in Rendition.Common(picture).Where(r => !made.Contains(r.Name)))
            await pictureProcessor.RenderAheadAsync(picture, rendition, cancel);
        return true;
    }

    private async Task<Picture?> NextPictureAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pictures = scope.ServiceProvider.GetRequiredService<NewsDb>().Pictures.AsNoTracking().Where(p => p.Hash != "");
        while (_takenIn.TryDequeue(out var file))
            if (await pictures.FirstOrDefaultAsync(p => p.File == file, cancel) is { } taken && !_done.Contains(taken.Key)) return taken;
        var keys = await pictures.OrderByDescending(p => p.Id).Take(Newest).Select(p => p.Key).ToListAsync(cancel);
        if (_done.Count > 4 * Newest) _done.IntersectWith(keys);
        return keys.Find(k => !_done.Contains(k)) is { } key ? await pictures.FirstOrDefaultAsync(p => p.Key == key, cancel) : null;
    }

    /// <summary>What was cut short when a picture was removed from the server.</summary>
    private async Task FinishRemovalsAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
            await pictureProcessor.FinishRemovalsAsync(hash => db.Pictures.AnyAsync(p => p.Hash == hash, cancel), cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            NotFinished(Log, e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Files of a removed picture could not be deleted; it is tried again at the next start.")]
    private static partial void NotFinished(ILogger log, Exception e);
}
