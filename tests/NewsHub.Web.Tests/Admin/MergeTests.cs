using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Two editors save one story, without a script: what is merged by itself, what is asked, and that no word is lost.</summary>
public sealed class MergeTests : IAsyncLifetime
{
    private const string Start = "One one.\n\nTwo two.\n\nThree three.";

    private readonly NewsHubApp _app = new();
    private Colleague _ada = null!, _ben = null!;

    public async ValueTask InitializeAsync()
    {
        _ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        _ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
    }

    public ValueTask DisposeAsync()
    {
        _ada.Dispose();
        _ben.Dispose();
        _app.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Who_typed_nothing_takes_the_newer_text()
    {
        var (path, open) = await OpenAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");

        var saved = await _ada.SendAsync(open);

        Assert.Equal((HttpStatusCode.Redirect, path), (saved.Status, saved.Header("Location")));
        var page = (await _ada.GetAsync(path)).Page;
        Assert.Equal("A colleague saved a newer text; this is it.", page.QuerySelector(".said")!.TextContent.Trim());
        Assert.Equal("One one.\n\nTwo Ben.\n\nThree three.", Area(page.QuerySelector("#Manuscript_Body")));
        Assert.Equal(2, (await BodiesAsync(path)).Count);
    }

    [Fact]
    public async Task An_address_that_was_chosen_is_kept_though_no_word_was_typed()
    {
        var (path, open) = await OpenAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");
        var saved = await _ada.SendAsync(open, new() { ["Manuscript.Slug"] = "boats-again" });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("boats-again", await _app.FromElsewhereAsync(
            db => db.Stories.Where(s => s.Id == IdOf(path)).Select(s => s.Slug!.Value.ToString()).SingleAsync()));
        Assert.Equal("One one.\n\nTwo Ben.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task What_does_not_touch_is_merged_saved_and_told()
    {
        var (path, open) = await OpenAsync();
        await _ben.SubmitAsync(path, new()
        {
            ["Manuscript.Body"] = "One one.\n\nTwo Ben.\n\nThree three.\n\nFour Ben.",
            ["Manuscript.Kicker"] = "Boats",
        });

        var saved = await _ada.SendAsync(open, new()
        {
            ["Manuscript.Body"] = "One Ada.\r\n\r\nTwo two.\r\n\r\nThree three.",
            ["Manuscript.Headline"] = "Ada’s headline",
        });

        Assert.Equal((HttpStatusCode.Redirect, path), (saved.Status, saved.Header("Location")));
        var page = (await _ada.GetAsync(path)).Page;
        Assert.Equal(
            "Saved. Revision 2 (Ben Ford) came meanwhile, and the two texts are merged."
                + " From that revision: kicker, 2 paragraphs of the body. Read it once as a whole.",
            page.QuerySelector(".said")!.TextContent.Trim());
        Assert.Equal(
            ("Ada’s headline", "Boats"),
            (page.QuerySelector("#Manuscript_Headline")!.TextContent, page.QuerySelector("#Manuscript_Kicker")!.GetAttribute("value")));
        Assert.Equal(
            [
                Start, "One one.\n\nTwo Ben.\n\nThree three.\n\nFour Ben.",
                "One Ada.\n\nTwo Ben.\n\nThree three.\n\nFour Ben.",
            ],
            await BodiesAsync(path));
    }

    [Fact]
    public async Task A_paragraph_that_both_changed_is_asked_and_all_else_stands_merged()
    {
        var (path, open) = await OpenAsync();
        await _ben.SubmitAsync(path, new()
        {
            ["Manuscript.Body"] = "One Ben.\n\nTwo Ben.\n\nThree three.",
            ["Manuscript.Headline"] = "Ben’s headline",
            ["Manuscript.Kicker"] = "Boats",
        });

        var asked = await _ada.SendAsync(open, new()
        {
            ["Manuscript.Body"] = "One one.\n\nTwo Ada.\n\nThree Ada.",
            ["Manuscript.Headline"] = "Ada’s headline",
        });

        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Equal(["Headline", "Body"], asked.Page.QuerySelectorAll(".conflict h3").Select(h => h.TextContent));
        var body = asked.Page.QuerySelectorAll(".difference")[1];
        Assert.Equal("Two two.", body.QuerySelector(".merged p")!.TextContent);
        Assert.Equal(["Ada", "Ben"], body.QuerySelectorAll("del, ins").Select(w => w.TextContent.Trim().TrimEnd('.')));
        Assert.Equal(["Mine", "Theirs", "Both"], body.QuerySelectorAll("input[type=radio]").Select(r => r.GetAttribute("value")));
        Assert.Equal("Two Ada.", Area(body.QuerySelector("textarea")));
        Assert.Equal(
            ["One Ben.", "Three Ada."], asked.Page.QuerySelectorAll(".conflict > .merged p").Select(p => p.TextContent));
        Assert.Equal("One one.\n\nTwo Ada.\n\nThree Ada.", Area(asked.Page.QuerySelector("#Manuscript_Body")));
        Assert.Equal(2, (await BodiesAsync(path)).Count);

        var saved = await _ada.SendAsync(asked, new() { ["Answers[0].Choice"] = "Theirs", ["Answers[1].Choice"] = "Both" });

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("One Ben.\n\nTwo Ada.\n\nTwo Ben.\n\nThree Ada.", (await BodiesAsync(path))[^1]);
        var page = (await _ada.GetAsync(path)).Page;
        Assert.Equal(
            ("Ben’s headline", "Boats"),
            (page.QuerySelector("#Manuscript_Headline")!.TextContent, page.QuerySelector("#Manuscript_Kicker")!.GetAttribute("value")));
        Assert.Equal(3, (await BodiesAsync(path)).Count);
    }

    [Fact]
    public async Task What_is_edited_in_place_counts_whatever_is_chosen()
    {
        var (path, asked) = await AskedAsync();
        var saved = await _ada.SendAsync(asked, new() { ["Answers[0].Choice"] = "Theirs", ["Answers[0].Text"] = "Two of both.\r\n" });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("One one.\n\nTwo of both.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Theory]
    [InlineData("Mine", "One one.\n\nTwo Ada.\n\nThree three.")]
    [InlineData("Theirs", "One one.\n\nTwo Ben.\n\nThree three.")]
    public async Task A_choice_counts_where_the_text_was_not_edited(string choice, string saved)
    {
        var (path, asked) = await AskedAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await _ada.SendAsync(asked, new() { ["Answers[0].Choice"] = choice })).Status);
        Assert.Equal(saved, (await BodiesAsync(path))[^1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nobody’s")]
    [InlineData("3")]
    public async Task A_choice_that_is_missing_or_made_up_is_asked_for_by_name(string? choice)
    {
        var (path, asked) = await AskedAsync();
        var again = await _ada.SendAsync(asked, choice is null ? null : new() { ["Answers[0].Choice"] = choice });

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        var problem = again.Page.QuerySelector("#problems a")!;
        Assert.Equal("Choose Mine, Theirs or Both, or edit the text, where both changed: Body.", problem.TextContent);
        Assert.NotNull(again.Page.GetElementById(problem.GetAttribute("href")![1..]));
        Assert.Equal("One one.\n\nTwo Ada.\n\nThree three.", Area(again.Page.QuerySelector("#Manuscript_Body")));
        Assert.Equal(2, (await BodiesAsync(path)).Count);
        // And goes on from there.
        Assert.Equal(HttpStatusCode.Redirect, (await _ada.SendAsync(again, new() { ["Answers[0].Choice"] = "Mine" })).Status);
    }

    [Fact]
    public async Task Answers_without_a_key_or_with_another_questions_are_no_failure_and_lose_nothing()
    {
        var (path, asked) = await AskedAsync();
        foreach (var key in new[] { "", "made-up", new string('x', 5000) })
        {
            var again = await _ada.SendAsync(
                asked, new() { ["Answers[0].Key"] = key, ["Answers[0].Choice"] = "Mine", ["Answers[0].Text"] = "Typed in place.", });
            Assert.Equal(HttpStatusCode.Conflict, again.Status);
            Assert.Contains("Typed in place.", again.Page.QuerySelectorAll(".conflict textarea").Select(Area));
        }
        Assert.Equal(HttpStatusCode.Conflict, (await _ada.SendAsync(asked, new() { ["Answers"] = "?", ["Unplaced"] = "?" })).Status);
        var odd = await _ada.SendAsync(
            asked, new() { ["Answers[0].Was"] = "", ["Answers[x].Key"] = "?", ["Unplaced[0]"] = "", ["Theirs"] = "Headline" });
        Assert.Equal(HttpStatusCode.Redirect, odd.Status);
        Assert.Equal("One one.\n\nTwo Ada.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task Questions_that_were_answered_stay_so_when_a_third_text_comes_and_what_was_edited_is_kept()
    {
        var (path, asked) = await AskedAsync();
        await SaveAsync(_ben, path, "One Ben.\n\nTwo Ben.\n\nThree three.");

        // The paragraph is as it was asked: the answer holds.
        var saved = await _ada.SendAsync(asked, new() { ["Answers[0].Text"] = "Two of both." });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("One Ben.\n\nTwo of both.\n\nThree three.", (await BodiesAsync(path))[^1]);

        (path, asked) = await AskedAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben once more.\n\nThree three.");
        var again = await _ada.SendAsync(asked, new() { ["Answers[0].Text"] = "Two of both." });

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("belongs to a paragraph that has changed since", again.Page.QuerySelector("#problems")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal(["Two Ada.", "Two of both."], again.Page.QuerySelectorAll(".conflict textarea").Select(Area));
        // It is still there when something else is wrong, and hinders nothing.
        again = await _ada.SendAsync(again);
        Assert.Equal(["Two Ada.", "Two of both."], again.Page.QuerySelectorAll(".conflict textarea").Select(Area));
        Assert.Equal(HttpStatusCode.Redirect, (await _ada.SendAsync(again, new() { ["Answers[0].Choice"] = "Theirs" })).Status);
        Assert.Equal("One one.\n\nTwo Ben once more.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task A_merged_text_that_cannot_be_kept_comes_back_merged()
    {
        var (path, open) = await OpenAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");
        var refused = await _ada.SendAsync(open, new()
        {
            ["Manuscript.Body"] = "One Ada.\n\nTwo two.\n\nThree three.",
            ["Manuscript.Headline"] = new('h', TextLimits.Headline + 1),
        });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("One Ada.\n\nTwo Ben.\n\nThree three.", Area(refused.Page.QuerySelector("#Manuscript_Body")));
        Assert.Equal(HttpStatusCode.Redirect, (await _ada.SendAsync(refused, new() { ["Manuscript.Headline"] = "Short" })).Status);
        Assert.Equal("One Ada.\n\nTwo Ben.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task What_was_edited_in_place_is_given_back_after_the_session_has_ended()
    {
        var kept = await _ada.PostAsync("/admin/kept",
            [new("Manuscript.Body", "Two Ada."), new("Answers[0].Was", "as-it-was"), new("Answers[0].Text", "Two of both.")]);
        Assert.Equal(["Two Ada.", "Two of both."], kept.Page.QuerySelectorAll("textarea").Select(Area));
    }

    [Fact]
    public async Task An_autosave_that_a_colleague_has_open_is_kept_so_that_both_texts_can_be_merged()
    {
        var path = (await OpenAsync()).Path;
        var bens = await AutosaveAsync(await _ben.GetAsync(path), "One one.\n\nTwo Ben.\n\nThree three.", 1);
        var open = await _ada.GetAsync(path);
        await AutosaveAsync(await _ben.GetAsync(path), "One one.\n\nTwo Ben.\n\nThree Ben.", bens);

        var saved = await _ada.SendAsync(open, new() { ["Manuscript.Body"] = "One Ada.\n\nTwo Ben.\n\nThree three." });

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("One Ada.\n\nTwo Ben.\n\nThree Ben.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task Where_the_text_that_both_went_on_from_is_gone_whatever_differs_is_asked()
    {
        var (path, open) = await OpenAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");
        var asked = await _ada.SendAsync(open, new() { ["Base"] = "0", ["Manuscript.Body"] = "One Ada.\n\nTwo two.\n\nThree three." });
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Equal(["One Ada.", "Two two."], asked.Page.QuerySelectorAll(".difference textarea").Select(Area));
        await _ada.SendAsync(asked, new() { ["Answers[0].Choice"] = "Mine", ["Answers[1].Choice"] = "Theirs" });
        Assert.Equal("One Ada.\n\nTwo Ben.\n\nThree three.", (await BodiesAsync(path))[^1]);
    }

    [Fact]
    public async Task A_text_that_merged_by_itself_does_not_go_into_the_schedule_before_it_was_read()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher, "Pia Lund");
        var path = (await OpenAsync()).Path;
        await _app.FromElsewhereAsync(async db =>
        {
            var story = await db.Stories.Include(s => s.Revisions).Include(s => s.Listings).SingleAsync(s => s.Id == IdOf(path));
            story.Schedule(_app.Time.GetUtcNow().AddHours(1), Desk.Editor, _app.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        var open = await publisher.GetAsync(path);
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");

        Assert.Equal(
            HttpStatusCode.Redirect,
            (await publisher.SendAsync(open, new() { ["Manuscript.Body"] = "One Pia.\n\nTwo two.\n\nThree three." })).Status);

        var (working, scheduled) = await _app.FromElsewhereAsync(async db =>
        {
            var story = await db.Stories.SingleAsync(s => s.Id == IdOf(path));
            return (story.WorkingRevision, story.ScheduledRevision);
        });
        Assert.Equal(3, working);
        Assert.NotEqual(3, scheduled);
        Assert.NotNull((await publisher.GetAsync(path)).Page.QuerySelector("button[form=take-in]"));
    }

    private async Task<(string Path, Answer Open)> OpenAsync()
    {
        using var someone = await Colleague.SignedInAsync(_app, Role.Editor, "Carla Diaz");
        var path = (await someone.SubmitAsync("/admin/stories/new", new()
        {
            ["Manuscript.Body"] = Start,
            ["Manuscript.Headline"] = "Ferries",
            ["Manuscript.Standfirst"] = "Ferries run again.",
            ["Manuscript.Section"] = "world",
            ["Manuscript.Bylines[0].Author"] = "amara-okafor",
        })).Header("Location")!;
        return (path, await _ada.GetAsync(path));
    }

    /// <summary>Both changed the second paragraph.</summary>
    private async Task<(string Path, Answer Asked)> AskedAsync()
    {
        var (path, open) = await OpenAsync();
        await SaveAsync(_ben, path, "One one.\n\nTwo Ben.\n\nThree three.");
        var asked = await _ada.SendAsync(open, new() { ["Manuscript.Body"] = "One one.\n\nTwo Ada.\n\nThree three." });
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        return (path, asked);
    }

    private static async Task SaveAsync(Colleague colleague, string path, string body) => Assert.Equal(
        HttpStatusCode.Redirect, (await colleague.SubmitAsync(path, new() { ["Manuscript.Body"] = body })).Status);

    private async Task<int> AutosaveAsync(Answer open, string body, int goesOnFrom)
    {
        var answer = await _ben.SendAsync(
            open with { Path = open.Path + "?handler=Autosave" },
            new() { ["Manuscript.Body"] = body, ["Base"] = $"{goesOnFrom}" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return System.Text.Json.JsonDocument.Parse(answer.Text).RootElement.GetProperty("base").GetInt32();
    }

    private static string Area(AngleSharp.Dom.IElement? area) => ((IHtmlTextAreaElement)area!).Value;

    private Task<List<string>> BodiesAsync(string path) => _app.FromElsewhereAsync(
        db => db.Revisions.Where(r => r.StoryId == IdOf(path)).OrderBy(r => r.Number).Select(r => r.Text.Body).ToListAsync());

    private static StoryId IdOf(string path) => new(long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
}
