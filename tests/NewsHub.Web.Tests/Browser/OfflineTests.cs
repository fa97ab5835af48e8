using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsHub.Core.Audience;

namespace NewsHub.Web.Tests.Browser;

/// <summary>What was read can be read again without a network, and never in place of newer news.</summary>
[Collection<ReaderInBrowser>]
public sealed class OfflineTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task The_first_story_that_was_opened_is_read_again_offline_and_says_from_when_it_is()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, SamplePaper.LeadStory);
        await window.Page.Context.SetOfflineAsync(true);
        await window.Page.ReloadAsync();
        Assert.Equal(
            "US breaks up the ring that put North Korean coders on American payrolls", (await window.Page.InnerTextAsync("h1")).Trim());
        Assert.StartsWith("You are offline. This is the page as you read it on ", await LineAsync(window), StringComparison.Ordinal);
        Assert.Matches(@"\d{4} at \d\d:\d\d", await window.Page.InnerTextAsync(".offline time"));
        // In its own dress, type and picture.
        Assert.Contains("News Headline",
            await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).fontFamily"), StringComparison.Ordinal);
        Assert.True(await window.IsTrueAsync(
            "document.fonts.ready.then(fonts => [...fonts].some(f => f.family.includes('News Headline') && f.status === 'loaded'))"));
        Assert.True(await window.IsTrueAsync("document.querySelector('.lead-shot img').decode().then(() => true)"));
        Assert.True(await window.IsTrueAsync("document.querySelector('.comfort').hidden === false"), "The page's own scripts run.");
    }

    [BrowserFact]
    public async Task A_link_in_a_letter_leads_to_the_page_that_is_kept()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, SamplePaper.FrenchStory);
        await window.Page.Context.SetOfflineAsync(true);
        await window.GoAsync(SamplePaper.FrenchStory + "?utm_source=letter#share");
        Assert.StartsWith("You are offline. This is the page", await LineAsync(window), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_page_that_was_not_opened_is_answered_by_those_that_were()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, SamplePaper.ArabicStory);
        await OpenAsync(window, SamplePaper.FrenchStory);
        await window.Page.Context.SetOfflineAsync(true);
        await window.GoAsync("/science");
        Assert.EndsWith("/science", window.Page.Url, StringComparison.Ordinal);
        Assert.StartsWith(
            "You are offline. The page you asked for is not kept in this browser.", await LineAsync(window), StringComparison.Ordinal);
        Assert.Equal("Reading offline", await window.Page.InnerTextAsync("h1"));
        await Assertions.Expect(window.Page.Locator(".kept li")).ToHaveCountAsync(2);
        Assert.Equal(0, await window.Page.Locator(".ticker, .breaking, .folio time").CountAsync());
        // Newest first, and each leads to what was kept.
        Assert.EndsWith(
            SamplePaper.FrenchStory, await window.Page.GetAttributeAsync(".kept li:first-child a", "href"), StringComparison.Ordinal);
        Assert.Equal("ar", await window.Page.GetAttributeAsync(".kept li:last-child a", "lang"));
        await window.Page.ClickAsync(".kept li:last-child a");
        await window.Page.ArrivesAtAsync("**" + SamplePaper.ArabicStory);
        Assert.Equal(1, await window.Page.Locator(".story-body").CountAsync());

        // The network is back: so is the page.
        await window.GoAsync("/science");
        await window.Page.Context.SetOfflineAsync(false);
        await window.Page.ClickAsync(".offline a");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Science");
        Assert.Equal(0, await window.Page.Locator(".offline").CountAsync());
    }

    [BrowserFact]
    public async Task News_is_shown_as_soon_as_there_is_a_network_and_is_what_is_kept_from_then_on()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The ferry is late", now));
        await ShowsAsync(address, "The ferry is late");
        await using var window = await room.OpenAsync();
        await OpenAsync(window, address);
        await window.Page.Context.SetOfflineAsync(true);
        await window.Page.ReloadAsync();
        await room.App.FromElsewhereAsync(db => Desk.UpdateAsync(db, address, "The ferry is in", now.AddMinutes(1)));
        await ShowsAsync(address, "The ferry is in");
        Assert.Equal("The ferry is late", (await window.Page.InnerTextAsync("h1")).Trim());

        await window.Page.Context.SetOfflineAsync(false);
        await window.Page.ReloadAsync();
        Assert.Equal("The ferry is in", (await window.Page.InnerTextAsync("h1")).Trim());
        Assert.Equal(0, await window.Page.Locator(".offline").CountAsync());
        await window.UntilAsync("async () => (await (await caches.match(location.pathname))?.text())?.includes('The ferry is in')");
        await window.Page.Context.SetOfflineAsync(true);
        await window.Page.ReloadAsync();
        Assert.Equal("The ferry is in", (await window.Page.InnerTextAsync("h1")).Trim());
    }

    [BrowserFact]
    public async Task A_withdrawn_story_is_kept_no_longer_and_neither_is_a_notice()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The bridge is open", now));
        await ShowsAsync(address, "The bridge is open");
        await using var window = await room.OpenAsync();
        await OpenAsync(window, address);
        await room.App.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (story, _) => story.Withdraw("A test.", "a test", Desk.Editor, now.AddMinutes(1))));
        await ShowsAsync(address, "withdrawn");
        await window.Page.ReloadAsync();
        await window.UntilAsync("async () => !await caches.match(location.pathname)");
        await window.GoAsync("/nothing-here");
        await OpenAsync(window, "/about");
        Assert.Equal(["/about"], await KeptAsync(window));
    }

    [BrowserFact]
    public async Task Nothing_of_the_newsroom_is_kept_nor_what_is_a_moment_s()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, "/about");
        foreach (var path in new[]
        {
            "/admin/sign-in", "/admin", "/preview/none", "/healthz", "/rates/convert?amount=3&from=USD&to=EUR", "/Admin/Sign-In",
        })
        {
            await window.GoAsync(path);
        }
        await OpenAsync(window, "/colophon");
        Assert.Equal(["/about", "/colophon"], (await KeptAsync(window)).Order(StringComparer.Ordinal));
        await window.GoAsync("/admin/sign-in");
        await window.Page.Context.SetOfflineAsync(true);
        await Assert.ThrowsAsync<PlaywrightException>(() => window.GoAsync("/admin/sign-in"));
    }

    [BrowserFact]
    public async Task The_newsroom_s_door_takes_on_no_worker()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/admin/sign-in");
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(0, await window.Page.EvaluateAsync<int>("navigator.serviceWorker.getRegistrations().then(all => all.length)"));
    }

    [BrowserFact]
    public async Task Sixty_pages_are_kept_and_the_oldest_make_way()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, "/about");
        await window.Page.EvaluateAsync("""
            (async () => {
              const cache = await caches.open((await caches.keys()).find(name => name.startsWith("pages ")));
              for (let n = 1; n <= 59; n++) {
                const headers = { "Content-Type": "text/html", Kept: new Date(n * 1000).toISOString() };
                await cache.put(`/old/${n}`, new Response("<title>old</title>", { headers }));
              }
            })()
            """);
        // Opened again, a page is among the newest.
        await OpenAsync(window, "/colophon");
        await window.GoAsync("/about");
        await window.UntilAsync("async () => (await (await caches.open((await caches.keys()).find(name => name.startsWith('pages "
            + "')))).keys()).at(-1).url.endsWith('/about')");
        await OpenAsync(window, "/corrections");
        await window.UntilAsync(
            "async () => (await (await caches.open((await caches.keys()).find(name => name.startsWith('pages ')))).keys()).length === 60");
        var kept = await KeptAsync(window);
        Assert.DoesNotContain("/old/2", kept);
        Assert.Contains("/old/3", kept);
        Assert.Equal(["/colophon", "/about", "/corrections"], kept.TakeLast(3));
    }

    [BrowserFact]
    public async Task A_reader_can_have_the_kept_pages_forgotten()
    {
        await using var window = await room.OpenAsync();
        await OpenAsync(window, SamplePaper.LeadStory);
        await window.GoAsync("/offline");
        await Assertions.Expect(window.Page.Locator(".kept li")).ToHaveCountAsync(1);
        await window.Page.ClickAsync("text=Forget these pages");
        await Assertions.Expect(window.Page.Locator(".kept [role=status]"))
            .ToHaveTextAsync("Forgotten. Nothing that you read is kept in this browser now.");
        Assert.Equal(0, await window.Page.Locator(".kept li").CountAsync());
        Assert.Empty(await KeptAsync(window));
        Assert.False(await window.Page.IsVisibleAsync(".kept button"));
    }

    [BrowserFact]
    public async Task What_an_older_worker_kept_otherwise_is_dropped()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/about");
        await window.Page.EvaluateAsync("navigator.serviceWorker.ready.then(r => r.unregister())");
        await window.Page.EvaluateAsync("caches.open('pages 0').then(cache => cache.put('/about', new Response('old')))");
        await OpenAsync(window, "/about");
        Assert.DoesNotContain("pages 0", await window.Page.EvaluateAsync<string[]>("caches.keys()"));
    }

    [BrowserFact]
    public async Task A_page_that_the_worker_fetches_for_a_window_is_a_view_and_what_it_fetches_for_itself_is_none()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The lighthouse is painted", now));
        await ShowsAsync(address, "The lighthouse");
        await using var window = await room.OpenAsync();
        await OpenAsync(window, address);
        await window.Page.ReloadAsync();
        await window.Page.ReloadAsync();
        var views = 0;
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(10));
            views = await room.App.FromElsewhereAsync(async db =>
            {
                var id = (await db.Stories.SingleAsync(s => s.Address == address)).Id.Value;
                return await db.DayCounts.Where(c => c.Subject == Subject.Story && c.SubjectId == id).SumAsync(c => c.Views);
            });
            return views >= 3;
        }, $"the visits are counted; it is {views}");
        Assert.Equal(3, views);
    }

    /// <summary>Opens a page, until the worker has it.</summary>
    private static async Task OpenAsync(Window window, string path)
    {
        await window.GoAsync(path);
        await window.UntilAsync("""
            async () => {
              const worker = (await navigator.serviceWorker.ready).active;
              const has = async name => await caches.match(name);
              return worker.state === "activated" && navigator.serviceWorker.controller && await has(location.pathname)
                && (await Promise.all(performance.getEntriesByType("resource")
                  .map(e => new URL(e.name))
                  .filter(u => /^\/(assets|media)\//.test(u.pathname))
                  .map(u => has(u.href)))).every(Boolean);
            }
            """);
    }

    private static async Task<string> LineAsync(Window window) => (await window.Page.InnerTextAsync(".offline")).Trim();

    private static Task<string[]> KeptAsync(Window window) => window.Page.EvaluateAsync<string[]>("""
        (async () => {
          const name = (await caches.keys()).find(name => name.startsWith("pages "));
          return name ? (await (await caches.open(name)).keys()).map(r => new URL(r.url).pathname) : [];
        })()
        """);

    private Task ShowsAsync(string address, string words) => NewsHubApp.EventuallyAsync(
        async () => (await room.App.GetAsync(address)).Text.Contains(words, StringComparison.Ordinal), $"the page says {words}");
}
