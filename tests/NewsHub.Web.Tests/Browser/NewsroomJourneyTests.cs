using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>A newsroom's first day: from the set-up link to a withdrawn story, each colleague at a window of their own.</summary>
[Collection<NewsroomInBrowser>]
public sealed partial class NewsroomJourneyTests(BrowserRoom room)
{
    private const string Headline = "A harbour reopens after the flood", Wrong = "The ferry left at dawn.", Right =
        "The ferry left at noon.", Note = "An earlier version gave a wrong hour. The ferry left at noon.";

    [BrowserFact]
    public async Task An_empty_paper_has_its_first_live_story_after_six_clicks_and_no_page_between()
    {
        var nothing = Directory.CreateTempSubdirectory("newshub-nothing-");
        await using var app = new NewsHubApp { Content = nothing.FullName };
        app.UseKestrel(0);
        app.StartServer();
        await using var ada = await room.OpenAsync(1440, address: app.ClientOptions.BaseAddress.ToString().TrimEnd('/'));
        var (page, clicks) = (ada.Page, 0);
        async Task ClickAsync(string what)
        {
            clicks++;
            await page.ClickAsync(what);
        }

        await ada.GoAsync(app.Services.GetRequiredService<SetUpKey>().Path);
        await FillAsync(ada, ("Name", "Ada Obi"), ("Email", "ada@example.org"), ("Password", Colleague.Password));
        await ClickAsync("main form button[type=submit]");
        await page.ArrivesAtAsync("**/admin");
        await ClickAsync("main .head >> text=New story");
        await page.WaitForSelectorAsync(".surface-text");
        foreach (var line in (string[])["The bridge is open", "After six years.", "The first car crossed at noon."])
        {
            await page.Keyboard.TypeAsync(line);
            if (!line.StartsWith("The first", StringComparison.Ordinal)) await page.Keyboard.PressAsync("Enter");
        }
        await ClickAsync("#NewSection");
        await page.Keyboard.TypeAsync("Town");
        await ClickAsync("[data-make=author]");
        await page.Keyboard.TypeAsync("Ada Obi");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".byline");
        // What was typed, and the section that was named, are in the store before the page that asks.
        await ClickAsync(".acts >> text=Publish…");
        await page.ArrivesAtAsync("**/publish");
        Assert.DoesNotContain("Fix before publishing", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await ClickAsync("main form button:has-text('Publish')");
        await page.SaidAsync();

        Assert.Equal(6, clicks);
        var town = await app.ParseAsync("/town");
        Assert.Equal("The bridge is open", town.QuerySelector("main .headline")!.TextContent.Trim());
        Assert.Empty(ada.Complaints);
        nothing.Delete(recursive: true);
    }

    [BrowserTheory]
    [InlineData(1440, true)]
    [InlineData(375, true)]
    [InlineData(1440, false)]
    public async Task A_paper_is_set_up_and_a_story_goes_from_a_blank_page_to_the_front_and_off_it(int width, bool scripts)
    {
        using var paper = new MadeUpPaper();
        await using var app = new NewsHubApp { Content = paper.Folder };
        app.UseKestrel(0);
        app.StartServer();
        Task<Window> OpenAsync() => room.OpenAsync(width, scripts: scripts, address: app.ClientOptions.BaseAddress.ToString().TrimEnd('/'));
        await using var ada = await OpenAsync();
        await using var edie = await OpenAsync();
        await using var rui = await OpenAsync();
        await using var reader = await OpenAsync();
        Window[] windows = [ada, edie, rui, reader];
        foreach (var window in windows) await window.WriteMarkdownAsync();

        // The door: a link that the program printed, and two that come by mail.
        await ada.GoAsync(app.Services.GetRequiredService<SetUpKey>().Path);
        await FillAsync(ada, ("Name", "Ada Obi"), ("Email", "ada@example.org"), ("Password", Colleague.Password));
        await PressAsync(ada, "Create account");
        await ada.Page.ArrivesAtAsync("**/admin");
        await InviteAsync("Edie Tor", "edie@example.org", Role.Editor);
        await InviteAsync("Rui Marques", "rui@example.org", Role.Reporter);
        await JoinAsync(edie, "edie@example.org");
        await JoinAsync(rui, "rui@example.org");

        // The reporter brings a picture and writes a story with it.
        await EnterAsync(rui, "Media");
        await rui.Page.ClickAsync(".adder summary");
        await rui.Page.SetInputFilesAsync(
            "#file", new FilePayload { Name = "the quay.jpg", MimeType = "image/jpeg", Buffer = Shots.Jpeg(1500, 1000) });
        if (scripts) await rui.Page.ClickAsync(".is-there a");
        else await SendAsync(rui, "Upload");
        await FillAsync(rui, ("Typed_Alt", "The quay, half under water"), ("Typed_Credit", "R. Marques"));
        await SendAsync(rui, "Save");
        await EnterAsync(rui, "Desk");
        await rui.Page.ClickAsync("main .head >> text=New story");
        await FillAsync(rui, ("Manuscript_Headline", Headline), ("Manuscript_Body", Wrong));
        // On a narrow screen the details stand behind a switch.
        if (await rui.Page.IsVisibleAsync(".views")) await rui.Page.ClickAsync(".views >> text=Details");
        await rui.Page.SelectOptionAsync("#Manuscript_Section", "harbour");
        if (scripts) await rui.Page.ClickAsync("text=Add a byline");
        await rui.Page.SelectOptionAsync("[name='Manuscript.Bylines[0].Author']", "ada-night");
        await FillAsync(rui, ("Manuscript_Picture", "the-quay.jpg"));
        await SendAsync(rui, "Save");
        var story = StoryNumber().Match(rui.Page.Url).Groups[1].Value;
        var desk = $"/admin/stories/{story}";
        await ActAsync(rui, "File…", "File");

        // The editor finds it on the desk, and returns it: it has no standfirst.
        await EnterAsync(edie, "Desk");
        await edie.Page.ClickAsync($"main a[href='{desk}']");
        await ChooseAsync(edie, "Return…");
        await FillAsync(edie, ("Note", "It has no standfirst yet."));
        await SendAsync(edie, "Return");
        await EnterAsync(rui, "Desk");
        await rui.Page.ClickAsync($"main a[href='{desk}']");
        Assert.Contains("It has no standfirst yet.", await rui.Page.InnerTextAsync(".note-back"), StringComparison.Ordinal);
        await FillAsync(rui, ("Manuscript_Standfirst", "Boats are back at the quay."));
        await SendAsync(rui, "Save");
        await ActAsync(rui, "File…", "File");
        await edie.GoAsync(desk);
        await ActAsync(edie, "Approve…", "Approve");

        // It is due at six, and goes live by itself.
        await ada.GoAsync(desk);
        await ChooseAsync(ada, "Schedule…");
        await FillAsync(ada, ("At_Local", "2025-07-01T18:00"));
        await SendAsync(ada, "Schedule");
        await reader.GoAsync("/harbour");
        Assert.DoesNotContain(Headline, await reader.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromHours(3));
        await ReadsAsync("/harbour", Headline);
        await reader.Page.ClickAsync($"main >> text={Headline}");
        await reader.Page.ArrivesAtAsync("**/harbour/2025/**");
        var address = new Uri(reader.Page.Url).AbsolutePath;
        Assert.Equal(Headline, (await reader.Page.InnerTextAsync("h1")).Trim());
        Assert.Contains(Wrong, await reader.Page.InnerTextAsync(".story-body"), StringComparison.Ordinal);
        Assert.Contains("R. Marques", await reader.Page.InnerTextAsync("main figure figcaption"), StringComparison.Ordinal);
        Assert.Equal("The quay, half under water", await reader.Page.GetAttributeAsync("main figure img", "alt"));
        await NewsHubApp.EventuallyAsync(
            () => reader.IsTrueAsync("document.querySelector('main figure img').naturalWidth > 0"), "the picture is there");
        await ReadsAsync("/", Headline);

        // What was wrong in it is put right, and readers are told.
        await edie.GoAsync(desk);
        await FillAsync(edie, ("Manuscript_Body", Right));
        await SendAsync(edie, "Save");
        await ReadsAsync(address, Wrong);
        await ada.GoAsync(desk);
        await ChooseAsync(ada, "Correct…");
        await FillAsync(ada, ("Note", Note));
        await SendAsync(ada, "Publish the correction");
        await ReadsAsync(address, Right, Note);
        Assert.DoesNotContain(Wrong, await reader.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        // The first edition.
        await EnterAsync(ada, "Editions");
        await ada.Page.ClickAsync("main >> text=New edition >> nth=0");
        await FillAsync(ada, ("Folio_Title", "The water is gone"));
        await PressAsync(ada, "Create edition");
        await ada.Page.SelectOptionAsync($"#place-of-{story}", "Lead");
        await SendAsync(ada, "Save");
        await ada.Page.ClickAsync(".acts >> text=Publish…");
        await SendAsync(ada, "Publish No. 1");
        await ReadsAsync("/editions/1", Headline, "The water is gone");
        await ReadsAsync("/", Headline);
        Assert.Equal(Headline, (await reader.Page.InnerTextAsync(".lead .headline")).Trim());

        // And off it comes.
        await ada.GoAsync(desk);
        await ChooseAsync(ada, "Withdraw…");
        await FillAsync(ada, ("Notice", "This article is withdrawn: the harbour is closed."), ("Reason", "The harbour master rang."));
        await SendAsync(ada, "Withdraw the story");
        await NewsHubApp.EventuallyAsync(
            async () => (await app.GetAsync(address)).Status is System.Net.HttpStatusCode.Gone, $"{address} is gone");
        foreach (var place in (string[])["/", "/harbour", "/editions/1"])
        {
            await NewsHubApp.EventuallyAsync(async () => !(await app.GetAsync(place)).Text.Contains(Headline, StringComparison.Ordinal),
                $"{place} names the story no longer");
        }
        // Who leaves a page breaks off what it was still fetching: the proof beside the text, say. All else is a complaint.
        Assert.All(windows, w => Assert.DoesNotContain(w.Complaints, c => !c.EndsWith("net::ERR_ABORTED", StringComparison.Ordinal)));
        await reader.GoAsync(address);
        Assert.Contains("the harbour is closed", await reader.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain(Right, await reader.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.All(windows, w => Assert.Empty(w.Elsewhere));

        async Task InviteAsync(string name, string email, Role role)
        {
            await EnterAsync(ada, "Team");
            await ada.Page.ClickAsync("main .head a");
            await FillAsync(ada, ("Name", name), ("Email", email));
            await ada.Page.CheckAsync($"[name=Role][value={role}]");
            await SendAsync(ada, "Create account");
        }

        async Task JoinAsync(Window window, string email)
        {
            await window.GoAsync(Outbox.PathIn(await Outbox.ExpectAsync(app, email, "Your place")));
            await FillAsync(window, ("Password", Colleague.Password));
            await PressAsync(window, "Join");
            await window.Page.ArrivesAtAsync("**/admin");
            await OpenMenuAsync(window);
            await PressAsync(window, "Sign out");
            await window.GoAsync("/admin/sign-in");
            await FillAsync(window, ("Email", email), ("Password", Colleague.Password));
            await PressAsync(window, "Sign in");
            await window.Page.ArrivesAtAsync("**/admin");
        }

        Task ReadsAsync(string path, params string[] sentences) => NewsHubApp.EventuallyAsync(async () =>
        {
            await reader.GoAsync(path);
            var read = await reader.Page.InnerTextAsync("main");
            return sentences.All(sentence => read.Contains(sentence, StringComparison.Ordinal));
        }, $"{path} says {string.Join(", ", sentences)}");
    }

    [BrowserFact]
    public async Task A_ready_story_is_published_with_the_keyboard_alone()
    {
        const string name = "Kay Board", headline = "A story that no mouse has touched";
        var kay = await Colleague.HireAsync(room.App, Role.Publisher, name, "kay.board@example.org");
        var id = await room.App.FromElsewhereAsync(async db =>
        {
            var story = await Desk.DraftAsync(db, headline, room.App.Time.GetUtcNow());
            // To her: the desk's own pile is long where other tests have filed.
            story.File(Desk.Editor, room.App.Time.GetUtcNow(), kay);
            await db.SaveChangesAsync();
            return story.Id;
        });
        await using var window = await room.OpenAsync(width: 1440);
        var keys = window.Page.Keyboard;
        await window.GoAsync("/admin/sign-in");
        await TabToAsync(window, "Email");
        await keys.TypeAsync("kay.board@example.org");
        await TabToAsync(window, "Password");
        await keys.TypeAsync(Colleague.Password);
        await keys.PressAsync("Enter");
        await window.Page.ArrivesAtAsync("**/admin");
        await TabToAsync(window, headline);
        await keys.PressAsync("Enter");
        await window.Page.ArrivesAtAsync($"**/admin/stories/{id}");
        await TabToAsync(window, "Publish…");
        await keys.PressAsync("Enter");
        await window.Page.ArrivesAtAsync("**/publish");
        await TabToAsync(window, "Publish");
        await keys.PressAsync("Space");
        await window.Page.WaitForSelectorAsync("main .said");

        Assert.Equal(
            StoryState.Live, await room.App.FromElsewhereAsync(db => db.Stories.Where(s => s.Id == id).Select(s => s.State).SingleAsync()));
        Assert.Empty(window.Complaints);
    }

    /// <summary>Tab after Tab, until what is named so has the focus; and that one sees where it is.</summary>
    private static async Task TabToAsync(Window window, string name)
    {
        const string focused = """
            () => {
              const at = document.activeElement;
              return (at.labels?.[0] ?? at).innerText?.trim() ?? "";
            }
            """;
        var passed = new List<string>();
        while (await window.Page.EvaluateAsync<string>(focused) != name)
        {
            Assert.True(passed.Count < 150, $"No Tab comes to {name}: {string.Join(", ", passed)}");
            await window.Page.Keyboard.PressAsync("Tab");
            passed.Add(await window.Page.EvaluateAsync<string>(focused));
        }
        Assert.True(await window.IsTrueAsync("document.activeElement.matches(':focus-visible') && getComputedStyle(document."
            + "activeElement).outlineStyle !== 'none'"), $"{name} has the focus, and one does not see it.");
    }

    private static async Task FillAsync(Window window, params (string Id, string Text)[] fields)
    {
        foreach (var (id, text) in fields) await window.Page.FillAsync($"#{id}", text);
    }

    private static Task PressAsync(Window window, string name) =>
        window.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Presses a button, and reads on the next page that it was done: what the page before said does not count.</summary>
    private static async Task SendAsync(Window window, string button)
    {
        var turned = new TaskCompletionSource();
        void Turned(object? page, IFrame frame)
        {
            if (frame == window.Page.MainFrame) turned.TrySetResult();
        }
        window.Page.FrameNavigated += Turned;
        await PressAsync(window, button);
        await turned.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        window.Page.FrameNavigated -= Turned;
        await window.Page.WaitForSelectorAsync("main .said");
    }

    /// <summary>On a telephone the rail is behind 'Menu'.</summary>
    private static async Task OpenMenuAsync(Window window)
    {
        if (await window.Page.IsVisibleAsync(".rail-menu:not([open]) summary")) await window.Page.ClickAsync(".rail-menu summary");
    }

    private static async Task EnterAsync(Window window, string place)
    {
        await OpenMenuAsync(window);
        await window.Page.ClickAsync($".rail-rooms >> text={place}");
        await window.Page
            .Locator(".rail-rooms [aria-current]", new() { HasText = place })
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>By the acts at the story's head; some are behind 'More'.</summary>
    private static async Task ChooseAsync(Window window, string act)
    {
        var link = window.Page.Locator("nav.acts a", new() { HasText = act });
        if (!await link.IsVisibleAsync()) await window.Page.ClickAsync(".more-acts summary");
        await link.ClickAsync();
        await window.Page.WaitForSelectorAsync(".about-story");
    }

    private static async Task ActAsync(Window window, string act, string press)
    {
        await ChooseAsync(window, act);
        await SendAsync(window, press);
    }

    [GeneratedRegex(@"/admin/stories/(\d+)$")]
    private static partial Regex StoryNumber();
}
