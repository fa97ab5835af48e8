using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Admin;

public sealed class HouseTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_new_name_is_on_every_page_and_in_the_log_with_the_old_one()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.Contains("E-News", (await _app.GetAsync("/")).Page.Title, StringComparison.Ordinal);

        var saved = await administrator.SubmitAsync(
            "/admin/settings", new() { ["Name"] = "The Harbour Bell", ["CurrencyQuotes"] = "ngn, eur" });

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        await NewsHubApp.EventuallyAsync(
            async () => (await _app.GetAsync("/")).Page.Title!.StartsWith("The Harbour Bell", StringComparison.Ordinal),
            "The front has the new name.");
        Assert.Equal(["NGN", "EUR"],
            (await _app.GetAsync("/about")).Page.QuerySelectorAll(".ticker-pairs:first-child b").Select(b => b.TextContent));
        var log = await administrator.GetAsync("/admin/audit?what=ChangeSite&who=Test%20Administrator");
        Assert.Contains("E-News", log.Page.QuerySelector(".audit del")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The Harbour Bell", log.Page.QuerySelector(".audit ins")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_told_at_their_fields_and_change_nothing()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var answer = await administrator.SubmitAsync("/admin/settings", new()
        {
            ["Name"] = " ",
            ["TimeZone"] = "Mars/Olympus",
            ["CurrencyBase"] = "dollars",
            ["CurrencyQuotes"] = "EUR E",
            ["Reactions"] = "like Like\nlike Again\nNo",
            ["Subtitle"] = "Kept as typed",
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["#CurrencyBase", "#CurrencyQuotes", "#Name", "#Reactions", "#Reactions", "#TimeZone"],
            answer.Page.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")).Order());
        Assert.Equal("Kept as typed", answer.Page.QuerySelector("#Subtitle")!.GetAttribute("value"));
        Assert.Equal("Entertainment News Hub", await _app.FromElsewhereAsync(db => db.Sites.Select(s => s.Subtitle).SingleAsync()));
    }

    [Fact]
    public async Task The_log_is_read_in_pages_filtered_and_exported_without_formulas()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        await _app.FromElsewhereAsync(db =>
        {
            db.Events.Add(new NewsEvent(Act.SignOut, new Actor("=Ada, \"the\" Obi"), _app.Time.GetUtcNow(), []));
            return db.SaveChangesAsync();
        });
        var all = await administrator.GetAsync("/admin/audit");
        Assert.Equal(100, all.Page.QuerySelectorAll(".audit > tbody > tr").Length);
        var next = await administrator.GetAsync(all.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, next.Status);
        Assert.NotEmpty(next.Page.QuerySelectorAll(".audit > tbody > tr"));

        var csv = await administrator.GetAsync("/admin/audit?handler=Csv&what=SignOut");
        Assert.StartsWith("text/csv", csv.Header("Content-Type"), StringComparison.Ordinal);
        var lines = csv.Text.TrimEnd().Split(["\r\n", "\n"], StringSplitOptions.None);
        Assert.Equal("id,at_utc,who,act,story,subject,note,before,after", lines[0]);
        Assert.Contains(",\"'=Ada, \"\"the\"\" Obi\",SignOut,", Assert.Single(lines[1..]), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.GetAsync("/admin/audit?since=yesterday")).Status);
    }

    [Fact]
    public async Task Nobody_rewrites_the_log_not_even_with_the_store_in_hand()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            () => _app.FromElsewhereAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"Events\"")));
        Assert.Contains("The audit log is only ever added to.", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAnyAsync<Exception>(
            () => _app.FromElsewhereAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"Events\" SET \"By\" = 'nobody'")));
        Assert.Contains("The audit log is only ever added to.", refused.Message, StringComparison.Ordinal);
    }
}
