using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>The newsroom with scripts: acts in reach, pictures that are pasted and dropped, pages that keep up, entries
/// that outlive a crash.</summary>
[Collection<NewsroomInBrowser>]
public sealed class NewsroomBrowserTests(BrowserRoom room)
{
    private const string Autosaved = "() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)";

    [BrowserFact]
    public async Task Every_act_is_in_reach_at_every_width_by_mouse_and_by_keys()
    {
        foreach (var width in new[] { 390, 768, 1440 })
        {
            await using var window = await SignedInAsync("Max Moor", Role.Administrator, width);
            var page = window.Page;
            await window.GoAsync("/admin/stories/new");
            await page.FillAsync("#Manuscript_Headline", $"Acts at {width}");
            // The first autosave gives the story its address, and with it its acts.
            await page.WaitForFunctionAsync(Autosaved);
            await page.Locator(".acts a", new() { HasText = "File…" }).WaitForAsync();
            await page.ClickAsync(".more-acts summary");
            var hidden = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll(".acts a")].filter(way => {
                  const box = way.getBoundingClientRect();
                  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                  return !way.contains(middle) || box.x < 0 || box.right > innerWidth;
                }).map(way => way.textContent)
                """);
            Assert.Empty(hidden);
            await page.FocusAsync(".more-acts summary");
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await window.IsTrueAsync("document.activeElement.matches('.more-list a')"));
            await page.Keyboard.PressAsync("Shift+Tab");
            await page.Keyboard.PressAsync("Enter");
            Assert.False(await page.IsVisibleAsync(".more-list"));
            // Open or shut, it is as it was after the next autosave; what was in focus still is.
            await page.Keyboard.PressAsync("Enter");
            await page.ClickAsync(".more-list a:has-text('Spike')");
            await page.ArrivesAtAsync("**/spike");
            Assert.Empty(window.Complaints);
        }
    }

    [BrowserFact]
    public async Task A_section_and_an_author_are_made_in_a_dialog_beside_the_story_and_nothing_of_it_is_lost()
    {
        await using var window = await SignedInAsync("Pia Lund", Role.Publisher);
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Headline", "Made beside");
        await page.ClickAsync("button:has-text('New section…')");
        await page.FillAsync("#make-name", "Search");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".make-dialog .wrong", new() { HasText = "one of the paper's own addresses" }).WaitForAsync();
        await page.FillAsync("#make-name", "Tide tables");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector(\"[name='Manuscript.Section']\").value === 'tide-tables'");
        Assert.True(await window.IsTrueAsync("document.activeElement.matches(\"[name='Manuscript.Section']\")"));

        await page.ClickAsync("[data-make=author]");
        await page.FillAsync("#make-name", "Pia Lund");
        await page.ClickAsync(".make-dialog button:has-text('Create')");
        await page.WaitForFunctionAsync("() => document.querySelector(\"[name='Manuscript.Bylines[0].Author']\")?.value === 'pia-lund'");
        // A row that is added later offers them, too.
        await page.ClickAsync("button:has-text('Add a byline')");
        Assert.Equal(1, await page.Locator("[name='Manuscript.Bylines[1].Author'] option[value=pia-lund]").CountAsync());
        await page.ClickAsync(".keep button");
        await page.ArrivesAtAsync("**/admin/stories/*");
        Assert.Equal("Made beside", await page.InputValueAsync("#Manuscript_Headline"));
        Assert.Equal("tide-tables", await page.InputValueAsync("[name='Manuscript.Section']"));
        Assert.Equal("pia-lund", await page.InputValueAsync("[name='Manuscript.Bylines[0].Author']"));
        // The section that was refused is told to the console by the browser itself.
        Assert.All(window.Complaints, complaint => Assert.Contains("400", complaint, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Rows_of_the_settings_are_added_moved_and_taken_out_and_the_nameplate_follows_what_is_typed()
    {
        await using var window = await SignedInAsync("Ola Berg", Role.Administrator);
        var page = window.Page;
        await window.GoAsync("/admin/settings");
        var before = await Values("#Quotes input");
        await page.ClickAsync("#Quotes .row:first-of-type [data-act=down]");
        await page.ClickAsync("#Quotes button:has-text('Add a currency')");
        Assert.Equal("", await page.EvaluateAsync<string>("document.activeElement.value"));
        await page.Keyboard.TypeAsync("swedish krona");
        string[] moved = [before[1], before[0], .. before.Skip(2), "swedish krona"];
        Assert.Equal(moved, await Values("#Quotes input"));
        Assert.Equal($"Quotes[{moved.Length - 1}]", await page.Locator("#Quotes input").Last.GetAttributeAsync("name"));
        await page.ClickAsync("[aria-label='Move source 2 up']");
        var source = await page.InputValueAsync("[name='Sources[0].Key']");

        await page.FillAsync("#Name", "The Bell-Post");
        var sample = page.FrameLocator("iframe[name=nameplate]");
        await sample.Locator(".nameplate", new() { HasText = "The Bell-Post" }).First.WaitForAsync();
        await page.FillAsync("#Name", await page.EvaluateAsync<string>("document.querySelector('#Name').defaultValue"));
        await page.ClickAsync(".settings button[type=submit]");
        await page.Locator(".said").WaitForAsync();
        Assert.Equal(moved.SkipLast(1).Append("SEK"), await Values("#Quotes input"));
        Assert.Equal(source, await page.InputValueAsync("[name='Sources[0].Key']"));

        // As it was, for the other tests of this paper.
        await page.ClickAsync("#Quotes .row:first-of-type [data-act=down]");
        await page.Locator("#Quotes [data-act=out]").Last.ClickAsync();
        await page.ClickAsync("[aria-label='Move source 2 up']");
        await page.ClickAsync(".settings button[type=submit]");
        await page.Locator(".said").WaitForAsync();
        Assert.Equal(before, await Values("#Quotes input"));
        Assert.Empty(window.Complaints);

        Task<string[]> Values(string fields) =>
            page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{fields}')].map(f => f.value)");
    }

    [BrowserFact]
    public async Task The_embed_button_sets_what_becomes_an_embed_and_chooses_the_address()
    {
        await using var window = await SignedInAsync("Eva Lind", Role.Editor);
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync("#Manuscript_Body");
        await page.Keyboard.TypeAsync("A line.");
        await page.ClickAsync(".toolbar [title=Embed]");
        Assert.Equal("https://", await ChosenAsync(page));
        await page.Keyboard.TypeAsync("https://example.org/film");
        Assert.Equal("A line.\n\n:::embed\nhttps://example.org/film\nWords to show\n:::", await page.InputValueAsync("#Manuscript_Body"));
        await page.FrameLocator("iframe[name=proof]").Locator(".embed a", new() { HasText = "Words to show" }).WaitForAsync();

        // An address that was chosen becomes the embed's, and the words are what is left to write.
        await page.FillAsync("#Manuscript_Body", "https://example.org/song");
        await page.Keyboard.PressAsync("Control+a");
        await page.ClickAsync(".toolbar [title=Embed]");
        Assert.Equal("Words to show", await ChosenAsync(page));
        await page.FillAsync("#Manuscript_Body", "The song");
        await page.Keyboard.PressAsync("Control+a");
        await page.ClickAsync(".toolbar [title=Embed]");
        Assert.Equal(":::embed\nhttps://\nThe song\n:::", await page.InputValueAsync("#Manuscript_Body"));
        Assert.Equal("https://", await ChosenAsync(page));
    }

    [BrowserFact]
    public async Task A_picture_that_a_browser_copied_is_pasted_as_a_picture()
    {
        await using var window = await SignedInAsync("Ida Quay", Role.Publisher);
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Body", "One.\n\nTwo.");
        await page.EvaluateAsync("() => document.querySelector('#Manuscript_Body').setSelectionRange(4, 4)");
        await CopyImageAsync(page, "https://example.org/pictures/old-pier.jpg");
        await page.FocusAsync("#Manuscript_Body");
        await page.Keyboard.PressAsync("Control+v");
        await page.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value.includes('![](')");
        Assert.Equal("One.\n\n![](old-pier.png)\n\nTwo.", await page.InputValueAsync("#Manuscript_Body"));

        // Words with a picture of them, as a word processor copies, stay words.
        await page.FillAsync("#Manuscript_Body", "");
        await CopyImageAsync(page, "https://example.org/a.png", "<p>Said <b>well</b></p>");
        await page.FocusAsync("#Manuscript_Body");
        await page.Keyboard.PressAsync("Control+v");
        await page.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value !== ''");
        Assert.Equal("Said **well**", await page.InputValueAsync("#Manuscript_Body"));
    }

    [BrowserFact]
    public async Task Two_pictures_dropped_at_once_keep_their_ways_until_they_are_described_in_another_tab()
    {
        await using var window = await SignedInAsync("Dora Pike", Role.Editor);
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Headline", "Two pictures");
        await page.EvaluateAsync("""
            async () => {
              const draw = async (color, name) => {
                const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 600 });
                const pen = canvas.getContext("2d");
                pen.fillStyle = color;
                pen.fillRect(0, 0, 900, 600);
                return new File([await new Promise(done => canvas.toBlob(done, "image/jpeg"))], name, { type: "image/jpeg" });
              };
              const carried = new DataTransfer();
              carried.items.add(await draw("teal", "dropped one.jpg"));
              carried.items.add(await draw("navy", "dropped two.jpg"));
              const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
              document.querySelector("#Manuscript_Body").dispatchEvent(drop);
            }
            """);
        await page.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value.includes('dropped-two')");
        Assert.Equal("![](dropped-one.jpg)\n\n![](dropped-two.jpg)", await page.InputValueAsync("#Manuscript_Body"));
        Assert.Equal(2, await page.Locator(".upload-note a").CountAsync());
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.body-checks a.lack').length === 2");
        foreach (var name in new[] { "dropped-one.jpg", "dropped-two.jpg" })
            Assert.Contains(name, await page.InnerTextAsync(".checks-box"), StringComparison.Ordinal);

        var library = await page.Context.NewPageAsync();
        await library.GotoAsync((await page.GetAttributeAsync(".body-checks a.lack", "href"))!);
        await library.FillAsync("#Typed_Alt", "All teal");
        await library.FillAsync("#Typed_Credit", "A. Osei");
        await library.ClickAsync("main form.fields button[type=submit]");
        await library.SaidAsync();
        await library.CloseAsync();
        await page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.body-checks a.lack').length === 1 && "
            + "document.querySelectorAll('.upload-note a').length === 1");
        Assert.Contains("dropped-two.jpg", await page.InnerTextAsync(".upload-note"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_live_desk_brings_what_colleagues_send_and_keeps_an_entry_through_a_crash()
    {
        var path = await LiveStoryAsync();
        await using var window = await SignedInAsync("Lea Nord", Role.Publisher);
        var one = window.Page;
        await window.GoAsync(path);
        await one.FillAsync("#Manuscript_Body", "Half an ent");
        var other = await one.Context.NewPageAsync();
        await other.GotoAsync(path);
        await other.FillAsync("#Manuscript_Body", "From another window.");
        await other.ClickAsync(".live-form button[type=submit]");
        await other.SaidAsync();
        await one.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await one.WaitForFunctionAsync("() => document.querySelector('.sent').textContent.includes('From another window.')");
        Assert.Equal("Half an ent", await one.InputValueAsync("#Manuscript_Body"));
        Assert.True(await window.IsTrueAsync("document.activeElement.id === 'Manuscript_Body'"));

        // The window is gone, and what was typed in it is not.
        await one.CloseAsync();
        await other.GotoAsync(path);
        await other.ClickAsync(".kept-here button:has-text('Restore')");
        Assert.Equal("Half an ent", await other.InputValueAsync("#Manuscript_Body"));
        await other.ClickAsync(".live-form button[type=submit]");
        await other.SaidAsync();
        await other.GotoAsync(path);
        Assert.Equal(0, await other.Locator(".kept-here").CountAsync());
        Assert.Equal(0, await other.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('newsroom:')).length"));
        Assert.Equal(["From another window.", "Half an ent"], await EntriesAsync());

        // Published, and the answer lost: it is neither offered nor published twice.
        await other.RouteAsync("**" + path, async route =>
        {
            if (route.Request.Method != "POST") { await route.ContinueAsync(); return; }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await other.FillAsync("#Manuscript_Body", "Its answer was lost.");
        await other.ClickAsync(".live-form button[type=submit]");
        await NewsHubApp.EventuallyAsync(async () => (await EntriesAsync()).Count == 3, "the entry is published");
        await other.CloseAsync();
        var third = await window.Page.Context.NewPageAsync();
        await third.GotoAsync(path);
        await third.WaitForFunctionAsync("() => !Object.keys(localStorage).some(key => key.startsWith('newsroom:'))");
        Assert.Equal(0, await third.Locator(".kept-here").CountAsync());

        // It takes pictures as the editor does.
        await CopyImageAsync(third, "https://example.org/hall.jpg");
        await third.FocusAsync("#Manuscript_Body");
        await third.Keyboard.PressAsync("Control+v");
        await third.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value.startsWith('![](hall')");

        Task<List<string>> EntriesAsync() => room.App.FromElsewhereAsync(
            db => db.LiveEntries.Where(e => e.By == new Actor("Lea Nord")).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync());
    }

    [BrowserFact]
    public async Task The_desk_keeps_up_and_the_focus_stays_on_what_it_was_on()
    {
        await using var window = await SignedInAsync("Olu Bay", Role.Editor);
        var page = window.Page;
        await room.App.FromElsewhereAsync(async db =>
        {
            var story = await Desk.DraftAsync(db, "Filed before", room.App.Time.GetUtcNow());
            story.File(Desk.Editor, room.App.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await window.GoAsync("/admin");
        await page.FocusAsync("a:has-text('Filed before') >> nth=0");
        await room.App.FromElsewhereAsync(async db =>
        {
            var story = await Desk.DraftAsync(db, "Filed just now", room.App.Time.GetUtcNow());
            story.File(Desk.Editor, room.App.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await page.Locator("a", new() { HasText = "Filed just now" }).First.WaitForAsync();
        Assert.Equal("Filed before", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_copy_whose_text_was_saved_after_all_is_not_called_lost()
    {
        await using var window = await SignedInAsync("Rae Holt", Role.Editor);
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Body", "Start.");
        await page.ClickAsync(".keep button");
        await page.SaidAsync();
        var address = page.Url;
        await page.RouteAsync("**/admin/stories/*?handler=Autosave", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.FillAsync("#Manuscript_Body", "Saved, though nobody heard.");
        await page.WaitForFunctionAsync("() => document.querySelector('.saved').textContent.startsWith('No connection')");
        var context = page.Context;
        await page.CloseAsync();

        // Another window went on from it: what the browser holds is in the history, and is not offered as unsaved.
        var id = new StoryId(long.Parse(address.Split('/')[^1], CultureInfo.InvariantCulture));
        await room.App.FromElsewhereAsync(async db =>
        {
            var story = (await db.LoadForEditingAsync(id))!;
            story.Save(story.Newest().Text with { Body = "Gone on." },
                new RenderedBody("<p>Gone on.</p>", 2, []), new Actor("Somebody Else"), room.App.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        var later = await context.NewPageAsync();
        await later.GotoAsync(address);
        await later.WaitForFunctionAsync("() => !Object.keys(localStorage).some(key => key.startsWith('newsroom:'))");
        Assert.Equal(0, await later.Locator(".kept-here").CountAsync());
        Assert.Equal("Gone on.", await later.InputValueAsync("#Manuscript_Body"));
    }

    private async Task<string> LiveStoryAsync() => await room.App.FromElsewhereAsync(async db =>
    {
        var now = room.App.Time.GetUtcNow();
        var story = await Desk.DraftAsync(db, "A count goes on", now, kind: Kind.Live);
        story = (await db.LoadForEditingAsync(story.Id))!;
        await db.PublishAsync(story, story.Newest(), Desk.Editor, now);
        await db.SaveChangesAsync();
        return $"/admin/stories/{story.Id}/live";
    });

    private static Task<string> ChosenAsync(IPage page) => page.EvaluateAsync<string>("(() => { const body = document.querySelector('#"
        + "Manuscript_Body'); return body.value.slice(body.selectionStart, body.selectionEnd); })()");

    // What a browser puts into the clipboard for 'Copy image': the picture, and an <img> of it.
    private static async Task CopyImageAsync(IPage page, string address, string words = "") => await page.EvaluateAsync("""
        async ([address, words]) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 600, height: 400 });
          canvas.getContext("2d").fillRect(0, 0, 300, 400);
          const picture = await new Promise(done => canvas.toBlob(done, "image/png"));
          const html = new Blob([`<meta charset="utf-8">${words || `<img src="${address}" alt="x">`}`], { type: "text/html" });
          await navigator.clipboard.write([new ClipboardItem({ "image/png": picture, "text/html": html })]);
        }
        """, new[] { address, words });

    private async Task<Window> SignedInAsync(string name, Role role, int width = 1440)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";
        await Colleague.HireAsync(room.App, role, name, email);
        var window = await room.OpenAsync(width);
        await window.WriteMarkdownAsync();
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main form button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }
}
