using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>The planning calendar with a mouse and with a keyboard.</summary>
[Collection<NewsroomInBrowser>]
public sealed class PlanningBrowserTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task An_assignment_is_dragged_to_another_day_and_a_scheduled_story_asks_first()
    {
        var id = await PlanAsync("dragged", new DateOnly(2030, 5, 7));
        var story = await room.App.FromElsewhereAsync(async db =>
        {
            var draft = await Desk.DraftAsync(db, "Promised to the minute", room.App.Time.GetUtcNow());
            draft.Schedule(new DateTimeOffset(2030, 5, 8, 9, 15, 0, TimeSpan.Zero), Desk.Editor, room.App.Time.GetUtcNow());
            await db.SaveChangesAsync();
            return draft.Id;
        });
        await using var window = await OpenAsync("/admin/planning?view=week&day=2030-05-06");
        var page = window.Page;

        await page.Locator($"#a{id}").DragToAsync(page.Locator(".day[data-to='2030-05-10']"));
        await page.WaitForSelectorAsync($".day[data-to='2030-05-10'] #a{id}");
        await page.WaitForFunctionAsync("() => document.querySelector('#planning-says').textContent.includes('planned for 10 May 2030')");
        Assert.Equal(new DateOnly(2030, 5, 10), await DayOfAsync(id));
        await page.ClickAsync("#planning-says button");
        await page.WaitForSelectorAsync($".day[data-to='2030-05-07'] #a{id}");

        await page.Locator($"#schedule-{story}").DragToAsync(page.Locator(".day[data-to='2030-05-11']"));
        await page.ArrivesAtAsync($"*/admin/stories/{story}/schedule?Day=2030-05-11");
        Assert.StartsWith("2030-05-11T", await page.InputValueAsync("#At_Local"), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2030, 5, 8, 9, 15, 0, TimeSpan.Zero), await room.App.FromElsewhereAsync(
            db => db.Stories.Where(s => s.Id == story).Select(s => s.ScheduledFor).SingleAsync()));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task An_assignment_is_moved_by_keyboard_and_the_focus_goes_with_it_into_the_next_week()
    {
        var id = await PlanAsync("typed", new DateOnly(2030, 6, 8));
        await using var window = await OpenAsync("/admin/planning?view=week&day=2030-06-03");
        var page = window.Page;
        await page.FocusAsync($"#a{id} .entry-name");
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await page.WaitForSelectorAsync($".day[data-to='2030-06-09'] #a{id}");
        await page.WaitForFunctionAsync("() => document.querySelector('#planning-says').textContent.includes('planned for 9 Jun 2030')");
        Assert.True(await page.Locator($"#a{id} .entry-name").EvaluateAsync<bool>("link => link === document.activeElement"));

        // Sunday was the last day of the week.
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await page.ArrivesAtAsync($"*/admin/planning?view=week&day=2030-06-10#a{id}-link");
        await page.WaitForFunctionAsync($"() => document.activeElement === document.querySelector('#a{id} .entry-name')");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await page.ArrivesAtAsync($"*/admin/planning?view=week&day=2030-06-03#a{id}-link");
        Assert.Equal(new DateOnly(2030, 6, 3), await DayOfAsync(id));
        Assert.Empty(window.Complaints);
    }

    private async Task<Window> OpenAsync(string path)
    {
        const string email = "pia.plan@example.org";
        await using (var scope = room.App.Services.CreateAsyncScope())
        {
            var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            if (await staff.FindByEmailAsync(email) is null)
                Assert.True((await staff.CreateAsync(
                    new StaffMember(email, "Pia Plan", Role.Publisher, room.App.Time.GetUtcNow()) { EmailConfirmed = true },
                    Colleague.Password)).Succeeded);
        }
        var window = await room.OpenAsync(1440, 1200);
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        await window.GoAsync(path);
        return window;
    }

    private Task<long> PlanAsync(string slug, DateOnly day) => room.App.FromElsewhereAsync(async db =>
    {
        var assignment = new Assignment(
            new AssignmentPlan { Slug = Slug.Parse(slug), Day = day, Line = "What it is about" }, Desk.Editor, room.App.Time.GetUtcNow());
        db.Assignments.Add(assignment);
        await db.SaveChangesAsync();
        return assignment.Id;
    });

    private Task<DateOnly?> DayOfAsync(long id) =>
        room.App.FromElsewhereAsync(db => db.Assignments.Where(a => a.Id == id).Select(a => a.PlannedDay).SingleAsync());
}
