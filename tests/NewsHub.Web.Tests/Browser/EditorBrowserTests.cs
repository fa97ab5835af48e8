using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

[Collection<NewsroomInBrowser>]
public sealed class EditorBrowserTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task A_story_is_kept_before_anyone_saves_and_shown_as_readers_will_see_it()
    {
        await using var window = await SignedInAsync("Grace Bell");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Headline", "A harbour reopens after the flood");
        await page.ClickAsync("#Manuscript_Body");
        await page.Keyboard.TypeAsync("The ferry left ");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync("at dawn");

        await page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");
        Assert.Matches(@"/admin/stories/\d+$", page.Url);
        await page.FrameLocator("iframe[name=proof]").Locator(".story-body strong", new() { HasText = "at dawn" }).WaitForAsync();
        await page.FrameLocator("iframe[name=proof]").Locator("h1", new() { HasText = "A harbour reopens after the flood" }).WaitForAsync();

        // Reloaded, nothing is missing and nothing is offered back.
        await page.ReloadAsync();
        Assert.Equal("The ferry left **at dawn**", await page.InputValueAsync("#Manuscript_Body"));
        Assert.Equal(0, await page.Locator(".kept-here").CountAsync());
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Two_browsers_on_one_story_see_each_other_and_neither_text_is_lost()
    {
        await using var ada = await SignedInAsync("Ada Obi");
        await using var ben = await SignedInAsync("Ben Ford");
        await ada.GoAsync("/admin/stories/new");
        await ada.Page.FillAsync("#Manuscript_Body", "As Ada began.");
        await ada.Page.ClickAsync(".keep button");
        await ada.Page.SaidAsync();
        var address = new Uri(ada.Page.Url).AbsolutePath;
        await ben.GoAsync(address);
        Assert.Contains("Ada Obi has this story open too.", await ben.Page.InnerTextAsync(".colleagues"), StringComparison.Ordinal);

        await ben.Page.FillAsync("#Manuscript_Body", "As Ben has it.");
        await ben.Page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");
        await ada.Page.FillAsync("#Manuscript_Body", "As Ada has it.");
        await ada.Page.ClickAsync("text=See both texts and merge them");
        await ada.Page.WaitForSelectorAsync(".conflict");

        Assert.Equal("As Ada has it.", await ada.Page.InputValueAsync("#Manuscript_Body"));
        Assert.Contains("Ben", await ada.Page.InnerTextAsync(".conflict ins"), StringComparison.Ordinal);
        // The text of what is chosen stands in the field; what was typed there stays.
        var merged = ada.Page.Locator(".conflict textarea:not([readonly])");
        await ada.Page.CheckAsync(".conflict [value=Theirs]");
        Assert.Equal("As Ben has it.", (await merged.InputValueAsync()).Trim());
        await merged.FillAsync("As nobody has it.");
        await ada.Page.CheckAsync(".conflict [value=Mine]");
        Assert.Equal("As nobody has it.", await merged.InputValueAsync());
        await merged.FillAsync("As Ben has it.");
        await ada.Page.CheckAsync(".conflict [value=Theirs]");
        await ada.Page.CheckAsync(".conflict [value=Mine]");
        Assert.Equal("As Ada has it.", (await merged.InputValueAsync()).Trim());
        await ada.Page.ClickAsync(".keep button");
        await ada.Page.SaidAsync();
        var texts = await room.App.FromElsewhereAsync(
            db => db.Revisions.Where(r => r.Text.Body.StartsWith("As ")).Select(r => r.Text.Body).ToListAsync());
        Assert.Equal(["As Ada began.", "As Ada has it.", "As Ben has it."], texts.Order());
    }

    [BrowserFact]
    public async Task A_session_that_ends_while_one_writes_costs_no_word()
    {
        await using var window = await SignedInAsync("Hana Kim");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Headline", "Kept through the night");
        await page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");
        var address = new Uri(page.Url).AbsolutePath;

        await page.Context.ClearCookiesAsync();
        await page.FillAsync("#Manuscript_Body", "Written after the session had ended.");
        await page.WaitForFunctionAsync("() => document.querySelector('.saved').textContent.startsWith('Your session has ended')");

        // As the laptop was closed, and opened the next day.
        await SignInAsync(page, "Hana Kim");
        await page.GotoAsync(address);
        Assert.Equal("", await page.InputValueAsync("#Manuscript_Body"));
        await page.ClickAsync(".kept-here button:has-text('Restore')");
        Assert.Equal("Written after the session had ended.", await page.InputValueAsync("#Manuscript_Body"));
        await page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");
        await page.ReloadAsync();
        Assert.Equal("Written after the session had ended.", await page.InputValueAsync("#Manuscript_Body"));
    }

    [BrowserFact]
    public async Task What_is_pasted_from_a_page_becomes_Markdown()
    {
        await using var window = await SignedInAsync("Ines Vaz");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              const link = `<a href='${location.origin}/technology'>closed</a>`;
              data.setData("text/html", `<h1>Old quay</h1><p>It <b>was</b> ${link}.</p><script>alert(1)</script>`);
              const body = document.querySelector("#Manuscript_Body");
              body.focus();
              body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await page.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value !== ''");
        Assert.Equal("## Old quay\n\nIt **was** [closed](/technology).", await page.InputValueAsync("#Manuscript_Body"));
    }

    [BrowserFact]
    public async Task The_toolbar_marks_unmarks_and_leaves_undo_alone()
    {
        await using var window = await SignedInAsync("Jo Mara");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync("#Manuscript_Body");
        await page.Keyboard.TypeAsync("One two");
        await page.Keyboard.PressAsync("Shift+Control+ArrowLeft");
        await page.Keyboard.PressAsync("Control+b");
        Assert.Equal("One **two**", await BodyAsync());
        await page.Keyboard.PressAsync("Control+b");
        Assert.Equal("One two", await BodyAsync());
        await page.Keyboard.PressAsync("Control+i");
        await page.Keyboard.PressAsync("Control+z");
        Assert.Equal("One two", await BodyAsync());

        await page.FillAsync("#Manuscript_Body", "a\nb");
        await page.Keyboard.PressAsync("Control+a");
        await page.ClickAsync(".toolbar [title^=List]");
        Assert.Equal("- a\n- b", await BodyAsync());
        await page.ClickAsync(".toolbar [title^=List]");
        Assert.Equal("a\nb", await BodyAsync());

        await page.FillAsync("#Manuscript_Body", "A line.");
        await page.ClickAsync(".toolbar [title^=Pull]");
        await page.Keyboard.TypeAsync("Well said");
        Assert.Equal("A line.\n\n:::pullquote\nWell said\n\n— Name\n:::", await BodyAsync());
        await page.ClickAsync(".toolbar [title=Shortcuts]");
        await page.WaitForSelectorAsync(".editor-help[open]");

        Task<string> BodyAsync() => page.InputValueAsync("#Manuscript_Body");
    }

    [BrowserFact]
    public async Task An_answer_that_is_lost_on_its_way_makes_no_second_story_and_costs_no_word()
    {
        await using var window = await SignedInAsync("Kofi Asante");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        var lost = 0;
        await page.RouteAsync("**/admin/stories/new?handler=Autosave", async route =>
        {
            // The server keeps it; the browser never hears of it.
            if (lost++ > 0) { await route.ContinueAsync(); return; }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.FillAsync("#Manuscript_Headline", "Kept though nobody said so");
        await page.WaitForFunctionAsync("() => document.querySelector('.saved').textContent.startsWith('No connection')");
        await page.FillAsync("#Manuscript_Body", "And more since.");
        // On a slow machine the headline alone may be saved before the body is typed.
        await NewsHubApp.EventuallyAsync(() => room.App.FromElsewhereAsync(db => db.Revisions.AnyAsync(r =>
            r.Text.Headline == "Kept though nobody said so" && r.Text.Body == "And more since.")), "the body is kept");
        await AutosavedAsync(page);

        Assert.True(lost >= 2);
        var stories = await room.App.FromElsewhereAsync(
            db => db.Revisions.Where(r => r.Text.Headline == "Kept though nobody said so").Select(r => r.StoryId).Distinct().ToListAsync());
        Assert.Single(stories);
        await page.ReloadAsync();
        Assert.Equal("And more since.", await page.InputValueAsync("#Manuscript_Body"));
    }

    [BrowserFact]
    public async Task Two_windows_of_ones_own_each_keep_their_text_and_say_so()
    {
        await using var window = await SignedInAsync("Lena Ode");
        var one = window.Page;
        await window.GoAsync("/admin/stories/new");
        await one.FillAsync("#Manuscript_Body", "Start.");
        await one.ClickAsync(".keep button");
        await one.SaidAsync();
        var other = await one.Context.NewPageAsync();
        await other.GotoAsync(one.Url);

        await other.FillAsync("#Manuscript_Body", "From the other window.");
        await AutosavedAsync(other);
        await one.FillAsync("#Manuscript_Body", "From the one.");
        await AutosavedAsync(one);

        Assert.Contains("Another window of yours saved revision 2", await one.InnerTextAsync(".colleagues"), StringComparison.Ordinal);
        var texts = await room.App.FromElsewhereAsync(
            db => db.Revisions.Where(r => r.By == new Actor("Lena Ode")).OrderBy(r => r.Number).Select(r => r.Text.Body).ToListAsync());
        Assert.Equal(["Start.", "From the other window.", "From the one."], texts);
        Assert.Equal(0, await one.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('newsroom:')).length"));
    }

    [BrowserFact]
    public async Task A_session_that_was_renewed_in_another_window_goes_on_where_it_was()
    {
        await using var window = await SignedInAsync("Mira Sol");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.Context.ClearCookiesAsync();
        await page.FillAsync("#Manuscript_Body", "Typed without a session.");
        await page.WaitForFunctionAsync("() => document.querySelector('.saved').textContent.startsWith('Your session has ended')");

        var door = await page.Context.NewPageAsync();
        await SignInAsync(door, "Mira Sol");
        await door.CloseAsync();
        await page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await AutosavedAsync(page);
        Assert.Matches(@"/admin/stories/\d+$", page.Url);
    }

    [BrowserFact]
    public async Task Pictures_are_chosen_from_the_library_bylines_moved_and_the_proof_follows()
    {
        await using var window = await SignedInAsync("Nina Roe");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.FillAsync("#Manuscript_Body", "A line.");
        await page.ClickAsync("[data-pick]");
        await page.FillAsync(".picker [type=search]", "relay");
        await page.Locator(".picker-shot", new() { HasText = "relay.svg" }).ClickAsync();
        Assert.Equal("relay.svg", await page.InputValueAsync("#Manuscript_Picture"));

        await page.ClickAsync(".toolbar [title^=Picture]");
        await page.Locator(".picker-shot", new() { HasText = "relay.svg" }).ClickAsync();
        Assert.Equal("A line.\n\n![](relay.svg)", await page.InputValueAsync("#Manuscript_Body"));

        // None until it is asked for.
        Assert.Equal(0, await page.Locator(".byline").CountAsync());
        await page.ClickAsync("text=Add a byline");
        await page.SelectOptionAsync("[name='Manuscript.Bylines[0].Author']", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("text=Add a byline");
        await page.SelectOptionAsync("[name='Manuscript.Bylines[1].Author']", new SelectOptionValue { Index = 2 });
        var second = await page.InputValueAsync("[name='Manuscript.Bylines[1].Author']");
        await page.ClickAsync("[aria-label='Move author 2 up']");
        Assert.Equal(second, await page.InputValueAsync("[name='Manuscript.Bylines[0].Author']"));

        var proof = page.FrameLocator("iframe[name=proof]");
        await proof.Locator(".lead-shot img").WaitForAsync();
        await proof.Locator(".story-body figure img").WaitForAsync();
        Assert.Equal(0, await proof.Locator(".masthead").CountAsync());
        await AutosavedAsync(page);
        Assert.Empty(window.Complaints);
    }

    private static Task<IJSHandle> AutosavedAsync(IPage page) =>
        page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");

    private async Task<Window> SignedInAsync(string name)
    {
        await Colleague.HireAsync(room.App, Role.Editor, name, EmailOf(name));
        var window = await room.OpenAsync(width: 1440);
        await window.WriteMarkdownAsync();
        await SignInAsync(window.Page, name);
        return window;
    }

    private static string EmailOf(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/admin/sign-in");
        await page.FillAsync("#Email", EmailOf(name));
        await page.FillAsync("#Password", Colleague.Password);
        await page.ClickAsync("main form button[type=submit]");
        await page.ArrivesAtAsync("**/admin");
    }
}
