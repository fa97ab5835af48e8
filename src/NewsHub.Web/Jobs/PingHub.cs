using System.Threading.Channels;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Web.Feeds;
using NewsHub.Web.Followers;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Tells the hub of the settings which feeds have changed, so that whoever follows them through it hears at once (WebSub). A hub that does
/// not answer is told with the next change: its followers ask by themselves, only later.
/// </summary>
internal sealed partial class PingHub(
    IHttpClientFactory clients, SiteSnapshot.Current snapshot, SiteOptions site, FeedsOptions options, TimeProvider clock,
    IStoreProvider store, ILogger<PingHub> log)
    : BackgroundService, IFollower
{
    /// <summary>What changes together is told together.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private readonly Channel<string> _changed =
        Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (options.Hub is null) return Task.CompletedTask;
        foreach (var topic in events.SelectMany(e => e.Topics).Distinct())
            if (PageOf(topic) is { } page) _changed.Writer.TryWrite(page);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (options.Hub is { } hub && await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Settling, clock, stoppingToken);
                var pages = new HashSet<string>(StringComparer.Ordinal);
                while (_changed.Reader.TryRead(out var page)) pages.Add(page);
                await TellAsync(hub, pages, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task TellAsync(string hub, HashSet<string> pages, CancellationToken cancel)
    {
        try
        {
            // Of several nodes one tells it.
            if (!await store.LeadsAsync("hub", cancel)) return;
            using var form = new FormUrlEncodedContent([new("hub.mode", "publish"),
                .. from page in pages
                   from feed in Feed.Forms
                   select KeyValuePair.Create("hub.url", site.Url + Print.Href(Feed.At(page, feed.File)))]);
            using var answer = await clients.CreateClient(OutboundSetup.Client).PostAsync(new Uri(hub), form, cancel);
            if (answer.IsSuccessStatusCode) LogPinged(log, pages.Count);
            else NotTold(log, $"it answered {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            NotTold(log, e.Message);
        }
    }

    /// <summary>The list that has a topic, where it has a feed that many follow.</summary>
    private string? PageOf(Topic topic)
    {
        if (topic == Topic.Latest) return "/";
        foreach (var section in snapshot.Now.Sections)
            if (topic == Topic.List(ListOf.Section, section.Id.Value)) return section.Address;
        foreach (var kind in Enum.GetValues<Kind>())
            if (kind is not Kind.News && topic == Topic.List(ListOf.Kind, (long)kind)) return $"/{Print.Class(kind)}";
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The hub was told that {Lists} lists have changed.")]
    private static partial void LogPinged(ILogger log, int lists);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The hub could not be told what has changed: {Why}. It is told with the next change.")]
    private static partial void NotTold(ILogger log, string why);
}
