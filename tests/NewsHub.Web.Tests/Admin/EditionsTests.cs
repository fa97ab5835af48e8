using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The editions board, over a made-up paper whose No. 1 is out: no script, only forms.</summary>
public sealed class EditionsTests : IDisposable
{
    private readonly MadeUpPaper _made = new MadeUpPaper("Pacific/Auckland")
        .Story("2025-06-30", "boats", "Boats are back")
        .Edition(1, "2025-06-30", "2025-06-30-boats");
    private readonly NewsHubApp _app;

    public EditionsTests() => _app = new NewsHubApp { Content = _made.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _made.Dispose();
    }

    [Fact]
    public async Task The_next_edition_is_proposed_by_the_papers_rhythm_and_day_and_several_are_made_at_once()
    {
        _made.Edition(2, "2025-07-01", "2025-06-30-boats");
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        // Fifteen hours UTC on the first of July is the second in Auckland: the daily No. 3 is of today, there.
        var page = await editor.GetAsync("/admin/editions/new");
        Assert.Equal(("3", "2025-07-02"), (page.Page.QuerySelector("#Folio_Number")!.GetAttribute("value"),
            page.Page.QuerySelector("#Folio_Date")!.GetAttribute("value")));

        var begun = await editor.SendAsync(page, new() { ["Folio.Title"] = "The third" });
        Assert.Equal((HttpStatusCode.Redirect, "/admin/editions/3"), (begun.Status, begun.Header("Location")));
        Assert.Equal("/admin/editions/4",
            (await editor.SubmitAsync("/admin/editions/new", new() { ["Folio.Title"] = "The fourth" })).Header("Location"));

        var list = (await editor.GetAsync("/admin/editions")).Page;
        Assert.Equal(["/admin/editions/3", "/admin/editions/4", "/admin/editions/2", "/admin/editions/1"],
            list.QuerySelectorAll(".editions tbody a").Select(a => a.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync("/editions/3")).Status);
        Assert.Equal(2, await _app.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.ComposeEdition && e.Note == "begun")));
    }

    [Theory]
    [InlineData("Number", "1", "There is already a No. 1.")]
    [InlineData("Number", "0", "Enter a whole number, from 1.")]
    [InlineData("Number", "-3", "Enter a whole number, from 1.")]
    [InlineData("Number", "two", "Enter a whole number, from 1.")]
    [InlineData("Number", "99999999999", "Enter a whole number, from 1.")]
    [InlineData("Number", "", "Enter a whole number, from 1.")]
    [InlineData("Date", "2025-02-30", "Enter a date such as 2025-07-01.")]
    [InlineData("Date", "", "Enter a date such as 2025-07-01.")]
    [InlineData("Title", "", "Enter a title.")]
    public async Task A_wrong_folio_is_told_at_its_field_and_what_was_typed_stays(string field, string typed, string sentence)
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var answer = await editor.SubmitAsync("/admin/editions/new",
            new() { ["Folio.Number"] = "2", ["Folio.Date"] = "2025-07-02", ["Folio.Title"] = "Kept", [$"Folio.{field}"] = typed });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var wrong = answer.Page.QuerySelector("#problems a")!;
        Assert.Equal(($"#Folio_{field}", sentence), (wrong.GetAttribute("href"), wrong.TextContent));
        var input = answer.Page.QuerySelector($"#Folio_{field}")!;
        Assert.Equal(("true", typed), (input.GetAttribute("aria-invalid"), input.GetAttribute("value") ?? ""));
        if (field != "Title") Assert.Equal("Kept", answer.Page.QuerySelector("#Folio_Title")!.GetAttribute("value"));
        Assert.Equal(1, await _app.FromElsewhereAsync(db => db.Editions.CountAsync()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("01")]
    [InlineData("one")]
    [InlineData("7")]
    [InlineData("99999999999")]
    public async Task An_address_that_names_no_edition_is_not_found(string number)
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        foreach (var page in new[] { "", "/proof", "/publish", "/describe", "/delete" })
            Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"/admin/editions/{number}{page}")).Status);
    }

    [Fact]
    public async Task A_front_is_composed_by_plain_forms_in_the_order_of_the_page()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var ids = await FiledAsync("Ferries", "Gulls", "Nets");
        await BeginAsync(editor);

        var moved = await editor.SubmitAsync(
            "/admin/editions/2", new() { [At(ids[0])] = "Brief", [At(ids[1])] = "Lead", [At(ids[2])] = "Brief", ["Do"] = "check" });
        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal("", await OrderAsync(2));
        Assert.Contains("Not saved yet", moved.Page.QuerySelector("#unsaved")!.TextContent, StringComparison.Ordinal);
        var briefs = moved.Page
            .QuerySelectorAll("[data-place=Brief] > .piece")
            .Select(p => long.Parse(p.GetAttribute("data-story")!, CultureInfo.InvariantCulture))
            .ToList();
        moved = await editor.SendAsync(moved, new() { ["Do"] = $"up {briefs[1]}" });
        Assert.Equal([briefs[1], briefs[0]], moved.Page
            .QuerySelectorAll("[data-place=Brief] > .piece")
            .Select(p => long.Parse(p.GetAttribute("data-story")!, CultureInfo.InvariantCulture)));

        var saved = await editor.SendAsync(moved, new() { ["Do"] = "save" });
        Assert.Equal((HttpStatusCode.Redirect, "/admin/editions/2"), (saved.Status, saved.Header("Location")));
        Assert.Equal($"Lead {ids[1]}, Brief {briefs[1]}, Brief {briefs[0]}", await OrderAsync(2));
        var log = await _app.FromElsewhereAsync(db => db.Events.OrderBy(e => e.Id).LastAsync());
        Assert.Equal((Act.ComposeEdition, "edition:2", "", await OrderAsync(2), 0),
            (log.Act, log.Subject.ToString(), log.Before, log.After, log.Topics.Count));
        Assert.Contains("“Gulls” came in at Lead.", log.Note, StringComparison.Ordinal);
        // Readers have nothing of it, and the proof all.
        Assert.Equal("Boats are back", (await _app.FrontAsync()).Lead);
        Assert.Equal("Gulls", (await editor.GetAsync("/admin/editions/2/proof")).Page.QuerySelector(".lead .headline")!.TextContent);
    }

    [Fact]
    public async Task Sections_stand_together_and_change_places()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var ids = await FiledAsync("Quay", "Path");
        await _app.FromElsewhereAsync(async db =>
        {
            var hill = await db.Sections.SingleAsync(s => s.Name == "Hill");
            var story = (await db.LoadForEditingAsync(new StoryId(ids[1])))!;
            story.Save(story.Newest().Text with { Section = hill.Id }, HouseMarkdown.Render("One.", _ => null), Desk.Editor,
                _app.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        var more = await FiledAsync("Pier");
        await BeginAsync(editor);
        var page = await editor.SubmitAsync(
            "/admin/editions/2", new() { [At(ids[0])] = "Section", [At(ids[1])] = "Section", [At(more[0])] = "Section", ["Do"] = "check" });
        var groups = page.Page.QuerySelectorAll(".group:has(.piece)").Select(g => g.GetAttribute("data-section")!).ToList();
        Assert.Equal(2, groups.Count);
        page = await editor.SendAsync(page, new() { ["Do"] = $"down section {groups[0]}" });
        Assert.Equal([groups[1], groups[0]], page.Page.QuerySelectorAll(".group:has(.piece)").Select(g => g.GetAttribute("data-section")!));
    }

    [Fact]
    public async Task A_stale_save_is_a_conflict_that_keeps_both()
    {
        using var ann = await Colleague.SignedInAsync(_app, Role.Editor, "Ann Editor");
        using var bob = await Colleague.SignedInAsync(_app, Role.Editor, "Bob Editor");
        var ids = await FiledAsync("Ferries", "Gulls");
        await BeginAsync(ann);
        var anns = await ann.GetAsync("/admin/editions/2");
        await bob.SubmitAsync("/admin/editions/2", new() { [At(ids[1])] = "Lead" });

        var stale = await ann.SendAsync(anns, new() { [At(ids[0])] = "Lead" });

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Bob Editor changed this edition", stale.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("“Gulls” came in at Lead.", stale.Page.QuerySelector(".meanwhile li")!.TextContent);
        Assert.Equal(ids[0].ToString(CultureInfo.InvariantCulture),
            stale.Page.QuerySelector("[data-place=Lead] > .piece")!.GetAttribute("data-story"));
        Assert.NotNull(stale.Page.QuerySelector($".slots--hand > #story-{ids[1]}"));
        Assert.Equal($"Lead {ids[1]}", await OrderAsync(2));
        Assert.Equal(HttpStatusCode.Redirect, (await ann.SendAsync(stale, new() { [At(ids[1])] = "Second" })).Status);
        Assert.Equal($"Lead {ids[0]}, Second {ids[1]}", await OrderAsync(2));
    }

    [Fact]
    public async Task Two_leads_are_refused_and_the_board_keeps_them()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var ids = await FiledAsync("Ferries", "Gulls");
        await BeginAsync(editor);
        var answer = await editor.SubmitAsync("/admin/editions/2", new() { [At(ids[0])] = "Lead", [At(ids[1])] = "Lead" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(2, answer.Page.QuerySelectorAll("[data-place=Lead] > .piece").Length);
        Assert.Contains(
            "The front has 2 leads. It needs exactly one.", answer.Page.QuerySelector("#warnings")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("", await OrderAsync(2));
    }

    [Theory]
    [InlineData("Order", "x")]
    [InlineData("Order", "99999999999999999999")]
    [InlineData("Version", "soon")]
    [InlineData("Places[1]", "Nowhere")]
    [InlineData("Places[1]", "77")]
    public async Task What_is_no_board_is_answered_with_the_board(string field, string typed)
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await BeginAsync(editor);
        var answer = await editor.SubmitAsync("/admin/editions/2", new() { [field] = typed });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Single(answer.Page.QuerySelectorAll("#problems li"));
        Assert.Equal("", await OrderAsync(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("_'\"\\*")]
    public async Task Stories_are_found_by_the_letters_of_their_headlines(string odd)
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var ids = await FiledAsync($"Ferries {odd}sail", "Gulls");
        await BeginAsync(editor);
        Assert.Equal([$"story-{ids[0]}"], (await editor.GetAsync($"/admin/editions/2?Find={Uri.EscapeDataString(odd + "SAIL")}")).Page
            .QuerySelectorAll(".slots--hand > .piece")
            .Select(p => p.Id));
        // A story of an older edition can be shown again.
        Assert.Single((await editor.GetAsync("/admin/editions/2?Find=boats")).Page.QuerySelectorAll(".slots--hand > .piece"));
    }

    [Fact]
    public async Task Publishing_shows_what_goes_live_asks_once_and_readers_have_it()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var ids = await FiledAsync("Ferries sail", "Gulls");
        await BeginAsync(publisher);
        await publisher.SubmitAsync("/admin/editions/2", new() { [At(ids[0])] = "Lead", [At(ids[1])] = "Brief" });
        string[] pages = ["/", "/harbour", "/editions", "/authors/ada-night"];
        foreach (var page in pages) await _app.ParseAsync(page);

        var ask = await publisher.GetAsync("/admin/editions/2/publish");
        Assert.Equal(["Ferries sail", "Gulls"], ask.Page.QuerySelectorAll(".going a").Select(a => a.TextContent));
        Assert.Contains("not approved", ask.Page.QuerySelector("#warnings")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Boats are back", (await _app.FrontAsync()).Lead);
        var done = await publisher.SendAsync(ask);
        Assert.Equal((HttpStatusCode.Redirect, "/admin/editions/2"), (done.Status, done.Header("Location")));

        await NewsHubApp.EventuallyAsync(
            async () => (await _app.FrontAsync()).Lead == "Ferries sail", "the front leads with the new lead.");
        foreach (var page in pages)
            await NewsHubApp.EventuallyAsync(async () => (await _app.GetAsync(page)).Text
                .Contains(page == "/editions" ? "The second" : "Ferries sail", StringComparison.Ordinal), $"{page} has the edition.");
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/editions/2")).Status);
        // A second click, of a page that stands open, does nothing more.
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SendAsync(ask)).Status);
        Assert.Equal(1, await _app.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.PublishEdition
            && e.Subject == EventSubject.Edition(2)
            && e.By == new Actor("Test Publisher"))));
    }

    [Fact]
    public async Task What_nobody_has_seen_on_the_page_does_not_go_live()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var ids = await FiledAsync("Ferries sail");
        await BeginAsync(publisher);
        await publisher.SubmitAsync("/admin/editions/2", new() { [At(ids[0])] = "Lead" });
        var ask = await publisher.GetAsync("/admin/editions/2/publish");
        await _app.FromElsewhereAsync(async db =>
        {
            var story = (await db.LoadForEditingAsync(new StoryId(ids[0])))!;
            story.Save(story.Newest().Text with { Headline = "Ferries sink" }, HouseMarkdown.Render("One.", _ => null), Desk.Editor,
                _app.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });

        var answer = await publisher.SendAsync(ask);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("Ferries sink", answer.Page.QuerySelector(".going a")!.TextContent);
        Assert.Null(await _app.FromElsewhereAsync(db => db.Editions.Where(e => e.Number == 2).Select(e => e.PublishedAt).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SendAsync(answer)).Status);
    }

    [Fact]
    public async Task A_story_in_the_way_hinders_the_whole_edition_however_it_is_asked()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var ids = await FiledAsync("Ferries sail");
        var draft = await _app.FromElsewhereAsync(db => Desk.DraftAsync(db, "Half a story", _app.Time.GetUtcNow()));
        await BeginAsync(publisher);
        await publisher.SubmitAsync("/admin/editions/2", new() { [At(ids[0])] = "Lead", [At(draft.Id.Value)] = "Brief" });

        var ask = await publisher.GetAsync("/admin/editions/2/publish");
        Assert.Null(ask.Page.QuerySelector("input[name=Seen]"));
        var seen = await _app.FromElsewhereAsync(async db => $"{(await db.LoadEditionForEditingAsync(2))!.Version}:{ids[0]}."
            + $"{(await db.Stories.SingleAsync(s => s.Id == new StoryId(ids[0]))).Version},{draft.Id}.{draft.Version}");
        var crafted = await publisher.PostAsync(
            "/admin/editions/2/publish", [new("Seen", seen), new("__RequestVerificationToken", await publisher.TokenAsync())]);

        Assert.Equal(HttpStatusCode.BadRequest, crafted.Status);
        Assert.Contains("Nothing was published. “Half a story” is not ready: it is a draft.",
            crafted.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(StoryState.Filed,
            await _app.FromElsewhereAsync(db => db.Stories.Where(s => s.Id == new StoryId(ids[0])).Select(s => s.State).SingleAsync()));
    }

    [Fact]
    public async Task The_front_that_is_out_is_the_publishers_and_late_stories_join_it()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await _app.FromElsewhereAsync(db => Desk.PublishAsync(db, "Just in", _app.Time.GetUtcNow()));
        await NewsHubApp.EventuallyAsync(async () => (await _app.FrontAsync()).Latest.Count == 1, "the late story is in Latest.");
        var late = await _app.FromElsewhereAsync(
            db => db.Stories.Where(s => s.Address!.EndsWith("just-in")).Select(s => s.Id.Value).SingleAsync());

        Assert.Null((await editor.GetAsync("/admin/editions/1")).Page.QuerySelector("button[value=save]"));
        var crafted = await editor.PostAsync("/admin/editions/1", [
            new("Version", "2"), new("Order", $"{late}"), new(At(late), "Lead"),
            new("__RequestVerificationToken", await editor.TokenAsync()),
        ]);
        Assert.Equal(HttpStatusCode.Forbidden, crafted.Status);
        foreach (var page in new[] { "describe", "delete" }) Assert.NotEqual(HttpStatusCode.Redirect,
            (await editor.PostAsync($"/admin/editions/1/{page}", [new("__RequestVerificationToken", await editor.TokenAsync())])).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/admin/editions/1", new() { [At(late)] = "Second" })).Status);
        await NewsHubApp.EventuallyAsync(
            async () => await _app.FrontAsync() is { Latest.Count: 0 } front
                && (await _app.GetAsync("/")).Text.Contains("class=\"seconds\"", StringComparison.Ordinal),
            "the late story stands where the editor put it.");
    }

    [Fact]
    public async Task An_edition_that_never_came_out_is_deleted_and_one_that_did_is_not()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var ids = await FiledAsync("Ferries sail");
        await BeginAsync(editor);
        await editor.SubmitAsync("/admin/editions/2", new() { [At(ids[0])] = "Lead" });

        Assert.Equal("/admin/editions", (await editor.SubmitAsync("/admin/editions/2/delete")).Header("Location"));

        Assert.Equal([1], await _app.FromElsewhereAsync(db => db.Editions.Select(e => e.Number).ToListAsync()));
        Assert.Equal(StoryState.Filed,
            await _app.FromElsewhereAsync(db => db.Stories.Where(s => s.Id == new StoryId(ids[0])).Select(s => s.State).SingleAsync()));
        Assert.Contains($"Lead {ids[0]}", (await _app.FromElsewhereAsync(db => db.Events.OrderBy(e => e.Id).LastAsync())).Before,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await editor.PostAsync(
            "/admin/editions/1/delete", [new("Version", "2"), new("__RequestVerificationToken", await editor.TokenAsync())])).Status);
    }

    [Fact]
    public async Task Reporters_are_kept_out_and_editors_do_not_publish()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await BeginAsync(editor);
        foreach (var page in new[] { "", "/new", "/2", "/2/proof", "/2/publish", "/2/describe", "/2/delete" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync("/admin/editions" + page)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await reporter.PostAsync(
                "/admin/editions" + page, [new("__RequestVerificationToken", await reporter.TokenAsync())])).Status);
        }
        Assert.Equal(HttpStatusCode.Forbidden,
            (await editor.PostAsync("/admin/editions/2/publish", [new("__RequestVerificationToken", await editor.TokenAsync())])).Status);
        Assert.Equal(2, await _app.FromElsewhereAsync(db => db.Editions.CountAsync()));
    }

    [Fact]
    public async Task Date_and_title_are_changed_and_readers_see_those_of_an_edition_that_is_out()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        await _app.ParseAsync("/editions");
        Assert.Equal(
            HttpStatusCode.BadRequest, (await publisher.SubmitAsync("/admin/editions/1/describe", new() { ["Folio.Title"] = "" })).Status);
        var open = await publisher.GetAsync("/admin/editions/1/describe");
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SendAsync(open, new() { ["Folio.Title"] = "Boats, again" })).Status);
        await NewsHubApp.EventuallyAsync(
            async () => (await _app.GetAsync("/editions")).Text.Contains("Boats, again", StringComparison.Ordinal),
            "the archive has the new title.");
        var stale = await publisher.SendAsync(open, new() { ["Folio.Title"] = "Boats, thrice" });
        Assert.Equal(
            (HttpStatusCode.Conflict, "Boats, thrice"), (stale.Status, stale.Page.QuerySelector("#Folio_Title")!.GetAttribute("value")));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task The_list_goes_on_from_the_last_number()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await _app.FromElsewhereAsync(async db =>
        {
            var boats = await db.Stories.Include(s => s.Listings).SingleAsync();
            for (var n = 2; n <= 40; n++)
            {
                var edition = new Edition(n, new DateOnly(2025, 7, 1), $"Edition {n}");
                edition.Compose([(SlotKind.Lead, boats.Id)]);
                db.Editions.Add(edition);
                await db.SaveChangesAsync();
                edition.Publish([boats], Desk.Editor, _app.Time.GetUtcNow());
            }
            return await db.SaveChangesAsync();
        });
        var first = (await editor.GetAsync("/admin/editions")).Page;
        var second = (await editor.GetAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!)).Page;
        Assert.Equal(Enumerable.Range(1, 40).Reverse().Select(n => $"/admin/editions/{n}"), first.QuerySelectorAll(".editions tbody a")
            .Concat(second.QuerySelectorAll(".editions tbody a"))
            .Select(a => a.GetAttribute("href")));
        Assert.Null(second.QuerySelector("a[rel=next]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.GetAsync("/admin/editions?before=x")).Status);
    }

    private static string At(long story) => $"Places[{story}]";

    private static async Task BeginAsync(Colleague colleague) =>
        Assert.Equal("/admin/editions/2",
            (await colleague.SubmitAsync("/admin/editions/new", new() { ["Folio.Title"] = "The second" })).Header("Location"));

    private async Task<long[]> FiledAsync(params string[] headlines)
    {
        var ids = new List<long>();
        foreach (var headline in headlines)
        {
            ids.Add(await _app.FromElsewhereAsync(async db =>
            {
                var story = await Desk.DraftAsync(db, headline, _app.Time.GetUtcNow());
                story.File(Desk.Editor, _app.Time.GetUtcNow());
                await db.SaveChangesAsync();
                return story.Id.Value;
            }));
        }
        return [.. ids];
    }

    private Task<string> OrderAsync(int number) =>
        _app.FromElsewhereAsync(async db => (await db.LoadEditionForEditingAsync(number))!.Order);
}
