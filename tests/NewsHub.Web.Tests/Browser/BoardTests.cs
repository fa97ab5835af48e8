using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>The editions board with a mouse, a keyboard and a finger.</summary>
[Collection<NewsroomInBrowser>]
public sealed class BoardTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task Stories_are_dragged_to_their_places_and_saved()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(1440, 1200);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");

        await DragAsync(page, ids[0], "[data-place=Lead]");
        await DragAsync(page, ids[1], "[data-place=Second]");
        await DragAsync(page, ids[2], "[data-place=Second]");
        // The server has read the front as it stands.
        await page.WaitForFunctionAsync("() => !document.querySelector('#warnings').textContent.includes('no lead')");
        // A new lead: the old one becomes the first of the seconds.
        await DragAsync(page, ids[2], "[data-place=Lead]");
        Assert.Equal("Second", await page.InputValueAsync($"#place-of-{ids[0]}"));
        await page.ClickAsync("button[value=save]:visible");
        await page.SaidAsync();

        Assert.Equal($"Lead {ids[2]}, Second {ids[0]}, Second {ids[1]}", await OrderAsync(number));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Saved_by_hand_while_the_board_saves_itself_it_is_no_conflict_with_itself()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(1440, 1200);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");
        var (saved, goOn, order) = (new TaskCompletionSource(), new TaskCompletionSource(), new ConcurrentQueue<string>());
        // The store has what the board sent, and the answer is late.
        await page.RouteAsync("**/admin/editions/*", async route =>
        {
            if (route.Request.PostData?.Contains("Do=keep", StringComparison.Ordinal) is not true)
            {
                if (route.Request.Method is "POST") order.Enqueue("saved by hand");
                await route.ContinueAsync();
                return;
            }
            var answer = await route.FetchAsync();
            saved.TrySetResult();
            await goOn.Task;
            order.Enqueue("answered");
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        await DragAsync(page, ids[0], "[data-place=Lead]");
        await saved.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await page.ClickAsync("button[value=save]:visible");
        // Were the form on its way, this would be answered by the page that comes.
        await page.EvaluateAsync("1");
        goOn.SetResult();
        await page.SaidAsync();

        Assert.Equal(["answered", "saved by hand"], order);
        Assert.Equal($"Lead {ids[0]}", await OrderAsync(number));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task What_the_server_says_of_the_front_does_not_move_it_under_a_story_in_the_hand()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(1440, 1200);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");
        var goOn = new TaskCompletionSource();
        await page.RouteAsync("**/admin/editions/*", async route =>
        {
            var answer = await route.FetchAsync();
            await goOn.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        var asked = page.WaitForRequestAsync("**/admin/editions/*");
        await DragAsync(page, ids[0], "[data-place=Second]");
        await asked;
        var before = await page.InnerTextAsync("#warnings");

        await page.Locator($"#story-{ids[0]} .grip").HoverAsync();
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(700, 300, new() { Steps = 4 });
        var answered = page.WaitForResponseAsync("**/admin/editions/*");
        goOn.SetResult();
        await (await answered).FinishedAsync();
        // Two turns of the page: time enough for what came to be read.
        await page.EvaluateAsync("() => new Promise(done => setTimeout(() => setTimeout(done)))");
        Assert.Equal(before, await page.InnerTextAsync("#warnings"));

        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("before => document.querySelector('#warnings').innerText !== before", before);
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Stories_are_moved_by_keyboard_alone_and_every_move_is_said()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(1440, 1200);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");
        var grip = page.Locator($"#story-{ids[0]} .grip");
        var says = page.Locator("#board-says");

        await grip.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.Contains("is picked up: not placed", await says.TextContentAsync(), StringComparison.Ordinal);
        // Left of the stories at hand is the story's section, then opinions, briefs, seconds, the lead.
        foreach (var _ in Enumerable.Range(0, 5)) await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("Lead, 1 of 1.", await says.TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("", await page.InputValueAsync($"#place-of-{ids[0]}"));
        Assert.Equal("", await page.InnerTextAsync("#unsaved"));

        await page.Keyboard.PressAsync("Enter");
        foreach (var _ in Enumerable.Range(0, 5)) await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("Second, 1 of 1.", await says.TextContentAsync());
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Space");
        Assert.Contains("is dropped: Lead, 1 of 1.", await says.TextContentAsync(), StringComparison.Ordinal);
        Assert.True(await grip.EvaluateAsync<bool>("grip => grip === document.activeElement && grip.ariaPressed === 'false'"));
        await page.FocusAsync("button[value=save]:visible");
        await page.Keyboard.PressAsync("Enter");
        await page.SaidAsync();

        Assert.Equal($"Lead {ids[0]}", await OrderAsync(number));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task On_a_telephone_the_lists_of_places_move_stories_and_nothing_is_wider_than_the_screen()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(375, 812);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");
        await page.SelectOptionAsync($"#place-of-{ids[0]}", "Lead");
        await page.SelectOptionAsync($"#place-of-{ids[1]}", "Brief");
        await page.SelectOptionAsync($"#place-of-{ids[2]}", "Brief");
        await page.ClickAsync($"#story-{ids[2]} .nudge >> nth=0");
        Assert.True(await window.IsTrueAsync("document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await page.Locator("button[value=save]").IsVisibleAsync());
        await page.ClickAsync("button[value=save]");
        await page.SaidAsync();
        Assert.Equal($"Lead {ids[0]}, Brief {ids[2]}, Brief {ids[1]}", await OrderAsync(number));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task The_board_saves_itself_and_keeps_both_fronts_where_a_colleague_was_quicker()
    {
        var (number, ids) = await BeginAsync();
        await using var window = await OpenAsync(1440, 1200);
        var page = window.Page;
        await window.GoAsync($"/admin/editions/{number}");
        await page.SelectOptionAsync($"#place-of-{ids[0]}", "Lead");
        await page.WaitForFunctionAsync("() => document.querySelector('#unsaved').textContent.startsWith('Saved ')");
        Assert.Equal($"Lead {ids[0]}", await OrderAsync(number));

        await room.App.FromElsewhereAsync(async db =>
        {
            var edition = (await db.LoadEditionForEditingAsync(number))!;
            edition.Put(new StoryId(ids[1]), SlotKind.Brief);
            return await db.SaveChangesAsync();
        });
        await page.SelectOptionAsync($"#place-of-{ids[2]}", "Second");
        await page.WaitForFunctionAsync("() => document.querySelector('#unsaved').textContent.startsWith('Not saved: someone else')");
        Assert.Contains("came in at Brief", await page.InnerTextAsync(".meanwhile"), StringComparison.Ordinal);
        Assert.Equal("Second", await page.InputValueAsync($"#place-of-{ids[2]}"));
        Assert.Equal($"Lead {ids[0]}, Brief {ids[1]}", await OrderAsync(number));

        await page.SelectOptionAsync($"#place-of-{ids[1]}", "Brief");
        await page.ClickAsync("button[value=save]:visible");
        await page.SaidAsync();
        Assert.Equal($"Lead {ids[0]}, Second {ids[2]}, Brief {ids[1]}", await OrderAsync(number));
    }

    // As a hand does it: the grip is taken once it stands still, and the place is looked for with the story in the hand, until the line
    // is there: near an edge of the window the board scrolls meanwhile.
    private static async Task DragAsync(IPage page, long story, string to)
    {
        await page.Locator($"#story-{story} .grip").HoverAsync();
        await page.Mouse.DownAsync();
        for (var looks = 0; looks is 0 || (looks < 50 && await page.Locator($"{to} .mark").CountAsync() is 0); looks++)
        {
            var zone = (await page.Locator(to).BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(zone.X + 40, zone.Y + zone.Height - 4, new() { Steps = 8 });
        }
        await page.Mouse.UpAsync();
        var says = await page.InnerTextAsync("#board-says");
        Assert.True(await page.Locator($"{to} #story-{story}").CountAsync() is 1, $"Story {story} was dropped beside {to}: {says}");
    }

    private async Task<Window> OpenAsync(int width, int height)
    {
        const string email = "pia.board@example.org";
        await using (var scope = room.App.Services.CreateAsyncScope())
        {
            var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            if (await staff.FindByEmailAsync(email) is null)
                Assert.True((await staff.CreateAsync(
                    new StaffMember(email, "Pia Board", Role.Publisher, room.App.Time.GetUtcNow()) { EmailConfirmed = true },
                    Colleague.Password)).Succeeded);
        }
        var window = await room.OpenAsync(width, height);
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }

    /// <summary>An edition of its own and three stories, filed.</summary>
    private Task<(int Number, long[] Stories)> BeginAsync() => room.App.FromElsewhereAsync(async db =>
    {
        var number = await db.Editions.MaxAsync(e => e.Number) + 1;
        db.Editions.Add(new Edition(number, new DateOnly(2025, 7, 8), $"Made on the board {number}"));
        var ids = new List<long>();
        foreach (var n in Enumerable.Range(1, 3))
        {
            var story = await Desk.DraftAsync(
                db, string.Create(CultureInfo.InvariantCulture, $"Board story {number}.{n}"), room.App.Time.GetUtcNow());
            story.File(Desk.Editor, room.App.Time.GetUtcNow());
            await db.SaveChangesAsync();
            ids.Add(story.Id.Value);
        }
        return (number, ids.ToArray());
    });

    private Task<string> OrderAsync(int number) =>
        room.App.FromElsewhereAsync(async db => (await db.LoadEditionForEditingAsync(number))!.Order);
}
