using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Stories;

public sealed class AutosaveTests : IAsyncLifetime
{
    private static readonly Actor Ada = new("Ada Obi");
    private static readonly Actor Ben = new("Ben Ford");
    private TestStore _store = null!;
    private Copy _copy = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        _copy = await Copy.SetAsync(db);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void Autosaves_of_one_person_within_ten_minutes_become_one_under_a_new_number()
    {
        var story = _copy.Draft();
        var first = Autosave(story, "One.", Ada, 0, from: 1);
        var second = Autosave(story, "One. Two.", Ada, 9, from: first.Number);

        Assert.Equal([1, 3], story.Revisions.Select(r => r.Number));
        Assert.Equal((3, Copy.Noon, Copy.Noon.AddMinutes(9)), (story.WorkingRevision, second.BeganAt, second.SavedAt));

        // Ten minutes after the first of them, another begins.
        Autosave(story, "One. Two. Three.", Ada, 10, from: second.Number);
        Assert.Equal([1, 3, 4], story.Revisions.Select(r => r.Number));
    }

    [Fact]
    public void An_autosave_from_another_window_or_of_another_person_takes_nobodys_place()
    {
        var story = _copy.Draft();
        var here = Autosave(story, "Here.", Ada, 0, from: 1);
        Autosave(story, "There.", Ada, 1, from: 1);
        Autosave(story, "Ben’s.", Ben, 2, from: 3);

        Assert.Equal(["It began at dawn.", "Here.", "There.", "Ben’s."], story.Revisions.Select(r => r.Text.Body));
        Assert.Contains(here, story.Revisions);
    }

    [Fact]
    public void What_was_autosaved_and_is_then_saved_by_hand_is_one_text()
    {
        var story = _copy.Draft();
        var kept = Autosave(story, "Nearly.", Ada, 0, from: 1);
        var saved = story.Save(_copy.Text(body: "Done."), Copy.Render("Done."), Ada, Copy.Noon.AddMinutes(1), goesOnFrom: kept.Number);

        Assert.Equal([1, 3], story.Revisions.Select(r => r.Number));
        Assert.False(saved.Autosaved);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public void A_text_that_is_there_already_makes_no_second_row_whoever_saves_it_and_when(int minutes, bool mine)
    {
        var story = _copy.Draft();
        var kept = Autosave(story, "Nearly.", Ada, 0, from: 1);
        var saved = story.Save(_copy.Text(body: "Nearly."), Copy.Render("Nearly."), mine ? Ada : Ben, Copy.Noon.AddMinutes(minutes),
            goesOnFrom: mine ? 0 : kept.Number);
        Assert.Same(kept, saved);
        Assert.False(saved.Autosaved);
        var (count, version, events) = (story.Revisions.Count, story.Version, story.Events.Count);

        // Nor does the same once more, by hand or by the machine.
        story.Save(_copy.Text(body: "Nearly."), Copy.Render("Nearly."), Ada, Copy.Noon.AddMinutes(minutes + 1));
        Autosave(story, "Nearly.", Ben, minutes + 2, from: kept.Number);
        Assert.Equal((count, version, events), (story.Revisions.Count, story.Version, story.Events.Count));
    }

    [Fact]
    public void An_autosave_that_is_saved_by_hand_is_what_the_clock_publishes()
    {
        var story = _copy.Draft();
        story.Schedule(Copy.Noon.AddHours(1), Ada, Copy.Noon);
        var kept = Autosave(story, "A whole sentence.", Ada, 1, from: 1);
        Assert.Equal(1, story.ScheduledRevision);
        story.Save(_copy.Text(body: "A whole sentence."), Copy.Render("A whole sentence."), Ada, Copy.Noon.AddMinutes(2));
        Assert.Equal(kept.Number, story.ScheduledRevision);
    }

    [Fact]
    public void The_clock_publishes_what_was_scheduled_or_saved_by_hand_and_never_an_autosave()
    {
        var story = _copy.Draft();
        story.Schedule(Copy.Noon.AddHours(1), Ada, Copy.Noon);
        Autosave(story, "Half a sen", Ada, 1, from: 1);
        Assert.Equal(1, story.ScheduledRevision);

        story.Save(_copy.Text(body: "A whole sentence."), Copy.Render("A whole sentence."), Ada, Copy.Noon.AddMinutes(2));
        Assert.Equal(story.WorkingRevision, story.ScheduledRevision);
    }

    [Fact]
    public void A_text_of_somebody_who_may_not_schedule_waits_until_it_is_taken_in()
    {
        var story = _copy.Draft();
        story.Schedule(Copy.Noon.AddHours(1), Ada, Copy.Noon);
        story.Save(
            _copy.Text(body: "Another sentence."), Copy.Render("Another sentence."), Ada, Copy.Noon.AddMinutes(1), intoSchedule: false);
        Assert.Equal((1, true), (story.ScheduledRevision, story.HasTextOutsideSchedule));

        story.Schedule(Copy.Noon.AddHours(2), Ada, Copy.Noon.AddMinutes(2), newest: false);
        Assert.Equal(1, story.ScheduledRevision);
        story.TakeIntoSchedule(Ada, Copy.Noon.AddMinutes(3));
        Assert.Equal((2, false, Copy.Noon.AddHours(2)), (story.ScheduledRevision, story.HasTextOutsideSchedule, story.ScheduledFor));
    }

    [Fact]
    public void A_live_or_scheduled_autosave_is_never_replaced()
    {
        var story = _copy.Draft();
        var first = Autosave(story, "As it goes out.", Ada, 0, from: 1);
        _copy.Publish(story, Copy.Noon.AddMinutes(1), first);
        Autosave(story, "And goes on.", Ada, 2, from: first.Number);

        Assert.Contains(story.Revisions, r => r.Number == story.LiveRevision && r.Text.Body == "As it goes out.");
    }

    [Fact]
    public void A_spiked_story_takes_no_autosave()
    {
        var story = _copy.Draft();
        story.Spike(Ada, Copy.Noon);
        Assert.Throws<RefusedException>(() => Autosave(story, "More.", Ada, 1, from: 1));
    }

    [Fact]
    public async Task A_form_finds_the_story_that_it_began_and_no_other_form_does()
    {
        await using var db = _store.Db();
        var story = _copy.Draft();
        story.BeganWith("0-abc", Ada, Copy.Noon);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        var newest = db.Events.Max(e => e.Id);

        Assert.Equal(story.Id, await db.BegunWithAsync("0-abc", 0, Ada));
        Assert.Null(await db.BegunWithAsync("0-abd", 0, Ada));
        Assert.Null(await db.BegunWithAsync("0-abc", 0, Ben));
        Assert.Null(await db.BegunWithAsync("0-abc", newest, Ada));
    }

    private Revision Autosave(Story story, string body, Actor by, int minutes, int from) =>
        story.Save(_copy.Text(body: body), Copy.Render(body), by, Copy.Noon.AddMinutes(minutes), autosave: true, goesOnFrom: from);
}
