using Microsoft.AspNetCore.Http.Features;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Live;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>
/// Tells open tabs that something in the newsroom has changed; whoever does not ask for a stream gets the numbers of the rail. A stream
/// ends after some minutes: the browser comes back, and whoever's account or session was closed meanwhile is not let in.
/// </summary>
internal sealed class NewsroomStream(NewsroomUpdates updates, TimeProvider clock)
{
    /// <summary>Each browser of a member has one; without locks, each tab that is in sight.</summary>
    public const int OfOneMember = 12;

    private const int InAll = 500;

    /// <summary>Milliseconds until a browser comes back.</summary>
    private const int Retry = 1000;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly StreamLimit<long> _open = new(InAll, OfOneMember);

    public async Task AnswerAsync(HttpContext context, Newsroom room, DeskWork work)
    {
        if (!EventStream.IsAskedFor(context))
        {
            await Results.Json(await work.CountAsync(context.RequestAborted)).ExecuteAsync(context);
            return;
        }
        var me = room.Me.Id;
        if (!_open.Take(me))
        {
            context.Response.Headers.RetryAfter = "30";
            await Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "Too many windows of the newsroom are told of changes.")
                .ExecuteAsync(context);
            return;
        }
        try
        {
            // A request's services hold a connection to the store, which a stream must not for as long as it is open.
            if (context.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable services) await services.DisposeAsync();
            using var end = new CancellationTokenSource(Longest, clock);
            var (all, news) = updates.Subscribe();
            await EventStream.WriteAsync(context, Retry, all, news, end.Token);
        }
        finally
        {
            _open.Give(me);
        }
    }
}
