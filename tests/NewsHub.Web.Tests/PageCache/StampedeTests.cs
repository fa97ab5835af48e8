using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NewsHub.Core.Events;
using NewsHub.Web.PageCache;
using NewsHub.Web.Tests.Setup;

namespace NewsHub.Web.Tests.PageCache;

public sealed class StampedeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A page whose renders begin, and then wait until they are let go.</summary>
    private sealed class Press : IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _go = new(0);

        public Counted Renders { get; } = new();
        public string Text { get; set; } = "old";
        public Action<HttpContext> Opting { get; set; } = context => context.CachePage([Topic.Story(new StoryId(1))]);

        public async Task<IResult> RenderAsync(HttpContext context)
        {
            Renders.One();
            var text = Text;
            _begun.Release();
            await _go.WaitAsync(context.RequestAborted);
            Opting(context);
            return Results.Text(text, "text/html", Encoding.UTF8);
        }

        public Task BegunAsync() => _begun.WaitAsync(Cancel);
        public void Go(int renders = 1) => _go.Release(renders);
        public Task<PressRoom> RoomAsync() => PressRoom.OpenAsync((app, _) => app.MapGet("/page", (Delegate)RenderAsync));

        public void Dispose()
        {
            _begun.Dispose();
            _go.Dispose();
        }
    }

    // Waiters are inside the cache once the server has counted them as misses.
    private static async Task WaitingAsync(PressRoom room, int misses)
    {
        while (room.Cache.Misses < misses) await Task.Yield();
    }

    [Fact]
    public async Task A_thousand_askers_make_one_render()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var askers = Enumerable.Range(0, 1000).Select(_ => room.ReadAsync("/page")).ToArray();
        await press.BegunAsync();
        press.Go(1000);
        Assert.All(await Task.WhenAll(askers), text => Assert.Equal("old", text));
        Assert.Equal(1, press.Renders.Count);
    }

    [Fact]
    public async Task An_eviction_during_the_render_wins()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var waiting = room.ReadAsync("/page");
        await press.BegunAsync();
        press.Text = "new";
        room.Cache.Evict([Topic.Story(new StoryId(1))]);
        press.Go(2);
        Assert.Equal("old", await waiting);
        Assert.Equal(0, room.Cache.Count);
        Assert.Equal("new", await room.ReadAsync("/page"));
        Assert.Equal("new", await room.ReadAsync("/page"));
        Assert.Equal(2, press.Renders.Count);
    }

    [Fact]
    public async Task An_eviction_of_everything_during_the_render_wins_too()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var waiting = room.ReadAsync("/page");
        await press.BegunAsync();
        room.Cache.EvictAll();
        press.Go();
        await waiting;
        Assert.Equal(0, room.Cache.Count);
    }

    [Fact]
    public async Task An_eviction_about_something_else_leaves_the_render_alone()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var waiting = room.ReadAsync("/page");
        await press.BegunAsync();
        room.Cache.Evict([Topic.Story(new StoryId(2))]);
        press.Go();
        await waiting;
        Assert.Equal(1, room.Cache.Count);
    }

    [Fact]
    public async Task Who_comes_after_the_eviction_never_gets_the_render_begun_before_it()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var early = room.ReadAsync("/page");
        await press.BegunAsync();
        var alsoEarly = room.ReadAsync("/page");
        await WaitingAsync(room, 2);
        press.Text = "new";
        room.Cache.Evict([Topic.Story(new StoryId(1))]);
        var late = room.ReadAsync("/page");
        await WaitingAsync(room, 3);
        press.Go(2);
        Assert.Equal(["old", "old", "new"], await Task.WhenAll(early, alsoEarly, late));
        Assert.Equal(2, press.Renders.Count);
    }

    [Fact]
    public async Task A_waiter_whose_reader_goes_away_leaves_and_the_others_are_served()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        var leader = room.ReadAsync("/page");
        await press.BegunAsync();
        using var gone = new CancellationTokenSource();
        var leaving = room.ReadOrLeaveAsync("/page", gone.Token);
        await WaitingAsync(room, 2);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        var staying = room.ReadAsync("/page");
        press.Go();
        Assert.Equal(["old", "old"], await Task.WhenAll(leader, staying));
        Assert.Equal(1, press.Renders.Count);
    }

    [Fact]
    public async Task When_the_leaders_reader_goes_away_one_of_the_others_takes_over()
    {
        using var press = new Press();
        await using var room = await press.RoomAsync();
        using var gone = new CancellationTokenSource();
        var leader = room.ReadOrLeaveAsync("/page", gone.Token);
        await press.BegunAsync();
        var others = Enumerable.Range(0, 20).Select(_ => room.ReadAsync("/page")).ToArray();
        await WaitingAsync(room, 21);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        await press.BegunAsync();
        press.Go();
        Assert.All(await Task.WhenAll(others), text => Assert.Equal("old", text));
        Assert.Equal(2, press.Renders.Count);
    }

    [Theory]
    [InlineData("not opted in")]
    [InlineData("cookie")]
    [InlineData("failure")]
    public async Task After_an_answer_that_is_not_kept_the_waiters_render_side_by_side(string why)
    {
        using var press = new Press
        {
            Opting = context =>
            {
                if (why == "failure") throw new InvalidOperationException("the press broke");
                if (why == "cookie") context.CachePage([Topic.Story(new StoryId(1))]);
                if (why == "cookie") context.Response.Headers.SetCookie = "a=b";
            },
        };
        await using var room = await press.RoomAsync();
        var askers = Enumerable.Range(0, 10).Select(_ => room.GetAsync("/page")).ToArray();
        await press.BegunAsync();
        await WaitingAsync(room, 10);
        press.Go();
        // All nine are in their own render before any is let go.
        for (var i = 0; i < 9; i++) await press.BegunAsync();
        press.Go(9);
        foreach (var answer in await Task.WhenAll(askers))
        {
            Assert.Equal(why == "failure" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }

        Assert.Equal(10, press.Renders.Count);
    }

    [Fact]
    public async Task An_address_that_refused_is_cached_again_once_it_renders_well()
    {
        using var press = new Press { Opting = _ => throw new InvalidOperationException() };
        await using var room = await press.RoomAsync();
        press.Go(9);
        (await room.GetAsync("/page")).Dispose();
        press.Opting = context => context.CachePage([Topic.Story(new StoryId(1))]);
        await room.ReadAsync("/page");
        await room.ReadAsync("/page");
        Assert.Equal(2, press.Renders.Count);
    }

    [Fact]
    public async Task A_stream_of_events_passes_through_and_holds_nobody_up()
    {
        var both = new TaskCompletionSource();
        var open = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/live", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            if (open.One() == 2) both.SetResult();
            await both.Task;
        }));
        Assert.Equal(["data: 1\n\n", "data: 1\n\n"], await Task.WhenAll(room.ReadAsync("/live"), room.ReadAsync("/live")));
    }

    [Fact]
    public async Task Nobody_waits_for_a_stream_that_has_not_begun()
    {
        var both = new TaskCompletionSource();
        var open = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/live", async (HttpContext context) =>
        {
            if (open.One() == 2) both.SetResult();
            await both.Task;
            await context.Response.WriteAsync("data: 1\n\n");
        }));
        var streams = Enumerable.Range(0, 2)
            .Select(_ => room.SendAsync(HttpMethod.Get, "/live", with: request => request.Headers.Add("Accept", "text/event-stream")));
        foreach (var answer in await Task.WhenAll(streams)) answer.Dispose();
    }

    [Fact]
    public async Task Random_addresses_that_are_not_found_leave_nothing_behind()
    {
        await using var room = await PressRoom.OpenAsync((_, _) => { });
        for (var i = 0; i < 300; i++)
        {
            using var answer = await room.GetAsync($"/nothing/{Guid.NewGuid()}?year={i}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal((0, 0L, 0), (room.Cache.Count, room.Cache.Bytes, room.Cache.Rendering));
    }
}
