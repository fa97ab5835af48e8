using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Pages;
using NewsHub.Web.Live;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Live;

/// <summary>What open tabs of the newsroom are told.</summary>
public sealed class NewsroomStreamTests : IAsyncDisposable
{
    private readonly ActRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_tab_is_told_where_it_stands_then_that_something_was_done_or_that_somebody_opened_or_left_a_story()
    {
        var (ada, bo) = (await _room.ColleagueAsync(Role.Editor, "Ada Obi"), await _room.ColleagueAsync(Role.Reporter, "Bo Ade"));
        var id = await _room.DraftAsync(owner: bo);
        using var stream = await StreamAsync(ada);
        Assert.Equal("retry: 1000", await LineAsync(stream));
        var number = await NumberAsync(stream);
        await bo.SubmitAsync($"/admin/stories/{id}/file");
        number = await NewAsync(stream, number);
        await bo.GetAsync($"/admin/stories/{id}");
        number = await NewAsync(stream, number);
        await bo.PostAsync($"/admin/stories/{id}?handler=Leave", [new("__RequestVerificationToken", await bo.TokenAsync())]);
        await NewAsync(stream, number);
    }

    [Fact]
    public async Task A_quiet_stream_shows_a_sign_of_life_and_ends_after_some_minutes()
    {
        var ada = await _room.ColleagueAsync(Role.Reporter);
        using var stream = await StreamAsync(ada);
        var lines = new List<string>();
        await WhileTimeGoesByAsync(async () =>
        {
            while (await LineAsync(stream) is { } line) lines.Add(line);
        });
        Assert.True(lines.Count(l => l == ":") >= 10, string.Join('\n', lines));
    }

    [Fact]
    public async Task Nobody_who_has_not_signed_in_or_whose_account_is_closed_is_told_anything()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/stream") { Headers = { { "Accept", "text/event-stream" } } };
        using var stranger = await _room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        var ada = await _room.ColleagueAsync(Role.Editor);
        await _room.App.FromElsewhereAsync(async db =>
        {
            (await db.Staff.SingleAsync(m => m.Id == ada.Id)).Close(_room.Now);
            return await db.SaveChangesAsync();
        });
        Assert.NotEqual(HttpStatusCode.OK, (await ada.GetAsync("/admin/stream", asScript: true)).Status);
    }

    [Fact]
    public async Task Of_one_member_so_many_streams_are_open_and_another_still_gets_one()
    {
        var (ada, bo) = (await _room.ColleagueAsync(Role.Editor, "Ada Obi"), await _room.ColleagueAsync(Role.Reporter, "Bo Ade"));
        var open = new List<StreamReader>();
        for (var i = 0; i < NewsroomStream.OfOneMember; i++) open.Add(await StreamAsync(ada));
        using (var full = await ada.OpenAsync("/admin/stream", "text/event-stream"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(30), full.Headers.RetryAfter!.Delta);
        }
        open.Add(await StreamAsync(bo));
        open[0].Dispose();
        await NewsHubApp.EventuallyAsync(async () =>
        {
            using var another = await ada.OpenAsync("/admin/stream", "text/event-stream");
            return another.StatusCode is HttpStatusCode.OK;
        }, "a closed stream makes room");
        foreach (var stream in open) stream.Dispose();
    }

    [Fact]
    public void In_all_no_more_are_open_than_the_limit_says()
    {
        var limit = new StreamLimit<long>(3, 2);
        Assert.Equal([true, true, false, true, false], [limit.Take(1), limit.Take(1), limit.Take(1), limit.Take(2), limit.Take(3)]);
        limit.Give(1);
        Assert.Equal([true, false], [limit.Take(3), limit.Take(1)]);
    }

    [Fact]
    public async Task The_numbers_are_of_what_waits_for_one_by_ones_role()
    {
        var owner = await _room.ColleagueAsync(Role.Reporter, "Bo Ade");
        var colleagues = new List<Colleague>();
        foreach (var role in new[] { Role.Reporter, Role.Editor, Role.Publisher }) colleagues.Add(await _room.ColleagueAsync(role));
        var (filed, approved, returned) = (
            await _room.DraftAsync("Filed", owner), await _room.DraftAsync("Approved", owner), await _room.DraftAsync("Returned", owner));
        foreach (var id in new[] { filed, approved, returned })
            await _room.ChangeAsync(id, (_, story) =>
            {
                story.File(new Actor(owner.Name), _room.Now);
                if (id == approved) story.Approve(story.Revisions[^1], Desk.Editor, _room.Now);
                if (id == returned) story.Return("Why?", Desk.Editor, _room.Now);
                return Task.CompletedTask;
            });
        Assert.Equal(1, await DeskOfAsync(owner));
        var numbers = await Task.WhenAll(colleagues.Select(DeskOfAsync));
        Assert.Equal([0, 1, 2], numbers);
        foreach (var who in colleagues)
        {
            var desk = (await who.GetAsync("/admin")).Page;
            var number = desk.QuerySelector("[data-number=desk]")!;
            var waits = await DeskOfAsync(who);
            Assert.Equal(($"{waits}", waits == 0), (number.FirstChild!.TextContent, number.HasAttribute("hidden")));
            Assert.Equal(waits > 0, desk.Title!.StartsWith($"({waits}) ", StringComparison.Ordinal));
        }
    }

    private static async Task<int> DeskOfAsync(Colleague who)
    {
        using var numbers = JsonDocument.Parse((await who.GetAsync("/admin/stream", asScript: true)).Text);
        return numbers.RootElement.GetProperty("desk").GetInt32();
    }

    private static async Task<StreamReader> StreamAsync(Colleague who)
    {
        var answer = await who.OpenAsync("/admin/stream", "text/event-stream");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string?> LineAsync(StreamReader stream) => await stream.ReadLineAsync(TestContext.Current.CancellationToken)
        .AsTask()
        .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private async Task<string> NewAsync(StreamReader stream, string before)
    {
        var number = before;
        await WhileTimeGoesByAsync(async () =>
        {
            while (number == before) number = await NumberAsync(stream);
        });
        return number;
    }

    private static async Task<string> NumberAsync(StreamReader stream)
    {
        while (true)
        {
            var line = await LineAsync(stream);
            Assert.NotNull(line);
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        }
    }

    private async Task WhileTimeGoesByAsync(Func<Task> act)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                _room.App.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10, CancellationToken.None);
            }
        });
        try
        {
            await act();
        }
        finally
        {
            await enough.CancelAsync();
            await clock;
        }
    }
}
