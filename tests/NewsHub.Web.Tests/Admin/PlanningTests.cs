using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Assignments and the calendar, as pages: wishes move at once, promises ask.</summary>
public sealed class PlanningTests
{
    private static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_assignment_is_planned_changed_dropped_and_revived_and_the_log_says_so()
    {
        await using var room = new ActRoom("Europe/Berlin");
        var editor = await room.ColleagueAsync(Role.Editor);
        var reporter = await room.ColleagueAsync(Role.Reporter, "Ben Tide");
        var made = await editor.SubmitAsync("/admin/planning/new?day=2025-07-04", new()
        {
            ["Input.Slug"] = "Harbour strike",
            ["Input.Line"] = "Crews stay ashore",
            ["Input.GivenTo"] = $"{reporter.Id}",
            ["Input.Due.Local"] = "2025-07-03T18:00",
            ["Input.Words"] = "600",
            ["Input.WantsPicture"] = "true",
            ["Input.Section"] = "hill",
            ["Input.Note"] = "Ask the union.",
        });
        var address = made.Header("Location")!;
        var stored = await OneAsync(room);
        Assert.Equal(
            ("harbour-strike", reporter.Id, new DateOnly(2025, 7, 4), Utc("2025-07-03T16:00Z"), 600, true),
            (stored.Slug.Value, stored.GivenTo, stored.PlannedDay, stored.DueAt, stored.Words, stored.WantsPicture));

        await editor.SubmitAsync(address, new() { ["Input.Line"] = "Crews go to sea" }, "#plan");
        await editor.SubmitAsync(address, form: "form[action*=Drop]");
        Assert.NotNull((await OneAsync(room)).DroppedAt);
        var calendar = await editor.GetAsync("/admin/planning");
        Assert.Contains("harbour-strike", calendar.Page.QuerySelector(".dropped")!.TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(address, form: "form[action*=Revive]");
        Assert.Equal(("Crews go to sea", null), ((await OneAsync(room)).Line, (await OneAsync(room)).DroppedAt));

        var acts = await room.App.FromElsewhereAsync(db => db.Events
            .Where(e => e.Subject == EventSubject.Assignment(stored.Id)).OrderBy(e => e.Id).Select(e => e.Act).ToListAsync());
        Assert.Equal([Act.PlanAssignment, Act.GiveAssignment, Act.ChangeAssignment, Act.DropAssignment, Act.ReviveAssignment], acts);
    }

    [Theory]
    [InlineData("Slug", "", "Enter a slug")]
    [InlineData("Slug", "😀", "Enter a slug")]
    [InlineData("Day", "9999-99-99", "Enter a date")]
    [InlineData("Day", "1066-10-14", "Enter a date")]
    [InlineData("Words", "many", "Enter a whole number of words")]
    [InlineData("Words", "99999999999", "Enter a whole number of words")]
    [InlineData("GivenTo", "4711", "Choose a colleague")]
    [InlineData("Section", "nowhere", "Choose a section")]
    [InlineData("Edition", "4711", "That edition no longer exists")]
    [InlineData("Due.Local", "2025-10-26T02:30", "comes twice in Europe/Berlin")]
    [InlineData("Due.Local", "2026-03-29T02:30", "there is no 02:30")]
    public async Task What_cannot_be_is_told_at_its_field_and_the_rest_is_kept(string field, string typed, string says)
    {
        await using var room = new ActRoom("Europe/Berlin");
        var editor = await room.ColleagueAsync(Role.Editor);
        var fields = new Dictionary<string, string> { ["Input.Slug"] = "quay", ["Input.Note"] = "Kept." };
        fields[$"Input.{field}"] = typed;
        var answer = await editor.SubmitAsync("/admin/planning/new", fields);
        ActRoom.Asks(answer, says, $"Input_{field.Replace('.', '_')}");
        Assert.Equal("Kept.", answer.Page.QuerySelector("#Input_Note")!.TextContent.TrimStart('\n'));
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Assignments.CountAsync()));
    }

    [Fact]
    public async Task Texts_beyond_their_bounds_are_kept_and_told()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var (line, note) = (new string('x', TextLimits.AssignmentLine + 1), new string('y', TextLimits.AssignmentNote + 1));
        var answer = await editor.SubmitAsync(
            "/admin/planning/new", new() { ["Input.Slug"] = "quay", ["Input.Line"] = line, ["Input.Note"] = note });
        ActRoom.Asks(answer, "Use 200 at most", "Input_Line");
        ActRoom.Asks(answer, "Use 4000 at most", "Input_Note");
        Assert.Contains(note, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reporter_takes_what_nobody_has_and_starts_only_that()
    {
        await using var room = new ActRoom();
        var (ada, ben) = (await room.ColleagueAsync(Role.Reporter, "Ada Ebb"), await room.ColleagueAsync(Role.Reporter, "Ben Tide"));
        var id = await PlanAsync(room, "quay", new DateOnly(2025, 7, 2));
        var address = $"/admin/planning/{id}";
        var page = await ada.GetAsync(address);
        Assert.Null(page.Page.QuerySelector("#plan"));
        Assert.Null(page.Page.QuerySelector("form[action*=Start]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(ada, $"{address}?handler=Start")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(ada, $"{address}?handler=Move", ("Day", "2025-07-03"))).Status);

        var seen = await ben.GetAsync(address);
        await ada.SubmitAsync(address, form: "form[action*=Take]");
        ActRoom.Asks(await ben.SendAsync(seen, form: "form[action*=Take]"),
            "Ada Ebb has this assignment already", status: HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(ben, $"{address}?handler=Start")).Status);

        var started = await ada.SubmitAsync(address, form: "form[action*=Start]");
        var story = (await OneAsync(room)).StoryId!.Value;
        ActRoom.LedTo($"/admin/stories/{story}", started);
        Assert.Equal((ada.Id, StoryState.Draft), ((await room.ReadAsync(story.Value)).OwnerId, (await room.ReadAsync(story.Value)).State));
    }

    [Fact]
    public async Task Two_who_start_it_at_once_make_one_story_and_both_are_led_to_it()
    {
        await using var room = new ActRoom();
        var (editor, publisher) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Publisher));
        var id = await PlanAsync(room, "quay", new DateOnly(2025, 7, 2));
        var before = await room.App.FromElsewhereAsync(db => db.Stories.CountAsync());
        var pages = await Task.WhenAll(editor.GetAsync($"/admin/planning/{id}"), publisher.GetAsync($"/admin/planning/{id}"));
        var answers = await Task.WhenAll(
            editor.SendAsync(pages[0], form: "form[action*=Start]"), publisher.SendAsync(pages[1], form: "form[action*=Start]"));
        var story = (await OneAsync(room)).StoryId;
        foreach (var answer in answers) ActRoom.LedTo($"/admin/stories/{story}", answer);
        Assert.Equal(before + 1, await room.App.FromElsewhereAsync(db => db.Stories.CountAsync()));
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.StartAssignment)));
    }

    [Fact]
    public async Task The_storys_page_shows_what_was_asked_for()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        await editor.SubmitAsync("/admin/planning/new", new()
        {
            ["Input.Slug"] = "quay",
            ["Input.Line"] = "The quay sinks",
            ["Input.Words"] = "1200",
            ["Input.WantsPicture"] = "true",
            ["Input.Note"] = "Ask the mason.",
        });
        var id = (await OneAsync(room)).Id;
        await editor.SubmitAsync($"/admin/planning/{id}", form: "form[action*=Start]");
        var story = (await OneAsync(room)).StoryId;
        var page = await editor.GetAsync($"/admin/stories/{story}");
        var aside = page.Page.QuerySelector(".from-assignment")!;
        Assert.Equal($"/admin/planning/{id}", aside.QuerySelector("a")!.GetAttribute("href"));
        foreach (var words in new[] { "0 of 1,200 words wanted", "Picture wanted", "Ask the mason." })
            Assert.Contains(words, aside.TextContent, StringComparison.Ordinal);
        Assert.Equal("The quay sinks", page.Page.QuerySelector("h1.story-name")!.TextContent);
    }

    [Fact]
    public async Task Who_saves_second_sees_what_the_first_saved_beside_what_they_typed()
    {
        await using var room = new ActRoom();
        var (editor, publisher) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Publisher));
        var id = await PlanAsync(room, "quay", new DateOnly(2025, 7, 2));
        var page = await editor.GetAsync($"/admin/planning/{id}");
        await publisher.SubmitAsync($"/admin/planning/{id}", new() { ["Input.Line"] = "Theirs" }, "#plan");
        var answer = await editor.SendAsync(page, new() { ["Input.Line"] = "Mine" }, "#plan");
        ActRoom.Asks(answer, "Test Publisher changed this assignment", status: HttpStatusCode.Conflict);
        Assert.Equal("Mine", answer.Page.QuerySelector("#Input_Line")!.GetAttribute("value"));
        Assert.Contains("Theirs", answer.Page.QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Theirs", (await OneAsync(room)).Line);

        await editor.SendAsync(answer, form: "#plan");
        Assert.Equal("Mine", (await OneAsync(room)).Line);
    }

    [Fact]
    public async Task A_planned_day_moves_by_its_form_and_back_and_one_that_somebody_else_moved_is_told()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await PlanAsync(room, "quay", new DateOnly(2025, 7, 2));
        var page = await editor.GetAsync("/admin/planning?view=week&day=2025-07-01");
        Assert.Equal("2025-07-02", DayOf(page, $"#a{id}"));

        var moved = await editor.SendAsync(page, new() { ["Day"] = "2025-07-05" }, $"#a{id} form");
        ActRoom.LedTo($"/admin/planning?view=week&day=2025-07-01#a{id}-link", moved);
        var after = await editor.GetAsync("/admin/planning?view=week&day=2025-07-01");
        Assert.Equal("2025-07-05", DayOf(after, $"#a{id}"));
        Assert.Contains("quay is planned for 5 Jul 2025.", after.Page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Undo: quay back to 2 Jul 2025", after.Page.QuerySelector(".undo-move")!.Words(), StringComparison.Ordinal);
        await editor.SendAsync(after, form: ".undo-move");
        Assert.Equal(new DateOnly(2025, 7, 2), (await OneAsync(room)).PlannedDay);

        // The page of before, whose version is not the newest any more.
        ActRoom.Asks(await editor.SendAsync(page, new() { ["Day"] = "2025-07-09" }, $"#a{id} form"),
            "changed this assignment since", status: HttpStatusCode.Conflict);
        await editor.SendAsync(await editor.GetAsync("/admin/planning?day=2025-07-01"), new() { ["Day"] = "" }, $"#a{id} form");
        Assert.Null((await OneAsync(room)).PlannedDay);
        Assert.NotNull((await editor.GetAsync("/admin/planning")).Page.QuerySelector($"#without-day-a{id}"));
    }

    [Fact]
    public async Task A_script_that_moves_a_day_is_told_in_a_line_what_came_of_it()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await PlanAsync(room, "quay", new DateOnly(2025, 7, 2));
        var token = await editor.TokenAsync();
        Assert.Equal((HttpStatusCode.OK, """{"said":"quay is planned for 3 Jul 2025."}"""), await MoveAsync("0", "2025-07-03"));
        Assert.Equal(HttpStatusCode.Conflict, (await MoveAsync("0", "2025-07-04")).Status);
        var (status, text) = await MoveAsync("1", "9999-99-99");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Enter a date such as", text, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2025, 7, 3), (await OneAsync(room)).PlannedDay);

        async Task<(HttpStatusCode Status, string Text)> MoveAsync(string version, string day)
        {
            using var content = new FormUrlEncodedContent(
                [new("Version", version), new("Day", day), new("__RequestVerificationToken", token)]);
            content.Headers.Add("X-Requested-With", "fetch");
            var answer = await editor.PostAsync($"/admin/planning/{id}?handler=Move", content);
            return (answer.Status, answer.Text);
        }
    }

    [Fact]
    public async Task A_promise_that_is_moved_asks_on_its_acts_page_with_the_new_day_and_its_time()
    {
        await using var room = new ActRoom("Europe/Berlin");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.DraftAsync();
        await room.ChangeAsync(id, (_, story) =>
        {
            story.Embargo(Utc("2025-07-02T08:00Z"), Desk.Editor, room.Now);
            story.Schedule(Utc("2025-07-02T18:30Z"), Desk.Editor, room.Now);
            return Task.CompletedTask;
        });
        var calendar = await publisher.GetAsync("/admin/planning");
        Assert.Equal(("2025-07-02", "20:30"),
            (DayOf(calendar, $"#schedule-{id}"), calendar.Page.QuerySelector($"#schedule-{id} time")!.TextContent));
        Assert.Equal("10:00", calendar.Page.QuerySelector($"#embargo-{id} time")!.TextContent);

        var form = calendar.Page.QuerySelector($"#schedule-{id} form")!;
        Assert.Equal(("get", $"/admin/stories/{id}/schedule"), (form.GetAttribute("method"), form.GetAttribute("action")));
        var asked = await publisher.GetAsync($"/admin/stories/{id}/schedule?Day=2025-07-05");
        Assert.Equal("2025-07-05T20:30", asked.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
        var asks = asked.Page.QuerySelector(".meanwhile")!.Words();
        Assert.StartsWith("It is scheduled for 2 Jul 2025, 20:30", asks, StringComparison.Ordinal);
        // Nothing has moved by asking.
        Assert.Equal(Utc("2025-07-02T18:30Z"), (await room.ReadAsync(id)).ScheduledFor);
        ActRoom.LedTo("/admin/planning?day=2025-07-05", await publisher.SendAsync(asked));
        Assert.Equal(Utc("2025-07-05T18:30Z"), (await room.ReadAsync(id)).ScheduledFor);

        var embargo = await publisher.GetAsync($"/admin/stories/{id}/embargo?Day=2025-07-04");
        Assert.Equal("2025-07-04T10:00", embargo.Page.QuerySelector("#Until_Local")!.GetAttribute("value"));
        ActRoom.LedTo("/admin/planning?day=2025-07-04", await publisher.SendAsync(embargo));
        Assert.Equal(Utc("2025-07-04T08:00Z"), (await room.ReadAsync(id)).EmbargoUntil);
        // A day that is none is not asked about.
        var odd = await publisher.GetAsync($"/admin/stories/{id}/schedule?Day=9999-99-99");
        Assert.Equal("2025-07-05T20:30", odd.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2025-10-24T00:30Z", "2025-10-26", "2025-10-26T02:30", 2)]
    [InlineData("America/New_York", "2026-03-05T07:30Z", "2026-03-08", "2026-03-08T02:30", 2)]
    [InlineData("Europe/Berlin", "2025-10-24T10:30Z", "2025-10-27", "2025-10-27T12:30", 0)]
    public async Task A_promise_that_is_moved_to_an_hour_that_is_none_or_two_asks_which(
        string zone, string at, string day, string local, int choices)
    {
        await using var room = new ActRoom(zone);
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.DraftAsync();
        await room.ChangeAsync(id, (_, story) =>
        {
            story.Schedule(Utc(at), Desk.Editor, room.Now);
            return Task.CompletedTask;
        });
        var asked = await publisher.GetAsync($"/admin/stories/{id}/schedule?Day={day}");
        Assert.Equal(local, asked.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
        Assert.Equal(choices, asked.Page.QuerySelectorAll("input[name='At.Offset']").Length);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2025-10-26", "2025-10-26T00:30Z", "02:30 UTC+2", "2025-10-26T01:30Z", "02:30 UTC+1")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:30Z", "00:30 UTC−5", "2026-03-09T03:59Z", "23:59 UTC−4")]
    public async Task A_day_on_which_the_clocks_change_has_all_its_hours_and_no_others(
        string zone, string day, string first, string firstShown, string last, string lastShown)
    {
        await using var room = new ActRoom(zone);
        var publisher = await room.ColleagueAsync(Role.Publisher);
        List<long> stories = [];
        foreach (var at in new[] { first, last })
        {
            stories.Add(await room.DraftAsync());
            await room.ChangeAsync(stories[^1], (_, story) =>
            {
                story.Schedule(Utc(at), Desk.Editor, room.Now);
                return Task.CompletedTask;
            });
        }
        foreach (var view in new[] { "week", "month" })
        {
            var page = await publisher.GetAsync($"/admin/planning?view={view}&day={day}");
            Assert.Equal((day, day), (DayOf(page, $"#schedule-{stories[0]}"), DayOf(page, $"#schedule-{stories[1]}")));
            Assert.Equal((firstShown, lastShown), (page.Page.QuerySelector($"#schedule-{stories[0]} time")!.TextContent,
                page.Page.QuerySelector($"#schedule-{stories[1]} time")!.TextContent));
            Assert.Contains("The clocks change", page.Page.QuerySelector($".day[data-to='{day}']")!.TextContent, StringComparison.Ordinal);
            // Each day stands there once, in order.
            var days = page.Page.QuerySelectorAll(".day").Select(d => DateOnly.Parse(d.GetAttribute("data-to")!, null)).ToList();
            Assert.Equal(Enumerable.Range(0, days.Count).Select(days[0].AddDays), days);
            Assert.Equal((DayOfWeek.Monday, DayOfWeek.Sunday), (days[0].DayOfWeek, days[^1].DayOfWeek));
        }
    }

    [Fact]
    public async Task The_calendar_shows_each_kind_by_a_word_and_links_only_where_one_may_go()
    {
        await using var room = new ActRoom();
        var (reporter, publisher) = (await room.ColleagueAsync(Role.Reporter), await room.ColleagueAsync(Role.Publisher));
        await room.App.FromElsewhereAsync(async db =>
        {
            db.Editions.Add(new NewsHub.Core.Editions.Edition(2, new DateOnly(2025, 7, 1), "The next one"));
            return await db.SaveChangesAsync();
        });
        await room.StoryAsync(StoryState.Scheduled);
        await PlanAsync(room, "quay", new DateOnly(2025, 7, 3));
        foreach (var colleague in new[] { reporter, publisher })
        {
            var page = await colleague.GetAsync("/admin/planning");
            Assert.Equal(["Edition", "Edition", "Planned", "Scheduled"],
                page.Page.QuerySelectorAll(".day .entry-kind").Select(e => e.TextContent).Order(StringComparer.Ordinal));
            foreach (var link in page.Page.QuerySelectorAll("#planned .entry-name[href], #planned .more a, .periods a"))
                Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync(link.GetAttribute("href")!)).Status);
            Assert.Equal(colleague.Role is Role.Publisher, page.Page.QuerySelector(".entry-move") is not null);
            Assert.Equal(colleague.Role is Role.Publisher, page.Page.QuerySelector("#e2 a") is not null);
            Assert.Equal("Today", page.Page.QuerySelector(".day[aria-current=date] .today")!.TextContent);
        }
        var rail = (await publisher.GetAsync("/admin/planning")).Page.QuerySelectorAll(".rail-rooms a");
        Assert.Single(rail, a => a.TextContent.Trim() == "Planning" && a.GetAttribute("aria-current") == "page");
    }

    [Theory]
    [InlineData("?day=9999-99-99", HttpStatusCode.BadRequest)]
    [InlineData("?day=soon&view=month", HttpStatusCode.BadRequest)]
    [InlineData("?day=3000-01-01", HttpStatusCode.BadRequest)]
    [InlineData("?day=0001-01-01&view=month", HttpStatusCode.BadRequest)]
    [InlineData("?day=2999-12-31", HttpStatusCode.OK)]
    [InlineData("?day=2999-12-31&view=month", HttpStatusCode.OK)]
    [InlineData("?day=1900-01-01&view=month", HttpStatusCode.OK)]
    [InlineData("?day=1900-01-01", HttpStatusCode.OK)]
    [InlineData("?view=century", HttpStatusCode.OK)]
    public async Task A_day_far_away_or_none_is_answered_with_a_calendar(string query, HttpStatusCode status)
    {
        await using var room = new ActRoom("Pacific/Apia");
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var page = await reporter.GetAsync("/admin/planning" + query);
        Assert.Equal(status, page.Status);
        Assert.True(page.Page.QuerySelectorAll(".day").Length is 7 or 28 or 35 or 42);
        if (status is HttpStatusCode.BadRequest) ActRoom.Asks(page, "The calendar has days from 1900 to 2999");
    }

    [Fact]
    public async Task A_crowded_day_of_a_month_leads_to_its_week_which_shows_all()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        for (var n = 0; n < 9; n++) await PlanAsync(room, $"quay-{n}", new DateOnly(2025, 7, 3));
        var month = await editor.GetAsync("/admin/planning?view=month&day=2025-07-01");
        var more = month.Page.QuerySelector(".day[data-to='2025-07-03'] .more a")!;
        Assert.Equal("3 more", more.TextContent);
        var week = await editor.GetAsync(more.GetAttribute("href")!);
        Assert.Equal(9, week.Page.QuerySelectorAll(".day[data-to='2025-07-03'] .entry").Length);
        Assert.Equal("9", week.Page.QuerySelector("#not-given .count")!.TextContent);
    }

    private static string? DayOf(Answer page, string entry) =>
        page.Page.QuerySelector(entry)?.Closest(".day")?.GetAttribute("data-to");

    private static Task<long> PlanAsync(ActRoom room, string slug, DateOnly? day) => room.App.FromElsewhereAsync(async db =>
    {
        var assignment = new Assignment(new AssignmentPlan { Slug = Slug.Parse(slug), Day = day }, Desk.Editor, room.Now);
        db.Assignments.Add(assignment);
        await db.SaveChangesAsync();
        return assignment.Id;
    });

    private static Task<Assignment> OneAsync(ActRoom room) =>
        room.App.FromElsewhereAsync(db => db.Assignments.AsNoTracking().SingleAsync());

    private static async Task<Answer> SendAsync(Colleague who, string path, params (string Name, string Value)[] fields) =>
        await who.PostAsync(path, [
            new("__RequestVerificationToken", await who.TokenAsync()), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
}
