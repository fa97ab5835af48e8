using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Planning;

/// <summary>What an assignment allows, what it leaves in the log, and the story that it becomes.</summary>
public sealed class AssignmentTests
{
    private static readonly AssignmentPlan Strike = new()
    {
        Slug = Slug.Parse("harbour-strike"),
        Line = "Crews stay ashore",
        Day = new DateOnly(2025, 7, 4),
        Words = 600,
        Note = "Ask the union.",
    };

    private static Assignment New() => new(Strike, Copy.Editor, Copy.Noon);

    [Fact]
    public void A_change_is_logged_with_what_was_and_what_is_and_the_same_again_is_no_change()
    {
        var assignment = New();
        var changed = assignment.Change(Strike with { Words = 800, Note = null, WantsPicture = true }, Copy.Editor, Copy.Noon)!;
        Assert.Equal(
            (Act.ChangeAssignment, "Length: 600\nPicture wanted: \nNote: Ask the union.", "Length: 800\nPicture wanted: yes\nNote: "),
            (changed.Act, changed.Before, changed.After));
        Assert.Equal((800, true, null, 1), (assignment.Words, assignment.WantsPicture, assignment.Note, assignment.Version));
        Assert.Null(assignment.Change(assignment.Plan, Copy.Editor, Copy.Noon));
        Assert.Equal(1, assignment.Version);
        Assert.Contains("Planned day: 2025-07-04", assignment.Made().After, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wish_for_a_day_moves_and_may_go()
    {
        var assignment = New();
        var moved = assignment.MoveTo(new DateOnly(2025, 7, 6), Copy.Editor, Copy.Noon)!;
        Assert.Equal(("Planned day: 2025-07-04", "Planned day: 2025-07-06"), (moved.Before, moved.After));
        Assert.NotNull(assignment.MoveTo(null, Copy.Editor, Copy.Noon));
        Assert.Null(assignment.PlannedDay);
        Assert.Throws<RefusedException>(() => assignment.MoveTo(new DateOnly(1899, 12, 31), Copy.Editor, Copy.Noon));
        Assert.Throws<RefusedException>(() => assignment.MoveTo(DateOnly.MaxValue, Copy.Editor, Copy.Noon));
    }

    [Fact]
    public void What_is_beyond_its_bounds_is_refused_and_nothing_changes()
    {
        var assignment = New();
        foreach (var plan in new[]
        {
            Strike with { Words = 0 }, Strike with { Words = AssignmentPlan.MostWords + 1 }, Strike with { Slug = default },
            Strike with { Line = new string('x', TextLimits.AssignmentLine + 1) },
            Strike with { Note = new string('x', TextLimits.AssignmentNote + 1) },
        })
        {
            Assert.Throws<RefusedException>(() => assignment.Change(plan, Copy.Editor, Copy.Noon));
            Assert.Throws<RefusedException>(() => new Assignment(plan, Copy.Editor, Copy.Noon));
        }
        Assert.Equal((Strike, 0), (assignment.Plan, assignment.Version));
    }

    [Fact]
    public void Who_takes_it_first_has_it_until_an_editor_gives_it_to_another()
    {
        var assignment = New();
        Assert.Equal(Act.TakeAssignment, assignment.Take(1, Copy.Editor, Copy.Noon)!.Act);
        Assert.Null(assignment.Take(1, Copy.Editor, Copy.Noon));
        Assert.Equal(Assignment.IsTaken, Assert.Throws<RefusedException>(() => assignment.Take(2, Copy.Editor, Copy.Noon)).Message);
        Assert.Equal("harbour-strike: to Ben", assignment.Give(2, "Ben", Copy.Editor, Copy.Noon)!.Note);
        Assert.Null(assignment.Give(2, "Ben", Copy.Editor, Copy.Noon));
        Assert.Equal("harbour-strike: to nobody", assignment.Give(null, null, Copy.Editor, Copy.Noon)!.Note);
        Assert.Null(assignment.GivenTo);
    }

    [Fact]
    public void A_dropped_one_can_only_be_revived_and_one_that_is_a_story_cannot_be_dropped()
    {
        var assignment = New();
        Assert.NotNull(assignment.Drop(Copy.Editor, Copy.Noon));
        Assert.Null(assignment.Drop(Copy.Editor, Copy.Noon));
        foreach (var act in new Action[]
        {
            () => assignment.MoveTo(null, Copy.Editor, Copy.Noon), () => assignment.Take(1, Copy.Editor, Copy.Noon),
            () => assignment.Give(1, "Ada", Copy.Editor, Copy.Noon), () => assignment.Start(new StoryId(1), 1, Copy.Editor, Copy.Noon),
        })
        {
            Assert.Contains("Revive it first", Assert.Throws<RefusedException>(act).Message, StringComparison.Ordinal);
        }
        Assert.NotNull(assignment.Revive(Copy.Editor, Copy.Noon));
        Assert.Null(assignment.Revive(Copy.Editor, Copy.Noon));
        Assert.Equal(Strike, assignment.Plan);
        assignment.Start(new StoryId(1), 1, Copy.Editor, Copy.Noon);
        Assert.Throws<RefusedException>(() => assignment.Drop(Copy.Editor, Copy.Noon));
        Assert.Throws<RefusedException>(() => assignment.Start(new StoryId(2), 1, Copy.Editor, Copy.Noon));
    }

    [Theory]
    [InlineData(Role.Reporter, false, true, false)]
    [InlineData(Role.Reporter, true, true, true)]
    [InlineData(Role.Editor, false, true, true)]
    [InlineData(Role.Publisher, false, true, true)]
    public void Editors_plan_and_a_reporter_takes_what_nobody_has_and_starts_their_own(Role role, bool own, bool takes, bool starts)
    {
        var member = new StaffMember("ada@example.org", "Ada", role, Copy.Noon);
        var assignment = New();
        if (own) assignment.Give(member.Id, member.Name, Copy.Editor, Copy.Noon);
        Assert.Equal((takes, starts), (member.May(Act.TakeAssignment, assignment), member.May(Act.StartAssignment, assignment)));
        foreach (var act in new[]
        {
            Act.PlanAssignment, Act.ChangeAssignment, Act.GiveAssignment, Act.DropAssignment, Act.ReviveAssignment,
        })
        {
            Assert.Equal(role >= Role.Editor, member.May(act, assignment));
        }
        var taken = New();
        taken.Give(member.Id + 1, "Ben", Copy.Editor, Copy.Noon);
        Assert.False(member.May(Act.TakeAssignment, taken));
        member.Close(Copy.Noon);
        Assert.False(member.May(Act.StartAssignment, assignment));
    }

    [Fact]
    public async Task It_becomes_a_draft_of_whoever_has_it_with_their_byline_once()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var (ada, chief) = (new StaffMember("ada@example.org", "Ada", Role.Reporter, Copy.Noon),
            new StaffMember("chief@example.org", "Chief", Role.Editor, Copy.Noon));
        ada.WriteAs(copy.Ada);
        db.AddRange(ada, chief);
        await db.SaveChangesAsync();
        var assignment = new Assignment(Strike with { Section = copy.World.Id }, chief.Actor, Copy.Noon);
        assignment.Give(ada.Id, ada.Name, chief.Actor, Copy.Noon);
        db.Assignments.Add(assignment);
        await db.SaveChangesAsync();

        var id = await db.StartAsync(assignment, chief, Copy.Noon);
        Assert.Equal(id, await db.StartAsync(assignment, chief, Copy.Noon));

        db.ChangeTracker.Clear();
        var story = (await db.LoadForEditingAsync(id))!;
        Assert.Equal((StoryState.Draft, ada.Id, 1), (story.State, story.OwnerId, await db.Stories.CountAsync()));
        var text = story.Newest().Text;
        Assert.Equal(
            ("Crews stay ashore", copy.World.Id, "", "Ada Obi"), (text.Headline, text.Section, text.Body, text.Bylines.Single().Name));
        Assert.Null(story.ScheduledFor);
        var kept = await db.Assignments.SingleAsync();
        Assert.Equal((id, Strike.Day), (kept.StoryId!.Value, kept.PlannedDay));
        var started = await db.Events.SingleAsync(e => e.Act == Act.StartAssignment);
        Assert.Equal((EventSubject.Assignment(kept.Id), id, "Chief"), (started.Subject!.Value, started.StoryId!.Value, started.By.Name));
    }

    [Fact]
    public async Task One_that_nobody_has_or_whose_holder_has_left_becomes_a_draft_of_whoever_starts_it()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        await Copy.SetAsync(db);
        var (gone, chief) = (new StaffMember("gone@example.org", "Gone", Role.Reporter, Copy.Noon),
            new StaffMember("chief@example.org", "Chief", Role.Editor, Copy.Noon));
        gone.Close(Copy.Noon);
        db.AddRange(gone, chief);
        await db.SaveChangesAsync();
        var left = new Assignment(Strike, chief.Actor, Copy.Noon);
        var nobodys = new Assignment(Strike with { Line = null }, chief.Actor, Copy.Noon);
        left.Give(gone.Id, gone.Name, chief.Actor, Copy.Noon);
        db.AddRange(left, nobodys);
        await db.SaveChangesAsync();
        foreach (var assignment in new[] { left, nobodys })
        {
            var story = (await db.LoadForEditingAsync(await db.StartAsync(assignment, chief, Copy.Noon)))!;
            Assert.Equal((chief.Id, chief.Id), (story.OwnerId, assignment.GivenTo));
            Assert.Equal((assignment.Line ?? "", SectionId.None), (story.Newest().Text.Headline, story.Newest().Text.Section));
        }
    }

    [Fact]
    public async Task The_desk_is_told_what_is_open_by_planned_day()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var ada = new StaffMember("ada@example.org", "Ada", Role.Reporter, Copy.Noon);
        db.Add(ada);
        await db.SaveChangesAsync();
        foreach (var (slug, day, mine, dropped) in new (string, int?, bool, bool)[]
        {
            ("undated", null, true, false), ("later", 9, true, false), ("sooner", 3, true, false), ("dropped", 1, true, true),
            ("nobodys", 5, false, false),
        })
        {
            var assignment = new Assignment(
                Strike with { Slug = Slug.Parse(slug), Day = day is { } d ? new DateOnly(2025, 7, d) : null }, Copy.Editor, Copy.Noon);
            if (mine) assignment.Give(ada.Id, ada.Name, Copy.Editor, Copy.Noon);
            if (dropped) assignment.Drop(Copy.Editor, Copy.Noon);
            db.Add(assignment);
        }
        await db.SaveChangesAsync();
        Assert.Equal(["sooner", "later", "undated"], (await db.OpenAssignmentsOf(ada.Id).ToListAsync()).Select(a => a.Slug.Value));
        Assert.Equal(["nobodys"], (await db.OpenAssignmentsOf(null).ToListAsync()).Select(a => a.Slug.Value));
    }

    [Fact]
    public async Task An_edition_that_is_deleted_leaves_its_assignments()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var edition = new Edition(3, new DateOnly(2025, 7, 4), "The third");
        db.Add(edition);
        await db.SaveChangesAsync();
        db.Add(new Assignment(Strike with { Edition = edition.Id }, Copy.Editor, Copy.Noon));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        db.Editions.Remove(await db.Editions.SingleAsync());
        await db.SaveChangesAsync();
        Assert.Null((await db.Assignments.SingleAsync()).EditionId);
    }
}
