using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;

namespace NewsHub.Web.Tests.Admin;

public sealed class HouseTests : IDisposable
{
    /// <summary>The rows of the sample paper's currencies, emptied.</summary>
    private static readonly Dictionary<string, string> NoQuotes =
        Enumerable.Range(0, 12).ToDictionary(i => $"Quotes[{i}]", _ => "");

    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_new_name_is_on_every_page_and_in_the_log_with_the_old_one()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.Contains("E-News", (await _app.GetAsync("/")).Page.Title, StringComparison.Ordinal);

        var saved = await administrator.SubmitAsync(
            "/admin/settings", new(NoQuotes) { ["Name"] = "The Harbour Bell", ["Quotes[2]"] = "ngn", ["Quotes[5]"] = "euro" });

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
            ["Language"] = "Klingon!",
            ["CurrencyBase"] = "dollars",
            ["Quotes[1]"] = "E",
            ["Quotes[10]"] = "shells",
            ["Sources[0].Key"] = "oracle",
            ["RateHours"] = "24",
            ["Reactions[4].Label"] = "informed",
            ["Accent"] = "red",
            ["Subtitle"] = "Kept as typed",
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            [
                "#Accent", "#CurrencyBase", "#Language", "#Name", "#Quotes", "#Quotes", "#RateHours", "#Reactions", "#Sources", "#TimeZone",
            ],
            answer.Page.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")).Order());
        Assert.All(
            answer.Page.QuerySelectorAll("#problems a"), a => Assert.NotNull(answer.Page.QuerySelector(a.GetAttribute("href")!)));
        Assert.Equal(
            ("Kept as typed", "Mars/Olympus", "shells", "informed"), (
            Value("#Subtitle"), Value("#TimeZone"), Value("[name='Quotes[10]']"), Value("[name='Reactions[4].Label']")));
        Assert.Equal("Entertainment News Hub", await _app.FromElsewhereAsync(db => db.Sites.Select(s => s.Subtitle).SingleAsync()));

        string? Value(string field) => answer.Page.QuerySelector(field)!.GetAttribute("value");
    }

    [Theory]
    [InlineData("Lagos", "Africa/Lagos")]
    [InlineData("são paulo", "America/Sao_Paulo")]
    [InlineData("Abuja", "Africa/Lagos")]
    [InlineData("africa/accra", "Africa/Accra")]
    [InlineData("UTC", "UTC")]
    public async Task A_time_zone_is_found_by_the_name_of_a_city(string typed, string zone)
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        await administrator.SubmitAsync("/admin/settings", new() { ["TimeZone"] = typed });
        var field = (await administrator.GetAsync("/admin/settings")).Page.QuerySelector(".field:has(#TimeZone)")!;
        Assert.Equal(zone, field.QuerySelector("input")!.GetAttribute("value"));
        Assert.Contains(": it is ", field.QuerySelector(".hint")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_and_hours_are_chosen_and_put_in_order()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var form = await administrator.GetAsync("/admin/settings");
        // One is not used, the last comes first.
        form.Page.QuerySelector("[name='Sources[0].IsUsed']")!.RemoveAttribute("checked");
        foreach (var hour in form.Page.QuerySelectorAll("[name=RateHours][checked]")) hour.RemoveAttribute("checked");
        await administrator.SendAsync(form, new() { ["Sources[3].Place"] = "1", ["Sources[1].Place"] = "2", ["RateHours"] = "6" });
        var site = await SiteAsync();
        Assert.Equal(["file", "cbn", "er-api"], site.RateSources);
        Assert.Equal([6], site.RateHours);
        var rows = (await administrator.GetAsync("/admin/settings")).Page.QuerySelectorAll("#Sources .row");
        Assert.Equal(["File", "Central Bank of Nigeria", "ExchangeRate-API", "European Central Bank"],
            rows.Select(r => r.QuerySelector(".choice span")!.TextContent));
    }

    [Fact]
    public async Task A_reactions_key_is_made_of_its_words_once_and_stays_when_they_change()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        await administrator.SubmitAsync("/admin/settings", new()
        {
            ["Reactions[0].Label"] = "Good to know",
            ["Reactions[1].Label"] = "",
            ["Reactions[4].Label"] = "Informed",
            ["Reactions[5].Label"] = "😀",
            ["Reactions[6].Label"] = "Très touché",
            ["Reactions[6].Key"] = "worried",
        });
        Assert.Equal(
            [
                ("informed", "Good to know"), ("worried", "Worried"), ("hopeful", "Hopeful"), ("informed-2", "Informed"),
                ("reaction-1", "😀"), ("tres-touche", "Très touché"),
            ],
            (await SiteAsync()).Reactions.Select(r => (r.Key, r.Label)));
    }

    [Fact]
    public async Task An_accent_colour_that_can_be_read_is_on_every_page_and_one_that_cannot_is_refused_with_the_nearest_that_can()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.DoesNotContain("/accent/", (await _app.GetAsync("/")).Text, StringComparison.Ordinal);
        var pale = await administrator.SubmitAsync("/admin/settings", new() { ["Accent"] = "#F5C400" });
        var refused = pale.Page.QuerySelector("#problems")!.TextContent;
        Assert.Contains("#f5c400 is too light: its contrast with the paper is 1.4", refused, StringComparison.Ordinal);
        Assert.Equal("#F5C400", pale.Page.QuerySelector("#Accent")!.GetAttribute("value"));

        var nearest = System.Text.RegularExpressions.Regex.Match(refused, "passes is (#[0-9a-f]{6})").Groups[1].Value;
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SubmitAsync("/admin/settings", new() { ["Accent"] = nearest })).Status);
        var sheet = "";
        await NewsHubApp.EventuallyAsync(
            async () => (sheet = (await _app.GetAsync("/about")).Page.QuerySelector("link[href^='/accent/']")?.GetAttribute("href"))
                is not null,
            "A page for readers has the colour.");
        var css = await _app.GetAsync(sheet!);
        Assert.Contains($"--signal:light-dark({nearest},#", css.Text, StringComparison.Ordinal);
        Assert.StartsWith("text/css", css.Header("Content-Type"), StringComparison.Ordinal);
        foreach (var address in new[] { "/accent/1a4f8b.css", "/accent/1a4f8b-zzzzzz.css", "/accent/a;b-1a4f8b.css" })
            Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync(address)).Status);

        // The usual one is the style sheet's own.
        await administrator.SubmitAsync("/admin/settings", new() { ["Accent"] = "#b4121b" });
        Assert.Null((await SiteAsync()).Accent);
    }

    [Fact]
    public async Task The_nameplate_is_shown_as_it_would_be_and_nothing_is_changed_by_it()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var sample = await administrator.GetAsync(
            "/admin/settings/nameplate?Name=The%20Bell-Post&Subtitle=Of%20the%20harbour&Motto=News%20%E2%80%A2%20Opinion&Accent=%231a4f8b");
        Assert.Equal(2, sample.Page.QuerySelectorAll(".nameplate-sample").Length);
        Assert.Equal("The Bell-Post", sample.Page.QuerySelector(".nameplate")!.TextContent);
        Assert.Equal("-", sample.Page.QuerySelector(".nameplate-hyphen")!.TextContent);
        Assert.Equal("/opinion", sample.Page.QuerySelector(".section-head a")!.GetAttribute("href"));
        Assert.StartsWith("/accent/1a4f8b-",
            sample.Page.QuerySelector("main link")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(("E-News", null), ((await SiteAsync()).Name, (await SiteAsync()).Accent));
    }

    [Fact]
    public void The_usual_colours_are_those_of_the_style_sheet_and_so_is_the_paper()
    {
        var css = File.ReadAllText(Path.Combine(Repository.Source, "NewsHub.Web", "wwwroot", "css", "tokens.css"));
        foreach (var token in new[]
        {
            $"--signal: light-dark({Accent.Usual}, {Accent.UsualInTheDark})", "--paper: light-dark(#fcfaf5, #131211)",
            "--paper-2: light-dark(#f4f0e7, #1c1a18)",
        })
        {
            Assert.Contains(token, css, StringComparison.Ordinal);
        }
    }

    private Task<Site> SiteAsync() => _app.FromElsewhereAsync(db => db.Sites.AsNoTracking().SingleAsync());

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
