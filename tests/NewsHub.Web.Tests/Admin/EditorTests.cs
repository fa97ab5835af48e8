using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Admin;

public sealed class EditorTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Every_field_comes_back_as_it_was_typed()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        Dictionary<string, string> typed = new()
        {
            ["Manuscript.Kicker"] = "Harbour",
            ["Manuscript.Headline"] = "“Ferries” & <b>bells</b>",
            ["Manuscript.Standfirst"] = "They ring again.",
            ["Manuscript.Body"] = "\nFirst line kept.\n\n## A crosshead\n\nMore.",
            ["Manuscript.Section"] = "world",
            ["Manuscript.Kind"] = "Analysis",
            ["Manuscript.Dateline"] = "LAGOS",
            ["Manuscript.Tags"] = "Ferries, New quays",
            ["Manuscript.Language"] = "ar",
            ["Manuscript.RightToLeft"] = "true",
            ["Manuscript.Slug"] = "ferries-and-bells",
            ["Manuscript.SeoTitle"] = "Ferries",
            ["Manuscript.SeoDescription"] = "About ferries.",
        };
        var form = await reporter.GetAsync("/admin/stories/new");
        typed["Manuscript.Bylines[0].Author"] = form.Page
            .QuerySelectorAll("[name='Manuscript.Bylines[0].Author'] option")[2]
            .GetAttribute("value")!;
        typed["Manuscript.Bylines[0].Role"] = "in Lagos";
        var saved = await reporter.SendAsync(form, typed);

        var page = (await reporter.GetAsync(saved.Header("Location")!)).Page;

        foreach (var (name, value) in typed)
        {
            var field = page.QuerySelector($"[name='{name}']")!;
            var stands = field switch
            {
                AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
                AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value,
                AngleSharp.Html.Dom.IHtmlInputElement { Type: "checkbox" } box => box.IsChecked ? "true" : "",
                _ => field.GetAttribute("value"),
            };
            Assert.Equal((name, value), (name, stands));
        }
    }

    [Fact]
    public async Task The_surface_is_told_of_pictures_what_the_library_knows_and_of_others_nothing()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var many = string.Concat(Enumerable.Range(0, 300).Select(n => $"&file=none-{n}.jpg"));

        var answer = await reporter.GetAsync($"/admin/stories/new?handler=Pictures&file=relay.svg&file=relay.svg&file=%3Cb%3E{many}");

        var picture = Assert.Single(JsonDocument.Parse(answer.Text).RootElement.EnumerateArray());
        Assert.Equal("relay.svg", picture.GetProperty("file").GetString());
        Assert.StartsWith("/admin/media/", picture.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Contains("<img", picture.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", picture.GetProperty("credit").GetString());
    }

    [Fact]
    public async Task A_link_is_offered_to_stories_that_readers_see_to_authors_and_to_tags_and_a_draft_is_warned_of()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        await reporter.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Headline"] = "Harbour_100% % draft" });

        var found = await LinksAsync("harbour");
        Assert.Contains(found, l => l is { Href: not null, Note: "Story" } && l.Href.StartsWith('/'));
        Assert.Contains(found, l => l is { Name: "Harbour_100% % draft", Href: null, Note: "Draft: it has no address yet" });
        // What LIKE makes something of is a sign like any other.
        Assert.Equal(["Harbour_100% % draft"], (await LinksAsync("_100%")).Select(l => l.Name));
        Assert.Contains(await LinksAsync("okafor"), l => l is { Href: "/authors/amara-okafor", Note: "Author" });
        Assert.Contains(await LinksAsync("nigeria"), l => l is { Href: "/tags/nigeria", Note: "Tag" });
        foreach (var nothing in (string[])["", " ", new('x', 5000), "\u0000"]) Assert.Empty(await LinksAsync(nothing));

        async Task<List<(string? Name, string? Href, string? Note)>> LinksAsync(string words)
        {
            var answer = await reporter.GetAsync($"/admin/stories/new?handler=Links&q={Uri.EscapeDataString(words)}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            return [.. JsonDocument.Parse(answer.Text).RootElement.EnumerateArray().Select(l =>
                (l.GetProperty("name").GetString(), l.GetProperty("href").GetString(), l.GetProperty("note").GetString()))];
        }
    }

    [Fact]
    public async Task A_stale_save_shows_both_texts_and_loses_neither()
    {
        var path = await DraftAsync("As it was.");
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        using var ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
        var open = await ada.GetAsync(path);
        await ben.SubmitAsync(path, new() { ["Manuscript.Body"] = "As Ben has it.", ["Manuscript.Headline"] = "Ben’s headline" });

        var conflict = await ada.SendAsync(
            open, new() { ["Manuscript.Body"] = "As Ada has it.", ["Manuscript.Headline"] = "Ada’s headline" });

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        var shown = conflict.Page.QuerySelector(".conflict")!;
        Assert.Equal(["Headline", "Body"], shown.QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Equal(["Ada", "Ben"],
            shown.QuerySelectorAll(".difference:last-child del, .difference:last-child ins").Select(w => w.TextContent.Trim()));
        Assert.Equal("As Ada has it.", conflict.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
        Assert.Equal("As Ben has it.", await BodyAsync(path));

        // Merged: Ben's headline, Ada's body, on top of what Ben saved.
        var merged = await ada.SendAsync(conflict, new() { ["Answers[0].Choice"] = "Theirs", ["Answers[1].Choice"] = "Mine" });
        Assert.Equal(HttpStatusCode.Redirect, merged.Status);
        Assert.Equal("As Ada has it.", await BodyAsync(path));
        Assert.Equal("Ben’s headline", (await ada.GetAsync(path)).Page.QuerySelector("#Manuscript_Headline")!.TextContent);
        Assert.Equal(3, await _app.FromElsewhereAsync(db => db.Revisions.CountAsync(r => r.StoryId == IdOf(path))));
    }

    [Fact]
    public async Task Ones_own_other_window_is_no_conflict_and_its_text_stays_in_the_history()
    {
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        var path = (await ada.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Start." })).Header("Location")!;
        var (one, other) = (await ada.GetAsync(path), await ada.GetAsync(path));

        Assert.Equal(HttpStatusCode.OK, (await AutosaveAsync(ada, one, "From one window.")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AutosaveAsync(ada, other, "From the other.")).Status);

        var bodies = await _app.FromElsewhereAsync(
            db => db.Revisions.Where(r => r.StoryId == IdOf(path)).OrderBy(r => r.Number).Select(r => r.Text.Body).ToListAsync());
        Assert.Equal(["Start.", "From one window.", "From the other."], bodies);
    }

    [Fact]
    public async Task A_new_story_sent_twice_is_one_story()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var form = await reporter.GetAsync("/admin/stories/new");
        var twice = await Task.WhenAll(reporter.SendAsync(form, new() { ["Manuscript.Headline"] = "Once only" }),
            reporter.SendAsync(form, new() { ["Manuscript.Headline"] = "Once only" }));

        Assert.Equal(twice[0].Header("Location"), twice[1].Header("Location"));
        Assert.Equal(1, await _app.FromElsewhereAsync(db => db.Revisions.CountAsync(r => r.Text.Headline == "Once only")));
    }

    [Fact]
    public async Task An_autosave_begins_the_draft_and_never_changes_what_readers_see()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var begun = await AutosaveAsync(publisher, await publisher.GetAsync("/admin/stories/new"), "Half a sen");
        using var said = JsonDocument.Parse(begun.Text);
        var path = $"/admin/stories/{said.RootElement.GetProperty("id").GetInt64()}";
        Assert.Contains(said.RootElement.GetProperty("checks").EnumerateArray(),
            c => c.GetProperty("sentence").GetString() == "The story has no headline.");

        await publisher.SubmitAsync(path, Fit("A whole sentence."));
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(path + "/publish")).Status);
        var address = await _app.FromElsewhereAsync(db => db.Stories.Where(s => s.Id == IdOf(path)).Select(s => s.Address).SingleAsync());
        await AutosaveAsync(publisher, await publisher.GetAsync(path), "Something else.");

        Assert.Contains("A whole sentence.", (await _app.GetAsync(address!)).Text, StringComparison.Ordinal);
        Assert.Equal("Something else.", await BodyAsync(path));
    }

    [Fact]
    public async Task An_autosave_over_anothers_text_is_told_and_keeps_nothing()
    {
        var path = await DraftAsync("As it was.");
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        using var ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
        var open = await ada.GetAsync(path);
        await ben.SubmitAsync(path, new() { ["Manuscript.Body"] = "As Ben has it." });

        var answer = await AutosaveAsync(ada, open, "As Ada has it.");

        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Contains("Ben Ford", answer.Text, StringComparison.Ordinal);
        Assert.Equal("As Ben has it.", await BodyAsync(path));
    }

    [Fact]
    public async Task A_reporter_changes_own_drafts_only_whatever_is_posted()
    {
        var path = await DraftAsync("As it was.");
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var page = await reporter.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Page.QuerySelector(".keep button"));

        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.SendAsync(page, new() { ["Manuscript.Body"] = "Mine now." })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AutosaveAsync(reporter, page, "Mine now.")).Status);
        Assert.Equal("As it was.", await BodyAsync(path));
    }

    [Theory]
    [InlineData("Not A Slug")]
    [InlineData("live")]
    public async Task What_cannot_be_kept_is_told_at_its_field_and_stays_typed(string slug)
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var answer = await editor.SubmitAsync("/admin/stories/new",
            new() { ["Manuscript.Picture"] = "no-such.jpg", ["Manuscript.Slug"] = slug, ["Manuscript.Body"] = "Kept all the same." });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["#Manuscript_Slug", "#Manuscript_Picture"], answer.Page.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")));
        Assert.Equal("true", answer.Page.QuerySelector("#Manuscript_Slug")!.GetAttribute("aria-invalid"));
        Assert.Equal("Kept all the same.", answer.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
    }

    [Fact]
    public async Task Any_revision_is_compared_with_any_other_and_brought_back_as_a_new_one()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var path = (await editor.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "The first ferry left at dawn." }))
            .Header("Location")!;
        await editor.SubmitAsync(path, new() { ["Manuscript.Body"] = "The last ferry left at dusk." });

        var history = await editor.GetAsync(path + "/history?from=1&to=2");
        Assert.Equal(["first", "dawn"], history.Page.QuerySelectorAll(".diff del").Select(w => w.TextContent.Trim(' ', '.')));
        Assert.Equal(["last", "dusk"], history.Page.QuerySelectorAll(".diff ins").Select(w => w.TextContent.Trim(' ', '.')));

        Assert.Equal(HttpStatusCode.Redirect, (await editor.SendAsync(history, new() { ["number"] = "1" })).Status);
        Assert.Equal("The first ferry left at dawn.", await BodyAsync(path));
        Assert.Equal(3, await _app.FromElsewhereAsync(db => db.Revisions.CountAsync(r => r.StoryId == IdOf(path))));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(path + "/history?from=1&to=99")).Status);
    }

    [Fact]
    public async Task Who_else_has_a_story_open_is_named_and_forgotten_within_45_seconds()
    {
        var path = await DraftAsync("As it was.");
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        using var ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
        await ben.GetAsync(path);
        var page = await ada.GetAsync(path);
        Assert.Contains("Ben Ford has this story open too.", page.Page.QuerySelector(".colleagues")!.TextContent, StringComparison.Ordinal);

        // Ada's browser asks every ten seconds; Ben's has crashed.
        var token = await ada.TokenAsync();
        for (var seconds = 10; seconds <= 40; seconds += 10)
        {
            _app.Time.Advance(TimeSpan.FromSeconds(10));
            var others = (await ada.PostAsync(path + "?handler=Presence", [new("__RequestVerificationToken", token)])).Text;
            Assert.Equal(seconds <= 30, others.Contains("Ben Ford", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_proof_shows_what_is_typed_and_leaves_nothing_behind()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var form = await editor.GetAsync("/admin/stories/new");
        var tags = await _app.FromElsewhereAsync(db => db.Tags.CountAsync());

        var fields = Fit("Not saved at all. <script>alert(1)</script>");
        fields["Manuscript.Tags"] = "A tag that is nowhere";
        var token = form.Page.QuerySelector("form.editor [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var proof = await editor.PostAsync("/admin/stories/0/proof", [.. fields, new("__RequestVerificationToken", token)]);

        Assert.Equal("A harbour reopens", proof.Page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Not saved at all.", proof.Page.QuerySelector(".story-body")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", proof.Text, StringComparison.Ordinal);
        Assert.Equal(("no-store", "SAMEORIGIN"), (proof.Header("Cache-Control"), proof.Header("X-Frame-Options")));
        Assert.Equal(tags, await _app.FromElsewhereAsync(db => db.Tags.CountAsync()));
    }

    [Fact]
    public async Task A_story_takes_a_place_on_the_next_front_and_an_old_form_does_not_undo_it()
    {
        await _app.FromElsewhereAsync(
            async db => { db.Editions.Add(new Edition(900, new DateOnly(2025, 7, 2), "Next")); return await db.SaveChangesAsync(); });
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        var path = (await ada.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "First.", ["Slot"] = "900 Lead" }))
            .Header("Location")!;
        Assert.Equal("Lead", await PlaceAsync(path));
        var old = await ada.GetAsync(path);
        Assert.Equal("900 Lead", old.Page.QuerySelector("#Slot option[selected]")!.GetAttribute("value"));

        await ada.SubmitAsync(path, new() { ["Slot"] = "900 Brief" });
        await ada.SendAsync(old, new() { ["Manuscript.Body"] = "Second." });
        Assert.Equal("Brief", await PlaceAsync(path));

        // Another's lead is not pushed aside, and what was typed is not lost over it.
        var other = (await ada.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Other.", ["Slot"] = "900 Lead" }))
            .Header("Location")!;
        var refused = await ada.SubmitAsync(path, new() { ["Slot"] = "900 Lead", ["Manuscript.Body"] = "Third." });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "#Slot"), (refused.Status, refused.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        Assert.Equal("Third.", refused.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
        Assert.Equal(("Second.", "Lead"), (await BodyAsync(path), await PlaceAsync(other)));

        await ada.SubmitAsync(other, new() { ["Slot"] = "" });
        Assert.Null(await PlaceAsync(other));
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var own = (await reporter.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Mine.", ["Slot"] = "900 Lead" }))
            .Header("Location")!;
        Assert.Null(await PlaceAsync(own));
    }

    [Fact]
    public async Task A_form_that_began_a_story_and_comes_back_late_meets_what_a_colleague_made_of_it()
    {
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        using var ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
        var form = await ada.GetAsync("/admin/stories/new");
        var path = (await ada.SendAsync(form, new() { ["Manuscript.Body"] = "As Ada began." })).Header("Location")!;
        await ben.SubmitAsync(path, new() { ["Manuscript.Body"] = "As Ben has it.", ["Manuscript.Slug"] = "as-ben-calls-it" });

        var late = await ada.SendAsync(form, new() { ["Manuscript.Body"] = "As Ada sends once more." });
        Assert.Equal((HttpStatusCode.TemporaryRedirect, path), (late.Status, late.Header("Location")));
        var conflict = await ada.SendAsync(form with { Path = path }, new() { ["Manuscript.Body"] = "As Ada sends once more." });
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("As Ben has it.", await BodyAsync(path));

        Assert.Equal(HttpStatusCode.Redirect, (await ada.SendAsync(conflict, new() { ["Answers[0].Choice"] = "Mine" })).Status);
        Assert.Equal("As Ada sends once more.", await BodyAsync(path));
        Assert.Equal("as-ben-calls-it", await _app.FromElsewhereAsync(
            db => db.Stories.Where(s => s.Id == IdOf(path)).Select(s => s.Slug!.Value.ToString()).SingleAsync()));
    }

    [Fact]
    public async Task Saving_from_a_second_window_of_ones_own_says_that_the_first_ones_text_is_in_the_history()
    {
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        var path = (await ada.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Start." })).Header("Location")!;
        var other = await ada.GetAsync(path);
        await ada.SubmitAsync(path, new() { ["Manuscript.Body"] = "From one window." });
        await ada.SendAsync(other, new() { ["Manuscript.Body"] = "From the other." });

        Assert.Contains("Another window of yours saved revision 2", (await ada.GetAsync(path)).Page.QuerySelector(".said")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("From the other.", await BodyAsync(path));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_plain_form_that_comes_after_the_session_has_ended_gives_its_text_back()
    {
        using var stranger = Colleague.Stranger(_app);
        // A browser in which somebody wrote has a cookie of the newsroom's; of others nothing is read.
        await stranger.GetAsync("/admin/sign-in");
        Dictionary<string, string> typed =
            new() { ["Manuscript.Headline"] = "Typed all night", ["Manuscript.Body"] = "Every <b>word</b> of it." };
        var answer = await stranger.PostAsync("/admin/stories/new", typed);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, "/admin/kept"), (answer.Status, answer.Header("Location")));

        var kept = await stranger.PostAsync("/admin/kept", typed);
        Assert.Equal((HttpStatusCode.Unauthorized, "no-store"), (kept.Status, kept.Header("Cache-Control")));
        Assert.Equal(
            ["Typed all night", "Every <b>word</b> of it."], kept.Page.QuerySelectorAll("textarea").Select(t => t.TextContent.Trim()));

        // The same for a form whose token belongs to a session that is over.
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        Assert.Equal("/admin/kept", (await ada.PostAsync("/admin/stories/new", typed)).Header("Location"));
    }

    [Fact]
    public async Task A_text_beyond_all_bounds_is_refused_by_name_with_a_session_and_without()
    {
        Dictionary<string, string> typed = new() { ["Manuscript.Body"] = new('a', 6 * 1024 * 1024) };
        using var ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        using var stranger = Colleague.Stranger(_app);
        foreach (var someone in new[] { ada, stranger })
        {
            var answer = await someone.PostAsync("/admin/stories/new", typed);
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "no-store"), (answer.Status, answer.Header("Cache-Control")));
            Assert.Contains("128 KB", answer.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_that_was_torn_on_its_way_leads_a_stranger_to_the_door()
    {
        using var torn = new HttpRequestMessage(HttpMethod.Post, "/admin/stories/new")
        {
            Content = new StringContent("garbage",
                new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } }),
        };
        using var answer = await _app.Client.SendAsync(torn, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, true),
            (answer.StatusCode, answer.Headers.Location!.ToString().Contains("/admin/sign-in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_may_not_save_any_more_keeps_what_was_typed()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var path = (await reporter.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = "Start." })).Header("Location")!;
        var open = await reporter.GetAsync(path);
        await reporter.SubmitAsync(path + "/file");

        var answer = await reporter.SendAsync(open, new() { ["Manuscript.Body"] = "Written while it was filed." });
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("Written while it was filed.", answer.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
        Assert.Equal("Start.", await BodyAsync(path));
    }

    private Task<string?> PlaceAsync(string path) => _app.FromElsewhereAsync(db =>
        db.FrontSlots.Where(s => s.StoryId == IdOf(path)).Select(s => s.Place.ToString()).SingleOrDefaultAsync());

    private static Dictionary<string, string> Fit(string body) => new()
    {
        ["Manuscript.Headline"] = "A harbour reopens",
        ["Manuscript.Standfirst"] = "Ferries run again.",
        ["Manuscript.Body"] = body,
        ["Manuscript.Section"] = "world",
        ["Manuscript.Bylines[0].Author"] = "amara-okafor",
    };

    private async Task<string> DraftAsync(string body)
    {
        using var someone = await Colleague.SignedInAsync(_app, Role.Editor, "Carla Diaz");
        return (await someone.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Body"] = body, ["Manuscript.Headline"] = "Ferries" }))
            .Header("Location")!;
    }

    private static async Task<Answer> AutosaveAsync(Colleague colleague, Answer page, string body)
    {
        var form = page.Page.QuerySelector("form.editor")!;
        List<KeyValuePair<string, string>> fields =
        [
            .. form.QuerySelectorAll("input[name], select[name]")
                .Where(f => f.GetAttribute("type") is not "checkbox")
                .Select(f => new KeyValuePair<string, string>(f.GetAttribute("name")!,
                    f is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value ?? "" : f.GetAttribute("value") ?? "")),
            new("Manuscript.Body", body),
        ];
        return await colleague.PostAsync(page.Path + "?handler=Autosave", fields);
    }

    private static StoryId IdOf(string path) => new(long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));

    private Task<string> BodyAsync(string path) => _app.FromElsewhereAsync(db =>
        db.Revisions.Where(r => r.StoryId == IdOf(path)).OrderByDescending(r => r.Number).Select(r => r.Text.Body).FirstAsync());
}
