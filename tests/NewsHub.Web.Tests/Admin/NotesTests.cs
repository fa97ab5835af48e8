using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Notes between colleagues, without a script: on the notes' page of a story.</summary>
public sealed class NotesTests : IAsyncLifetime
{
    private const string Body = "The **old mayor** left.\n\nThe bridge is closed.\n\nThe old mayor came back.";

    private readonly NewsHubApp _app = new();
    private Colleague _ada = null!, _ben = null!, _reporter = null!;
    private string _story = "";

    public async ValueTask InitializeAsync()
    {
        _ada = await Colleague.SignedInAsync(_app, Role.Editor, "Ada Obi");
        _ben = await Colleague.SignedInAsync(_app, Role.Editor, "Ben Ford");
        _reporter = await Colleague.SignedInAsync(_app, Role.Reporter, "Rita Mol");
        var made = await _ada.SubmitAsync(
            "/admin/stories/new", new() { ["Manuscript.Headline"] = "Mayor", ["Manuscript.Body"] = Body });
        _story = made.Header("Location")!;
    }

    public ValueTask DisposeAsync()
    {
        _ada.Dispose();
        _ben.Dispose();
        _reporter.Dispose();
        _app.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_note_on_words_is_answered_resolved_and_opened_again()
    {
        var added = await AddAsync(_ben, "Was he 60 or 61?", "old mayor");
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        var page = (await _ada.GetAsync(_story)).Page;
        var note = page.QuerySelector(".desk-notes .colleague-note")!;
        Assert.Equal(("old mayor", "Was he 60 or 61?"), (
            note.QuerySelector(".note-quote")!.TextContent, note.QuerySelector(".note-says")!.TextContent));
        Assert.Equal("1", page.QuerySelector("[data-notes-tally]")!.TextContent);

        var id = note.Id!["note-".Length..];
        var answered = await DoAsync(_ada, $"Answer&note={id}", ($"Answers[{id}]", "61, says the register."));
        Assert.Equal(HttpStatusCode.Redirect, answered.Status);
        page = (await _ben.GetAsync($"{_story}/notes")).Page;
        Assert.Equal("61, says the register.", page.QuerySelector(".note-answers .note-says")!.TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(_ben, $"Resolve&note={id}&resolved=true")).Status);
        page = (await _ben.GetAsync($"{_story}/notes")).Page;
        Assert.Equal("0", page.QuerySelector("[data-notes]")!.GetAttribute("data-open"));
        Assert.Contains("Resolved by Ben Ford", page.QuerySelector(".resolved-notes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(_ben, $"Resolve&note={id}&resolved=false")).Status);
        Assert.Null((await NoteAsync()).ResolvedAt);
    }

    [Fact]
    public async Task The_words_are_found_again_after_a_save_a_merge_and_a_restored_text()
    {
        await AddAsync(_ben, "Which one?", "bridge");
        await _ada.SubmitAsync(_story, new() { ["Manuscript.Body"] = "First of all: rain.\n\n" + Body });
        await AssertStandsAsync("bridge");

        // Two save at once, and the two texts are merged.
        var open = await _ada.GetAsync(_story);
        var bens = Body.Replace("The bridge", "The old bridge", StringComparison.Ordinal);
        await _ben.SubmitAsync(_story, new() { ["Manuscript.Body"] = bens });
        await _ada.SendAsync(open, new() { ["Manuscript.Body"] = "Snow, first of all.\n\nFirst of all: rain.\n\n" + Body });
        await AssertStandsAsync("bridge");

        // Taken out, and brought back from the history.
        await _ada.SubmitAsync(_story, new() { ["Manuscript.Body"] = "Nothing of it." });
        Assert.Equal("", (await NoteAsync()).Words);
        Assert.Contains("no longer in the text", (await _ada.GetAsync($"{_story}/notes")).Text, StringComparison.Ordinal);
        await _ada.SubmitAsync($"{_story}/history", new() { ["number"] = "1" }, ".history form");
        await AssertStandsAsync("bridge");
    }

    [Fact]
    public async Task Of_words_that_stand_twice_the_chosen_ones_are_meant()
    {
        var second = Body.LastIndexOf("old mayor", StringComparison.Ordinal);
        await _ben.SubmitAsync(
            $"{_story}/notes", new() { ["Text"] = "Again?", ["Quote"] = "old mayor", ["Start"] = $"{second}" }, "#notes-form");
        var note = await NoteAsync();
        Assert.Equal((second, "old mayor", NotePart.Body), (note.Start, note.Words, note.Part));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_said_at_the_field_and_stays_typed()
    {
        var wrong = await AddAsync(_ben, "Where is it?", "no such words");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("Where is it?", Typed(wrong, "[name=Text]"));
        Assert.Equal("no such words", Typed(wrong, "[name=Quote]"));
        Assert.Contains("The newest text does not have these words.", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(_ben, "  ", "")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(_ben, new string('n', 1001), "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DoAsync(_ben, "Answer&note=4711", ("Answers[4711]", "x"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _ben.GetAsync("/admin/stories/4711/notes")).Status);
        Assert.Empty(await _app.FromElsewhereAsync(db => db.StoryNotes.ToListAsync()));

        static string Typed(Answer answer, string field) => answer.Page.QuerySelector(field)!.TextContent.TrimStart('\n');
    }

    [Fact]
    public async Task Whoever_reads_a_story_may_write_a_note_and_resolves_only_what_is_theirs()
    {
        await AddAsync(_ada, "From the desk.", "");
        await AddAsync(_reporter, "From a reader of it.", "");
        var notes = await _app.FromElsewhereAsync(db => db.StoryNotes.OrderBy(n => n.Id).ToListAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await DoAsync(_reporter, $"Resolve&note={notes[0].Id}&resolved=true")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(_reporter, $"Resolve&note={notes[1].Id}&resolved=true")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(_ben, $"Resolve&note={notes[0].Id}&resolved=true")).Status);
    }

    [Fact]
    public async Task What_is_said_when_filing_and_returning_can_be_answered()
    {
        await _ada.SubmitAsync($"{_story}/file", new() { ["Note"] = "The mayor has not called back." });
        await _ben.SubmitAsync($"{_story}/return", new() { ["Note"] = "Then call once more." });
        Assert.Equal(["The mayor has not called back.", "Then call once more."],
            (await _ada.GetAsync($"{_story}/notes")).Page.QuerySelectorAll(".note-says").Select(n => n.TextContent));
    }

    private Task<Answer> AddAsync(Colleague who, string text, string quote) =>
        who.SubmitAsync($"{_story}/notes", new() { ["Text"] = text, ["Quote"] = quote }, "#notes-form");

    private async Task<Answer> DoAsync(Colleague who, string handler, params IEnumerable<(string Name, string Value)> fields) =>
        await who.PostAsync($"{_story}/notes?handler={handler}", [
            new("__RequestVerificationToken", await who.TokenAsync()), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    private Task<StoryNote> NoteAsync() => _app.FromElsewhereAsync(db => db.StoryNotes.AsNoTracking().SingleAsync());

    private async Task AssertStandsAsync(string words)
    {
        var note = await NoteAsync();
        var text = await _app.FromElsewhereAsync(db => db.Revisions
            .Where(r => r.StoryId == note.StoryId).OrderByDescending(r => r.Number).Select(r => r.Text.Body).FirstAsync());
        Assert.Equal((words, words), (note.Words, text.Substring(note.Start, note.Words.Length)));
    }
}
