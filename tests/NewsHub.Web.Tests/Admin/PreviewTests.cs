using System.Net;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Preview links: signed, ending, revocable; anything else is the same 404.</summary>
public sealed class PreviewTests
{
    private static async Task<string> MakeAsync(Colleague by, long id, string hours = "24")
    {
        ActRoom.LedTo($"/admin/stories/{id}/previews",
            await by.SubmitAsync($"/admin/stories/{id}/previews", new() { ["Hours"] = hours }, "form#make"));
        var shown = (await by.GetAsync($"/admin/stories/{id}/previews")).Page
            .QuerySelector(".preview-link input[readonly]")!
            .GetAttribute("value")!;
        return new Uri(shown).AbsolutePath;
    }

    [Fact]
    public async Task Whoever_has_the_link_reads_the_newest_text_in_the_papers_own_look_and_nobody_keeps_it()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.DraftAsync(owner: reporter);
        var link = await MakeAsync(reporter, id);
        await room.RewriteAsync(id, "Better said");

        var answer = await room.App.GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Better said", answer.Page.QuerySelector("article h1")!.TextContent);
        Assert.Single(answer.Page.QuerySelectorAll("h1"));
        Assert.NotNull(answer.Page.QuerySelector(".masthead .nameplate"));
        Assert.Equal(("no-store", "noindex, nofollow", "no-referrer"),
            (answer.Header("Cache-Control"), answer.Header("X-Robots-Tag"), answer.Header("Referrer-Policy")));
        Assert.Null(answer.Header("ETag"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Null(answer.Page.QuerySelector("link[rel=canonical]"));
    }

    [Fact]
    public async Task Tampered_ended_revoked_and_killed_links_are_all_the_same_404()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.DraftAsync();
        var ended = await MakeAsync(editor, id, "1");
        room.App.Time.Advance(TimeSpan.FromHours(1));
        var revoked = await MakeAsync(editor, id);
        ActRoom.LedTo(
            $"/admin/stories/{id}/previews", await editor.SubmitAsync($"/admin/stories/{id}/previews", form: ".preview-link form"));
        var spiked = await room.DraftAsync("Killed");
        var killed = await MakeAsync(editor, spiked);
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync(killed)).Status);
        await editor.SubmitAsync($"/admin/stories/{spiked}/spike");
        var open = await MakeAsync(editor, id);
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync(open)).Status);

        var nothing = await room.App.GetAsync("/preview/nothing");
        foreach (var link in new[]
        {
            ended,
            revoked,
            killed,
            open[..^1] + (open[^1] == 'A' ? 'B' : 'A'),
            open[..^9],
            open + "A",
            "/preview/x",
        })
        {
            var answer = await room.App.GetAsync(link);
            Assert.Equal((HttpStatusCode.NotFound, nothing.Text, "no-store"), (answer.Status, answer.Text, answer.Header("Cache-Control")));
        }
        Assert.Equal([Act.Save, Act.SharePreview, Act.SharePreview, Act.RevokePreview, Act.SharePreview],
            (await room.LogAsync(id)).Select(e => e.Act));
    }

    [Fact]
    public async Task A_link_needs_an_end_and_a_reporter_makes_none_to_a_colleagues_story()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.DraftAsync(owner: reporter);
        ActRoom.Asks(await reporter.SubmitAsync($"/admin/stories/{id}/previews", new() { ["Hours"] = "87600" }, "form#make"),
            "Choose how long", "Hours");
        var theirs = await room.DraftAsync("Not mine");
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync($"/admin/stories/{theirs}/previews")).Status);
    }
}
