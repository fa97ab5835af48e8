using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Markdown takes time; nobody who writes to the store waits for it.</summary>
public sealed class RenderingTests : IDisposable
{
    private readonly MadeUpPaper _paper = new MadeUpPaper()
        .Story("2025-06-30", "boats", "Boats are back")
        .Story("2025-06-29", "quay", "The quay, live", "", "Begin.");
    private readonly NewsHubApp _app;

    public RenderingTests() => _app = new NewsHubApp { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task No_way_to_save_or_to_publish_renders_a_body_while_others_wait_to_write()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Administrator);
        var before = RenderedBodies.RenderedWithinTransactions;
        var form = await editor.GetAsync("/admin/stories/new");
        var author = form.Page.QuerySelectorAll("[name='Manuscript.Bylines[0].Author'] option")[1].GetAttribute("value")!;
        var saved = await editor.SendAsync(form, Typed("A draft", $"One. {Guid.NewGuid()}", author));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var path = saved.Header("Location")!;

        // Saved by hand, by the script, and against a colleague's text.
        Assert.Equal(
            HttpStatusCode.Redirect, (await editor.SubmitAsync(path, new() { ["Manuscript.Body"] = $"Two. {Guid.NewGuid()}" })).Status);
        var open = await editor.GetAsync(path);
        var autosaved = await editor.SendAsync(
            open with { Path = $"{path}?handler=Autosave" }, new() { ["Manuscript.Body"] = $"Three. {Guid.NewGuid()}" });
        Assert.Equal(HttpStatusCode.OK, autosaved.Status);
        using var colleague = await Colleague.SignedInAsync(_app, Role.Publisher);
        Assert.Equal(
            HttpStatusCode.Redirect, (await colleague.SubmitAsync(path, new() { ["Manuscript.Body"] = $"Four. {Guid.NewGuid()}" })).Status);
        Forget();
        var both = await editor.SendAsync(open, new() { ["Manuscript.Body"] = $"Five. {Guid.NewGuid()}" });
        Assert.Equal(HttpStatusCode.Conflict, both.Status);
        Forget();
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SendAsync(both, new() { ["Answers[0].Choice"] = "Both" })).Status);

        // Published, corrected with a newer text, tagged among others; each after the text was long forgotten.
        Forget();
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync($"{path}/publish")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect, (await editor.SubmitAsync(path, new() { ["Manuscript.Body"] = $"Six. {Guid.NewGuid()}" })).Status);
        Forget();
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync($"{path}/correct", new() { ["Note"] = "It was five." })).Status);
        Forget();
        var id = path.Split('/')[^1];
        var asked = await editor.PostAsync("/admin/stories/bulk",
            [new("Ids", id), new("Do", "tag"), new("Tag", "Quays"), new("__RequestVerificationToken", await editor.TokenAsync())]);
        Forget();
        Assert.Equal(HttpStatusCode.OK, (await editor.SendAsync(asked)).Status);

        Assert.Equal(before, RenderedBodies.RenderedWithinTransactions);
    }

    [Fact]
    public async Task The_clock_renders_what_is_due_before_it_writes()
    {
        var before = RenderedBodies.RenderedWithinTransactions;
        var changed = await _app.FromElsewhereAsync(async db =>
        {
            var story = await Desk.DraftAsync(db, "By the clock", _app.Time.GetUtcNow(), $"Due. {Guid.NewGuid()}");
            story.Schedule(_app.Time.GetUtcNow().AddMinutes(1), Desk.Editor, _app.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        Assert.True(changed > 0);
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromMinutes(1));
            return await _app.FromElsewhereAsync(db => db.Stories.AnyAsync(s => s.State == StoryState.Live
                && s.Address!.Contains("by-the-clock")));
        }, "the clock has published it");
        Assert.Equal(before, RenderedBodies.RenderedWithinTransactions);
    }

    private static Dictionary<string, string> Typed(string headline, string body, string author) => new()
    {
        ["Manuscript.Headline"] = headline,
        ["Manuscript.Standfirst"] = "What it is about.",
        ["Manuscript.Body"] = body,
        ["Manuscript.Section"] = "harbour",
        ["Manuscript.Bylines[0].Author"] = author,
    };

    /// <summary>So many other texts come that those of before are not kept.</summary>
    private static void Forget()
    {
        for (var i = 0; i < 90; i++) RenderedBodies.Render($"{i} {new string('a', 100_000)}", _ => null);
    }
}
