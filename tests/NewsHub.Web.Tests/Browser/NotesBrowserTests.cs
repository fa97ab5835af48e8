using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Assets;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>Notes between colleagues where they write: two browsers on one story.</summary>
[Collection<NewsroomInBrowser>]
public sealed class NotesBrowserTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task Colleagues_talk_about_words_where_they_stand()
    {
        await using var adas = await SignedInAsync("Ada Notes");
        await using var bens = await SignedInAsync("Zoltan Notes");
        var (ada, ben) = (adas.Page, bens.Page);
        await adas.GoAsync("/admin/stories/new");
        await ada.WaitForSelectorAsync(".surface-text");
        await ada.FillAsync("#Manuscript_Headline", "The bridge");
        await ada.ClickAsync(".surface-text");
        await ada.Keyboard.TypeAsync("The ");
        await ada.Keyboard.PressAsync("Control+b");
        await ada.Keyboard.TypeAsync("bridge");
        await ada.Keyboard.PressAsync("Control+b");
        await ada.Keyboard.TypeAsync(" is closed");
        for (var i = 0; i < 2; i++) await ada.Keyboard.PressAsync("Shift+Control+ArrowLeft");

        // By keyboard alone: on the chosen words, with a colleague called by name.
        await ada.Keyboard.PressAsync("Control+Alt+n");
        Assert.Equal("is closed", await ada.InnerTextAsync(".note-about .note-quote"));
        await ada.Keyboard.TypeAsync("Since when, @zol");
        await ada.Keyboard.PressAsync("ArrowDown");
        await ada.Keyboard.PressAsync("Enter");
        await ada.Keyboard.TypeAsync("?");
        Assert.Equal("Since when, @Zoltan Notes ?", await ada.InputValueAsync(".desk-notes [name=Text]"));
        await ada.ClickAsync(".desk-notes button:has-text('Add note')");
        await ada.WaitForSelectorAsync(".colleague-note");
        Assert.Equal("is closed", await ada.InnerTextAsync(".surface-text .noted"));
        var path = new Uri(ada.Url).AbsolutePath;

        // It holds on to its words while one types before and within them.
        await ada.ClickAsync(".surface-text p");
        await ada.Keyboard.PressAsync("Control+Home");
        await ada.Keyboard.TypeAsync("Rain. ");
        Assert.Equal("is closed", await ada.InnerTextAsync(".surface-text .noted"));
        await ada.WaitForFunctionAsync("() => /^Autosaved/.test(document.querySelector('.saved').textContent)");

        await bens.GoAsync(path);
        await ben.WaitForSelectorAsync(".surface-text .noted");
        Assert.Equal("is closed", await ben.InnerTextAsync(".surface-text .noted"));
        await ben.ClickAsync(".surface-text .noted");
        // The words lead to the note, and its answer has the cursor.
        await ben.WaitForFunctionAsync("() => document.activeElement?.name?.startsWith('Answers')");
        await ben.Keyboard.TypeAsync("Since Monday.");
        var sent = Stopwatch.GetTimestamp();
        await ben.ClickAsync(".desk-notes button:has-text('Answer')");
        await NewsHubApp.EventuallyAsync(async () =>
        {
            // The stream tells by the paper's own clock.
            room.App.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await ada.Locator(".note-answers:has-text('Since Monday.')").CountAsync() > 0;
        }, "the answer is beside the other's text");
        Assert.InRange(Stopwatch.GetElapsedTime(sent), TimeSpan.Zero, TimeSpan.FromSeconds(3));

        await ada.ClickAsync(".desk-notes button:has-text('Resolve')");
        await ada.WaitForSelectorAsync(".resolved-notes");
        Assert.Equal(0, await ada.Locator(".surface-text .noted").CountAsync());
        Assert.Empty(adas.Complaints);
        Assert.Empty(bens.Complaints);
    }

    [BrowserFact]
    public async Task Each_word_that_is_seen_is_found_in_the_Markdown_and_back()
    {
        await using var window = await SignedInAsync("Cy Notes");
        await window.GoAsync("/admin/stories/new");
        var texts = await room.App.FromElsewhereAsync(db => db.Revisions.Select(r => r.Text.Body).ToListAsync());
        texts.Add("A [word](https://www.example.org/a_(b) \"t\") and more.\n\n:::pullquote\nquote me, pull\n\n— A quote\n:::\n\n"
            + "Note[^1] 1 day, {fx 50 USD NGN} fx.\n\n[^1]: 1 is the first.\n\n- *one*\n  - two\\*\n\n"
            + "| a | b |\n| --- | --- |\n| cell | **bold** |");
        var found = await window.Page.EvaluateAsync<string[]>($$"""
            async texts => {
              const { read } = await import("{{Module("surface-markdown")}}");
              const { chosenSource, placesOf } = await import("{{Module("surface-notes")}}");
              const wrong = [];
              let words = 0;
              for (const text of texts) {
                const it = read(text);
                it.doc.descendants((node, at) => {
                  if (!node.isText) return;
                  for (const { 0: word, index } of node.text.matchAll(/[\p{L}\p{N}]{3,}/gu)) {
                    const [from, to] = [at + index, at + index + word.length];
                    const found = chosenSource({ state: { doc: it.doc, selection: { from, to } } }, it);
                    const back = found && placesOf(it.doc, it, [{ id: 1, start: found.start, end: found.end }])[0];
                    words++;
                    if (!found || text.slice(found.start, found.end) !== word || back.from !== from || back.to !== to)
                      wrong.push(`${word}: ${found && text.slice(found.start, found.end)}`);
                  }
                });
              }
              return [String(words), ...wrong];
            }
            """, texts);
        Assert.True(int.Parse(found[0], CultureInfo.InvariantCulture) > 5000, $"Only {found[0]} words.");
        Assert.Empty(found.Skip(1).Take(20));
    }

    private string Module(string name) => room.App.Services.GetRequiredService<AssetStore>().Url($"js/{name}.js");

    private async Task<Window> SignedInAsync(string name)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";
        await Colleague.HireAsync(room.App, Role.Editor, name, email);
        var window = await room.OpenAsync(width: 1440);
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main form button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }
}
