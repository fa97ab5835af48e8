using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Tests.Admin;

public sealed class SetUpTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_printed_link_makes_the_first_administrator_once()
    {
        using var someone = Colleague.Stranger(_app);
        var link = _app.Services.GetRequiredService<SetUpKey>().Path;

        var answer = await someone.SubmitAsync(
            link, new() { ["Name"] = "Ada Obi", ["Email"] = "ada@example.org", ["Password"] = Colleague.Password });

        Assert.Equal(("/admin", HttpStatusCode.Redirect), (answer.Header("Location"), answer.Status));
        Assert.Contains(
            "Ada Obi", (await someone.GetAsync("/admin")).Page.QuerySelector(".rail-me")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Role.Administrator, await _app.FromElsewhereAsync(db => db.Staff.Select(s => s.Role).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await someone.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Colleague.Stranger(_app).GetAsync(link)).Status);
    }

    [Theory]
    [InlineData("/admin/set-up")]
    [InlineData("/admin/set-up?key=")]
    [InlineData("/admin/set-up?key=0123456789abcdef0123456789abcdef")]
    public async Task Without_the_key_there_is_no_such_page(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Colleague.Stranger(_app).GetAsync(path)).Status);

    [Fact]
    public async Task A_password_that_is_too_short_is_told_at_its_field_and_the_rest_is_kept()
    {
        using var someone = Colleague.Stranger(_app);
        var answer = await someone.SubmitAsync(_app.Services.GetRequiredService<SetUpKey>().Path,
            new() { ["Name"] = "Ada Obi", ["Email"] = "ada@example.org", ["Password"] = "short" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("#Password", answer.Page.QuerySelector("#problems a")!.GetAttribute("href"));
        Assert.Equal("Ada Obi", answer.Page.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.Equal(0, await _app.FromElsewhereAsync(db => db.Staff.CountAsync()));
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_and_nothing_from_the_newsroom_is_kept()
    {
        using var someone = Colleague.Stranger(_app);
        var answer = await someone.GetAsync("/admin/stories/new");
        Assert.Equal((HttpStatusCode.Redirect, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        Assert.EndsWith("/admin/sign-in?then=%2Fadmin%2Fstories%2Fnew", answer.Header("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_is_written_and_told_what_it_lacks()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var saved = await publisher.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Headline"] = "A harbour reopens" });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);

        var hindered = await publisher.GetAsync(saved.Header("Location") + "/publish");

        Assert.Contains(
            "The story has no standfirst.", hindered.Page.QuerySelector("main .checks--stop")!.TextContent, StringComparison.Ordinal);
    }
}
