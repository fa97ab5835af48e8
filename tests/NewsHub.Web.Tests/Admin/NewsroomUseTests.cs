using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What whoever works here sees: a paper that begins, acts that follow the text, times, messages.</summary>
public sealed partial class NewsroomUseTests
{
    [Fact]
    public async Task On_a_paper_without_sections_a_draft_is_kept_and_one_is_made_by_who_may()
    {
        await using var blank = new NewsHubApp { Content = Path.Combine(Path.GetTempPath(), "newshub-no-such-content") };
        using var publisher = await Colleague.SignedInAsync(blank, Role.Publisher, "Pia Lund");
        using var reporter = await Colleague.SignedInAsync(blank, Role.Reporter, "Rex Moor");
        var form = await reporter.GetAsync("/admin/stories/new");
        Assert.Null(form.Page.QuerySelector("[name=NewSection]"));
        Assert.Contains("Ask Pia Lund", form.Page.QuerySelector(".inspector")!.TextContent, StringComparison.Ordinal);
        var path = (await reporter.SendAsync(
            form, new() { ["Manuscript.Headline"] = "Begun with nothing", ["NewSection"] = "Not mine to make" })).Header("Location")!;
        Assert.Matches(@"^/admin/stories/\d+$", path);
        Assert.Equal(0, await blank.FromElsewhereAsync(db => db.Sections.CountAsync()));
        foreach (var page in new[]
        {
            path, path + "/proof", path + "/history", path + "/file", "/admin", "/admin/stories", "/admin/stories?q=begun",
            "/admin/statistics",
        })
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, (await reporter.GetAsync(page)).Status));
        }
        await reporter.SubmitAsync(path + "/file");

        // What cannot be a section is told at its field; what can is made with the save, and chosen.
        ActRoom.Asks(await publisher.SubmitAsync(path, new() { ["NewSection"] = "Admin" }), "admin", "NewSection");
        var saved = await publisher.SubmitAsync(
            path, new() { ["NewSection"] = " Harbour  life ", ["Manuscript.Standfirst"] = "Of it.", ["Manuscript.Body"] = "Words." });
        ActRoom.LedTo(path, saved);
        var editor = (await publisher.GetAsync(path)).Page;
        Assert.Equal(
            ["Choose a section", "Harbour life"], editor.QuerySelectorAll("#Manuscript_Section option").Select(o => o.TextContent));
        Assert.Equal("harbour-life", editor.QuerySelector("#Manuscript_Section option[selected]")!.GetAttribute("value"));
        Assert.DoesNotContain("no section", editor.QuerySelector(".checks-box")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Harbour life", (await publisher.GetAsync("/admin/sections")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await blank.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.ChangeSection)));
    }

    [Fact]
    public async Task A_new_story_has_no_section_until_one_is_chosen_and_says_so_where_it_would_go_out()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var form = await publisher.GetAsync("/admin/stories/new");
        Assert.Equal(("Choose a section", ""), (form.Page.QuerySelector("#Manuscript_Section option")!.TextContent,
            form.Page.QuerySelector("#Manuscript_Section option")!.GetAttribute("value")));
        Assert.Null(form.Page.QuerySelector("#Manuscript_Section option[selected]"));
        var path = (await publisher.SendAsync(form, new() { ["Manuscript.Headline"] = "Nowhere yet" })).Header("Location")!;
        foreach (var act in new[] { "/publish", "/file" })
            Assert.Contains("The story has no section.",
                (await publisher.GetAsync(path + act)).Page.QuerySelector(".checks--stop")!.TextContent, StringComparison.Ordinal);
        Assert.Null(
            (await publisher.GetAsync(path + "/publish")).Page.QuerySelector("main form[method=post] button[type=submit]:not(.quiet)"));
        // A section that there is not is still refused.
        ActRoom.Asks(await publisher.SubmitAsync(path, new() { ["Manuscript.Section"] = "nowhere" }), "Choose a section.",
            "Manuscript_Section");
    }

    [Fact]
    public async Task The_acts_and_what_readers_see_follow_each_autosave()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var begun = await AutosaveAsync(publisher, await publisher.GetAsync("/admin/stories/new"), "Half a sen");
        using var first = JsonDocument.Parse(begun.Text);
        Assert.Contains($"/admin/stories/{first.RootElement.GetProperty("id")}/file", Acts(first));
        Assert.Equal(0, first.RootElement.GetProperty("standing").GetArrayLength());

        var id = await room.StoryAsync(StoryState.Live);
        var page = await publisher.GetAsync($"/admin/stories/{id}");
        Assert.DoesNotContain($"/admin/stories/{id}/publish", page.Page.QuerySelectorAll(".acts a").Select(a => a.GetAttribute("href")));
        Assert.Equal("", page.Page.QuerySelector("[data-standing]")!.TextContent.Trim());
        using var kept = JsonDocument.Parse((await AutosaveAsync(publisher, page, "Another text.")).Text);
        Assert.Contains($"/admin/stories/{id}/publish", Acts(kept));
        Assert.Contains(
            "Readers still see the old text", kept.RootElement.GetProperty("standing")[0].GetString(), StringComparison.Ordinal);
        var after = (await publisher.GetAsync($"/admin/stories/{id}")).Page;
        Assert.Contains("Readers still see the old text", after.QuerySelector("[data-standing]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Publish the changes…", after.QuerySelectorAll(".acts a").Select(a => a.TextContent));

        static IEnumerable<string?> Acts(JsonDocument told) =>
            told.RootElement.GetProperty("acts").EnumerateArray().Select(a => a.GetProperty("address").GetString());
    }

    [Fact]
    public async Task An_embargo_is_said_wherever_the_story_is_and_nothing_promises_to_be_at_once()
    {
        await using var room = new ActRoom("Africa/Lagos");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Filed);
        await room.ChangeAsync(
            id, (_, story) => { story.Embargo(room.Now.AddHours(5), Desk.Editor, room.Now); return Task.CompletedTask; });
        const string When = "1 Jul 2025, 21:00";
        foreach (var path in new[]
        {
            "/admin", "/admin/stories", $"/admin/stories/{id}", $"/admin/stories/{id}/publish", $"/admin/stories/{id}/approve",
            $"/admin/stories/{id}/schedule",
        })
        {
            Assert.Contains(When, (await publisher.GetAsync(path)).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
        var publish = (await publisher.GetAsync($"/admin/stories/{id}/publish")).Page.QuerySelector("main")!;
        Assert.DoesNotContain("at once", publish.TextContent, StringComparison.Ordinal);
        Assert.Null(publish.QuerySelector("form[method=post]"));
        Assert.NotNull(publish.QuerySelector($"a[href='/admin/stories/{id}/schedule']"));

        await room.App.FromElsewhereAsync(async db =>
        {
            var edition = new NewsHub.Core.Editions.Edition(2, new DateOnly(2025, 7, 2), "Next");
            edition.Put(new StoryId(id), NewsHub.Core.Editions.SlotKind.Lead);
            db.Editions.Add(edition);
            return await db.SaveChangesAsync();
        });
        var out2 = (await publisher.GetAsync("/admin/editions/2/publish")).Page.QuerySelector("main")!;
        Assert.Contains($"under embargo until {When}", out2.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("becomes the front page now", out2.TextContent, StringComparison.Ordinal);
        room.App.Time.Advance(TimeSpan.FromHours(6));
        Assert.DoesNotContain(
            When, (await publisher.GetAsync($"/admin/stories/{id}")).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_has_no_two_rows_of_one_text()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var form = await editor.GetAsync("/admin/stories/new");
        using var begun = JsonDocument.Parse((await AutosaveAsync(editor, form, "One text.")).Text);
        var path = $"/admin/stories/{begun.RootElement.GetProperty("id")}";
        // The answer was lost: the form goes on from nothing. Then from an old page, an hour later, and by a colleague.
        await editor.SendAsync(form with { Path = path }, new() { ["Manuscript.Body"] = "One text." });
        room.App.Time.Advance(TimeSpan.FromHours(1));
        await editor.SubmitAsync(path);
        var colleague = await room.ColleagueAsync(Role.Publisher);
        await colleague.SubmitAsync(path);
        await colleague.SubmitAsync(path, new() { ["Manuscript.Body"] = "Another." });
        await colleague.SubmitAsync(path, new() { ["Manuscript.Body"] = "Another." });
        var rows = (await editor.GetAsync(path + "/history")).Page.QuerySelectorAll("table.history tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.DoesNotContain(rows, r => r.TextContent.Contains("autosave", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_script_two_bylines_are_spare()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        Assert.Equal(2, (await editor.GetAsync("/admin/stories/new")).Page.QuerySelectorAll(".byline").Length);
        Assert.Equal(3, (await editor.GetAsync($"/admin/stories/{await room.DraftAsync()}")).Page.QuerySelectorAll(".byline").Length);
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("Africa/Lagos")]
    [InlineData("Asia/Seoul")]
    [InlineData("America/St_Johns")]
    public async Task Every_page_says_times_in_one_style_and_names_the_zone_where_it_is_not_the_papers(string zone)
    {
        await using var room = new ActRoom("Africa/Lagos");
        var boss = await room.ColleagueAsync(Role.Administrator);
        await boss.SubmitAsync("/admin/account", new() { ["Zone"] = zone }, "form[action$='handler=zone']");
        var live = await room.StoryAsync(StoryState.Live, "Live one");
        var due = await room.StoryAsync(StoryState.Scheduled, "Due one");
        await room.ChangeAsync(
            due, (_, story) => { story.Embargo(room.Now.AddHours(5), Desk.Editor, room.Now); return Task.CompletedTask; });
        await room.RewriteAsync(live, "Live one, again");
        string[] pages =
        [
            "/admin",
            "/admin/stories",
            "/admin/editions",
            "/admin/media",
            "/admin/sections",
            "/admin/tags",
            "/admin/authors",
            "/admin/statistics",
            "/admin/rates",
            "/admin/newsletters",
            "/admin/team",
            "/admin/webhooks",
            "/admin/settings",
            "/admin/audit",
            "/admin/account",
            "/admin/editions/1",
            $"/admin/team/{boss.Id}",
            .. new[] { live, due }.SelectMany(
                id => new[] { "", "/history", "/publish", "/schedule", "/unschedule", "/embargo", "/correct", "/previews" }
                    .Select(act => $"/admin/stories/{id}{act}")),
        ];
        foreach (var path in pages)
        {
            var answer = await boss.GetAsync(path);
            if (answer.Status != HttpStatusCode.OK) continue;
            var main = answer.Page.QuerySelector("main")!;
            foreach (var quiet in main.QuerySelectorAll("time, p, td, dd, .note, .hint, li"))
            {
                var words = quiet.TextContent;
                Assert.False(OtherStyles().IsMatch(words), $"{path}: {OtherStyles().Match(words).Value} in “{words.Trim()}”");
            }
        }
        var unschedule = (await boss.GetAsync($"/admin/stories/{due}/unschedule")).Page.QuerySelector("main")!.TextContent;
        Assert.Equal(zone != "Africa/Lagos", unschedule.Contains($"({zone}, UTC", StringComparison.Ordinal));
    }

    // A whole month's name, a day and an hour without a year, a day by figures.
    [GeneratedRegex(@"\d (January|February|March|April|June|July|August|September|October|November|December)\b(?!.*\d{1,2}:\d\d:\d\d UTC)|"
        + @"\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec), \d\d:\d\d|\b\d{1,2}/\d{1,2}/\d{4}\b")]
    private static partial Regex OtherStyles();

    [Fact]
    public async Task A_proof_says_times_in_the_papers_zone_whoever_looks()
    {
        await using var room = new ActRoom("Africa/Lagos");
        var editor = await room.ColleagueAsync(Role.Editor);
        await editor.SubmitAsync("/admin/account", new() { ["Zone"] = "Asia/Seoul" }, "form[action$='handler=zone']");
        var id = await room.DraftAsync();
        var proof = await editor.GetAsync($"/admin/stories/{id}/proof");
        Assert.Contains("1 July 2025, 16:00 UTC+1", proof.Page.QuerySelector(".published")!.TextContent, StringComparison.Ordinal);
        var typed = await editor.PostAsync(
            "/admin/stories/0/proof", [new("Manuscript.Body", "Typed."), new("__RequestVerificationToken", await editor.TokenAsync())]);
        Assert.Contains("1 July 2025, 16:00 UTC+1", typed.Page.QuerySelector(".published")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_saved_is_known_however_its_answer_was_lost()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var form = await reporter.GetAsync("/admin/stories/new");
        Dictionary<string, string> typed = new()
        {
            ["Manuscript.Headline"] = "  Sent   once ",
            ["Manuscript.Body"] = "Its words.",
            ["Manuscript.Tags"] = "boats,, Boats , Quays",
        };
        var path = (await reporter.SendAsync(form, typed)).Header("Location")!;
        typed["__RequestVerificationToken"] = form.Page
            .QuerySelector("form.editor [name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        typed["Key"] = form.Page.QuerySelector("[name=Key]")!.GetAttribute("value")!;
        Assert.Equal(1, await KnownAsync("/admin/stories/new?handler=Known", typed));
        await reporter.SubmitAsync(path, new() { ["Manuscript.Body"] = "Gone on." });
        Assert.Equal(1, await KnownAsync(path + "?handler=Known", typed));
        Assert.Null(await KnownAsync(path + "?handler=Known", new(typed) { ["Manuscript.Body"] = "Its words, and one more." }));

        // Filed since: the form that comes once more is told that its text is saved, not that it is not.
        var open = await reporter.GetAsync(path);
        await reporter.SubmitAsync(path + "/file");
        ActRoom.Asks(await reporter.SendAsync(open), "The text below is saved as revision 2.", status: HttpStatusCode.Forbidden);

        async Task<int?> KnownAsync(string address, Dictionary<string, string> fields)
        {
            using var told = JsonDocument.Parse((await reporter.PostAsync(address, fields)).Text);
            return told.RootElement.GetProperty("revision") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
        }
    }

    [Fact]
    public async Task What_was_done_is_said_once_whatever_is_asked_or_answered_beside_it()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var form = await reporter.GetAsync("/admin/stories/new");
        // What was asked before it was said and is answered after it would take it away, if it had a word about the cookie.
        var pages = room.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("/admin", StringComparison.Ordinal)
                && !p.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(pages.Count > 10, string.Join(" ", pages));
        foreach (var page in pages.Append("/admin/stories/0/proof"))
            Assert.False((await reporter.GetAsync(page)).Headers.TryGetValue("Set-Cookie", out var cookies)
                && cookies.Contains("newsroom-Said", StringComparison.Ordinal), page);
        Assert.DoesNotContain("newsroom-Said", (await AutosaveAsync(reporter, form, "Begun.")).Headers.GetValueOrDefault("Set-Cookie", ""),
            StringComparison.Ordinal);

        var path = (await reporter.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Said." })).Header("Location")!;
        foreach (var beside in new[] { "/admin", path, path + "/proof", path + "?handler=Checks" })
            await reporter.GetAsync(beside, asScript: true);
        Assert.Equal("Saved as a draft.", (await reporter.GetAsync(path)).Page.QuerySelector(".said")?.TextContent);
        Assert.Null((await reporter.GetAsync(path)).Page.QuerySelector(".said"));
    }

    [Fact]
    public async Task An_act_that_meets_a_later_text_says_whose_it_is()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher, "Pia Lund");
        var id = await room.DraftAsync();
        var publish = await publisher.GetAsync($"/admin/stories/{id}/publish");
        await AutosaveAsync(publisher, await publisher.GetAsync($"/admin/stories/{id}"), "Mine, in another window.");
        ActRoom.Asks(await publisher.SendAsync(publish), "You have changed this story in another window", status: HttpStatusCode.Conflict);
        publish = await publisher.GetAsync($"/admin/stories/{id}/publish");
        room.App.Time.Advance(TimeSpan.FromSeconds(1));
        await room.RewriteAsync(id, "By another", new Actor("Ben Ford"));
        ActRoom.Asks(await publisher.SendAsync(publish), "Ben Ford has changed this story", status: HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_new_paper_links_to_nothing_that_is_not_there_and_draws_no_line_beside_nothing()
    {
        await using var blank = new NewsHubApp { Content = Path.Combine(Path.GetTempPath(), "newshub-no-such-content") };
        var front = await blank.GetAsync("/");
        foreach (var link in SamplePaper.LinksOf(front).Where(l => !l.StartsWith("/admin", StringComparison.Ordinal)))
            Assert.Equal((link, HttpStatusCode.OK), (link, (await blank.GetAsync(link)).Status));
        Assert.DoesNotContain("/about", front.Text, StringComparison.Ordinal);
        Assert.Equal("E-News", front.Page.Title);
        Assert.DoesNotContain("/about", (await blank.GetAsync("/sitemaps/pages.xml")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/about", (await blank.GetAsync("/.well-known/security.txt")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_of_counts_has_whole_numbers_from_nothing_and_no_scale_goes_below_what_it_shows()
    {
        var random = new Random(7);
        for (var n = 0; n < 2000; n++)
        {
            var low = random.Next(0, (int)Math.Pow(10, random.Next(0, 7)));
            var high = random.Next(4) == 0 ? low : low + random.Next(0, (int)Math.Pow(10, random.Next(0, 7)));
            var whole = Plot.Ticks(low, high, whole: true);
            Assert.Equal(0, whole[0]);
            Assert.All(whole, t => Assert.Equal(t, decimal.Truncate(t)));
            Assert.True(
                whole[^1] >= high && whole[^1] > whole[0] && whole.Count is >= 3 and <= 7, $"{low} to {high}: {string.Join(' ', whole)}");
            var rates = Plot.Ticks(low / 10_000m, high / 10_000m);
            Assert.True(rates[0] >= 0 && rates[0] <= low / 10_000m && rates[^1] >= high / 10_000m && rates.Count >= 2,
                $"{low} to {high}: {string.Join(' ', rates)}");
        }
    }

    private static Task<Answer> AutosaveAsync(Colleague colleague, Answer page, string body)
    {
        var form = page.Page.QuerySelector("form.editor")!;
        List<KeyValuePair<string, string>> fields =
        [
            .. form.QuerySelectorAll("input[name], select[name], textarea[name]")
                .Where(f => f.GetAttribute("type") is not "checkbox" && f.GetAttribute("name") is not "Manuscript.Body")
                .Select(f => new KeyValuePair<string, string>(f.GetAttribute("name")!,
                    f switch
                    {
                        AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
                        AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
                        _ => f.GetAttribute("value") ?? "",
                    })),
            new("Manuscript.Body", body),
        ];
        return colleague.PostAsync(page.Path + "?handler=Autosave", fields);
    }
}
