
namespace NewsHub.Web.Tests.Browser;

[Collection<ReaderInBrowser>]
public sealed class BreakingBarTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task The_bar_is_announced_once_and_stays_away_once_it_was_dismissed()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The bridge is shut", now));
        await room.App.FromElsewhereAsync(db => Desk.ChangeAsync(db, address, (story, _) => story.Flag(now.AddHours(2), Desk.Editor, now)));
        try
        {
            await NewsHubApp.EventuallyAsync(
                async () => (await room.App.GetAsync("/")).Text.Contains("class=\"breaking\"", StringComparison.Ordinal),
                "the bar is there");
            await using var window = await room.OpenAsync();
            await window.GoAsync("/");
            // As a function: a bare expression is evaluated again at every frame, which the page's own policy forbids.
            await window.Page.WaitForFunctionAsync(
                "() => document.querySelector('.breaking [role=status]').textContent === 'Breaking news: The bridge is shut'");
            await window.GoAsync("/corrections");
            await window.Page.Locator(".breaking button").WaitForAsync();
            // Longer than the island waits before it speaks, by the page's own clock.
            await window.Page.EvaluateAsync("new Promise(done => setTimeout(done, 700))");
            Assert.True(await window.IsTrueAsync("document.querySelector('.breaking [role=status]').textContent === ''"));

            await window.Page.Locator(".breaking button").ClickAsync();
            Assert.False(await window.Page.Locator(".breaking").IsVisibleAsync());
            Assert.True(await window.IsTrueAsync("document.activeElement.id === 'main'"));
            await window.GoAsync("/");
            Assert.False(await window.Page.Locator(".breaking").IsVisibleAsync());
            Assert.Empty(window.Complaints);

            // To someone else, and without scripts, it is there.
            await using var other = await room.OpenAsync(scripts: false);
            await other.GoAsync("/");
            Assert.True(await other.Page.Locator(".breaking a").IsVisibleAsync());
            Assert.Equal(0, await other.Page.Locator(".breaking button").CountAsync());
        }
        finally
        {
            await room.App.FromElsewhereAsync(
                db => Desk.ChangeAsync(db, address, (story, _) => story.Withdraw("A test.", "a test", Desk.Editor, now)));
            await NewsHubApp.EventuallyAsync(
                async () => !(await room.App.GetAsync("/")).Text.Contains("class=\"breaking\"", StringComparison.Ordinal),
                "the bar is gone");
        }
    }
}
