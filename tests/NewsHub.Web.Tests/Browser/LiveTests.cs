using System.Net;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Tests.Browser;

/// <summary>A page that is alive: readers, reactions and what breaks, in open windows.</summary>
[Collection<ReaderInBrowser>]
public sealed class LiveTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task Two_readers_see_each_other_and_each_others_reactions_and_who_leaves_is_soon_gone()
    {
        await using var one = await room.OpenAsync();
        var other = await room.OpenAsync();
        await one.GoAsync(SamplePaper.FrenchStory);
        await other.GoAsync(SamplePaper.FrenchStory);
        await ReadsAsync(one, ".engagement .readers", "2 readers");
        await ReadsAsync(other, ".engagement .readers", "2 readers");

        await one.Page.ClickAsync(".react button[value=informed]");
        await Assertions.Expect(one.Page.Locator(".react button[value=informed]")).ToHaveAttributeAsync("aria-pressed", "true");
        await ReadsAsync(other, ".react button[value=informed] b", "1");
        await ReadsAsync(other, ".engagement .reacted", "1 reaction");
        Assert.Equal("false", await other.Page.GetAttributeAsync(".react button[value=informed]", "aria-pressed"));

        // One's own choice is there at the next visit, and a second press takes it back.
        await one.Page.ReloadAsync();
        await Assertions.Expect(one.Page.Locator(".react button[value=informed]")).ToHaveAttributeAsync("aria-pressed", "true");
        await one.Page.ClickAsync(".react button[value=informed]");
        await ReadsAsync(other, ".engagement .reacted", "0 reactions");

        Assert.Empty(other.Complaints);
        await other.DisposeAsync();
        await ReadsAsync(one, ".engagement .readers", "1 reader");
        Assert.DoesNotContain(one.Complaints, c => !c.Contains("/now?", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_seventh_tab_of_one_browser_still_loads_and_all_of_them_are_one_reader()
    {
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "Eight tabs", room.App.Time.GetUtcNow()));
        await NewsHubApp.EventuallyAsync(async () => (await room.App.GetAsync(address)).Status == HttpStatusCode.OK, "the story is there");
        await using var window = await room.OpenAsync();
        await window.GoAsync(address);
        var last = window.Page;
        for (var tab = 2; tab <= 8; tab++)
        {
            last = await window.Page.Context.NewPageAsync();
            await last.GotoAsync(address);
        }
        await Assertions.Expect(last.Locator(".engagement .readers")).ToHaveTextAsync("1 reader");
        await last.GotoAsync("/");
        Assert.True(await last.IsVisibleAsync(".lead .headline"));
    }

    [BrowserFact]
    public async Task An_entry_comes_to_a_page_that_is_open_moves_nothing_that_is_read_and_goes_when_it_is_deleted()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The regatta", now, Kind.Live));
        var id = await room.App.FromElsewhereAsync(async db =>
            (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Stories, s => s.Address == address)).Id);
        Task<LiveEntry> AddAsync(string words, int minute) =>
            room.App.FromElsewhereAsync(db => db.AddEntryAsync(id, new(null, words), words, Desk.Editor, now.AddMinutes(minute)));
        await AddAsync("They are off.\n\n" + string.Join("\n\n", Enumerable.Repeat("A long way to go.", 60)), 1);
        await using var window = await room.OpenAsync();
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync(address)).Text.Contains("They are off.", StringComparison.Ordinal),
            "the first entry is printed");
        await window.GoAsync(address);
        await AddAsync("Half way.", 2);
        await ReadsAsync(window, ".entries .entry:first-child .entry-words", "Half way.");
        await Assertions.Expect(window.Page.Locator(".live-say")).ToHaveTextAsync("1 new update");

        // Further down, the new one waits behind a button.
        await window.Page.EvaluateAsync(
            "scrollTo({ top: document.querySelector('.entries').getBoundingClientRect().top + scrollY + 150, behavior: 'instant' })");
        var last = await AddAsync("The Heron is first.", 3);
        await ReadsAsync(window, ".live-new", "1 new update");
        Assert.Equal(2, await window.Page.Locator(".entries .entry").CountAsync());
        await window.Page.ClickAsync(".live-new");
        await ReadsAsync(window, ".entries .entry:first-child .entry-words", "The Heron is first.");
        await Assertions.Expect(window.Page.Locator(".live-new")).ToHaveCountAsync(0);

        await room.App.FromElsewhereAsync(async db =>
        {
            var entry = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
                db.LiveEntries, e => e.Id == last.Id);
            await db.DeleteEntryAsync(entry, true, Desk.Editor, now.AddMinutes(4));
            return 0;
        });
        await ReadsAsync(window, ".entries .entry:first-child .entry-words", "Half way.");
        Assert.DoesNotContain(window.Complaints, c => !c.Contains("/now?", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task News_that_breaks_comes_to_a_page_that_is_open_is_announced_and_goes_again()
    {
        var now = room.App.Time.GetUtcNow();
        var address = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "The dam holds", now));
        await using var window = await room.OpenAsync();
        await window.GoAsync("/about");
        Assert.Equal(0, await window.Page.Locator(".breaking").CountAsync());
        await room.App.FromElsewhereAsync(db => Desk.ChangeAsync(db, address, (story, _) => story.Flag(now.AddHours(2), Desk.Editor, now)));
        await ReadsAsync(window, ".breaking a", "The dam holds");
        await Assertions.Expect(window.Page.Locator(".breaking [role=status]")).ToHaveTextAsync("Breaking news: The dam holds");
        await Assertions.Expect(window.Page.Locator(".breaking button")).ToHaveCountAsync(1);

        await room.App.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (story, _) => story.Withdraw("A test.", "a test", Desk.Editor, room.App.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            return await window.Page.Locator(".breaking").CountAsync() == 0;
        }, "the bar is gone");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Without_scripts_a_reaction_is_a_form_and_is_taken_back_by_another()
    {
        await using var window = await room.OpenAsync(scripts: false);
        await window.GoAsync(SamplePaper.ArabicStory);
        await window.Page.ClickAsync(".react button[value=hopeful]");
        Assert.Equal("Your reaction: Hopeful", await window.Page.InnerTextAsync("h1"));
        await window.Page.ClickAsync("text=Take it back");
        Assert.Equal("You have not reacted to this story", await window.Page.InnerTextAsync("h1"));
        await window.Page.ClickAsync("text=Back to the story");
        Assert.EndsWith(SamplePaper.ArabicStory + "#engagement", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Elsewhere);
    }

    /// <summary>The page says so, as time goes by.</summary>
    private Task ReadsAsync(Window window, string place, string words) => NewsHubApp.EventuallyAsync(async () =>
    {
        room.App.Time.Advance(TimeSpan.FromSeconds(1));
        return (await window.Page.Locator(place).AllInnerTextsAsync()).SingleOrDefault() == words;
    }, $"{place} says {words}");
}
