using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Core.Planning;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Notifications;

/// <summary>Who is told of what.</summary>
public sealed class NotificationMakerTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private Copy _copy = null!;
    private StaffMember _ada = null!, _eva = null!, _max = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        _copy = await Copy.SetAsync(db);
        (_ada, _eva, _max) = (Member("Ada Obi", Role.Reporter), Member("Eva Lind", Role.Editor), Member("Max Moor", Role.Publisher));
        db.AddRange(_ada, _eva, _max);
        await db.SaveChangesAsync(Cancel);
        await new NotificationMaker(db).BeginAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_story_filed_to_somebody_is_told_to_them_and_one_returned_to_its_owner_with_the_note()
    {
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id), story => story.Return("Who says so?", _eva.Actor, Copy.Noon));
        Assert.Equal(
            [("Eva Lind", NotificationKind.Filed, "Ada Obi", null), ("Ada Obi", NotificationKind.Returned, "Eva Lind", "Who says so?")],
            await ToldAsync());
    }

    [Fact]
    public async Task A_story_filed_to_the_whole_desk_and_one_of_nobodys_are_told_to_nobody()
    {
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon));
        await DoAsync(owner: null, acts: [s => s.File(Copy.Editor, Copy.Noon), s => s.Return("Why?", Copy.Editor, Copy.Noon)]);
        Assert.Empty(await ToldAsync());
    }

    [Theory]
    [InlineData("Max Moor", true)]
    [InlineData("clock", true)]
    [InlineData("Ada Obi", false)]
    public async Task A_publication_is_told_to_the_owner_unless_it_is_the_owners_own(string by, bool told)
    {
        await DoAsync(story => story.Publish(story.Revisions[^1], _copy.Technology, Slug.Parse("ferry"), new Actor(by), Copy.Noon));
        Assert.Equal(told ? [("Ada Obi", NotificationKind.Published, by, null)] : [], await ToldAsync());
    }

    [Fact]
    public async Task What_could_not_be_published_is_told_to_its_owner_and_to_whoever_scheduled_it_once_each()
    {
        await DoAsync(
            story => story.Schedule(Copy.Noon, _eva.Actor, Copy.Noon.AddHours(-2)),
            story => story.Schedule(Copy.Noon, _max.Actor, Copy.Noon.AddHours(-1)),
            story => story.MarkMissed("The picture lacks a credit.", Actor.Clock, Copy.Noon));
        Assert.Equal(
            [
                ("Ada Obi", NotificationKind.Failed, "clock", "The picture lacks a credit."),
                ("Max Moor", NotificationKind.Failed, "clock", "The picture lacks a credit."),
            ],
            await ToldAsync());
        // Who owns it and scheduled it is one person.
        await DoAsync(owner: _max.Id, acts: [
            s => s.Schedule(Copy.Noon, _max.Actor, Copy.Noon.AddHours(-1)), s => s.MarkMissed("No section.", Actor.Clock, Copy.Noon)]);
        Assert.Single(await ToldAsync(), n => n.Note == "No section.");
    }

    [Fact]
    public async Task A_closed_account_is_told_nothing()
    {
        await using (var db = _store.Db())
        {
            (await db.Staff.SingleAsync(m => m.Id == _eva.Id, Cancel)).Close(Copy.Noon);
            await db.SaveChangesAsync(Cancel);
        }
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task The_log_read_twice_tells_nobody_twice_and_what_was_before_the_first_time_nobody_at_all()
    {
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        Assert.Single(await ToldAsync());
        await using var db = _store.Db();
        await db.NotificationPositions.ExecuteUpdateAsync(p => p.SetProperty(x => x.LastEvent, 0), Cancel);
        Assert.Single(await ToldAsync());

        // A store of an older program has no position.
        await db.NotificationPositions.ExecuteDeleteAsync(Cancel);
        await db.Notifications.ExecuteDeleteAsync(Cancel);
        Assert.Empty(await ToldAsync());
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        Assert.Single(await ToldAsync());
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, true, false)]
    [InlineData(false, false, false, false)]
    public async Task What_is_switched_off_is_not_told_there(bool bell, bool mail, bool listed, bool mailed)
    {
        await using var db = _store.Db();
        var choice = NotificationChoice.Usual(_eva.Id, NotificationKind.Filed);
        choice.Choose(bell, mail);
        db.NotificationChoices.Add(choice);
        await db.SaveChangesAsync(Cancel);
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        await ToldAsync(delivers: true);
        var told = await db.Notifications.SingleOrDefaultAsync(Cancel);
        Assert.Equal((listed || mailed, listed, mailed), (told is not null, told?.IsListed ?? false, told?.MailDue is not null));
    }

    [Fact]
    public async Task Without_a_mail_server_no_mail_is_queued_and_of_publications_none_unless_it_is_asked_for()
    {
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        await ToldAsync(delivers: false);
        await DoAsync(story => story.Publish(story.Revisions[^1], _copy.Technology, Slug.Parse("ferry"), _max.Actor, Copy.Noon));
        await ToldAsync(delivers: true);
        await using var db = _store.Db();
        Assert.Equal([null, null], await db.Notifications.Select(n => n.MailDue).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Of_one_member_the_newest_two_hundred_are_kept()
    {
        for (var i = 0; i < 70; i++)
            await DoAsync(
                story => story.File(_ada.Actor, Copy.Noon, _eva.Id), story => story.Return("a", _max.Actor, Copy.Noon),
                story => story.File(_ada.Actor, Copy.Noon, _eva.Id), story => story.Return("b", _max.Actor, Copy.Noon),
                story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        Assert.Equal(Notification.KeptOfOneMember, (await ToldAsync()).Count(n => n.To == "Eva Lind"));
        await using var db = _store.Db();
        Assert.Equal(
            await db.Events.Where(e => e.Act == Act.File).MaxAsync(e => e.Id, Cancel),
            await db.Notifications.Where(n => n.StaffId == _eva.Id).MaxAsync(n => n.EventId, Cancel));
    }

    [Fact]
    public async Task A_mail_is_tried_later_each_time_and_not_at_all_once_it_was_read()
    {
        await DoAsync(story => story.File(_ada.Actor, Copy.Noon, _eva.Id));
        await ToldAsync(delivers: true);
        await using var db = _store.Db();
        var told = await db.Notifications.SingleAsync(Cancel);
        Assert.Equal(Copy.Noon.AddMinutes(1), told.MailDue);
        var waits = new List<TimeSpan>();
        while (told.MayTryAgain)
        {
            told.BeginMail(Copy.Noon);
            waits.Add(told.MailDue!.Value - Copy.Noon);
        }
        Assert.Equal(5, waits.Count);
        Assert.Equal(waits.Order().Distinct(), waits);
        told.Read(Copy.Noon);
        Assert.Null(told.MailDue);
    }

    [Fact]
    public async Task A_note_is_told_to_the_owner_to_who_is_called_and_to_who_wrote_in_it_but_never_to_who_writes()
    {
        await DoAsync();
        await using var db = _store.Db();
        var story = await db.Stories.SingleAsync(Cancel);
        var note = new StoryNote(story.Id, NotePart.Story, 0, "", "Who says so, @max?", _eva.Actor, _eva.Id, Copy.Noon);
        db.StoryNotes.Add(note);
        await db.SaveChangesAsync(Cancel);
        await SayAsync(db, note, _eva, note.Text);
        Assert.Equal(
            [("Ada Obi", NotificationKind.Noted, "Eva Lind", note.Text), ("Max Moor", NotificationKind.Noted, "Eva Lind", note.Text)],
            await ToldAsync());

        note.Answer("The register.", _ada.Actor, _ada.Id, Copy.Noon);
        await SayAsync(db, note, _ada, "The register.");
        Assert.Equal(("Eva Lind", NotificationKind.Noted, "Ada Obi", "The register."), Assert.Single((await ToldAsync()).Skip(2)));
        note.Answer("Thanks.", _eva.Actor, _eva.Id, Copy.Noon);
        await SayAsync(db, note, _eva, "Thanks.");
        Assert.Equal(("Ada Obi", NotificationKind.Noted, "Eva Lind", "Thanks."), Assert.Single((await ToldAsync()).Skip(3)));
    }

    [Fact]
    public async Task Work_is_told_to_whom_it_is_given_and_called_by_its_slug()
    {
        await using var db = _store.Db();
        var assignment = new Assignment(new AssignmentPlan { Slug = Slug.Parse("harbour-strike") }, _eva.Actor, Copy.Noon);
        db.Assignments.Add(assignment);
        await db.SaveChangesAsync(Cancel);
        db.Events.Add(assignment.Give(_ada.Id, _ada.Name, _eva.Actor, Copy.Noon)!);
        await db.SaveChangesAsync(Cancel);
        var (to, kind, by, _) = Assert.Single(await ToldAsync());
        Assert.Equal(("Ada Obi", NotificationKind.Assigned, "Eva Lind"), (to, kind, by));
        var told = await db.Notifications.AsNoTracking().ToListAsync(Cancel);
        Assert.Equal("Eva Lind assigned “harbour-strike” to you", told[0].Sentence((await db.NamesAsync(told, Cancel))[told[0].Id]));
    }

    private static async Task SayAsync(NewsDb db, StoryNote note, StaffMember by, string text)
    {
        db.Events.Add(new NewsEvent(Act.AddNote, by.Actor, Copy.Noon, [], text, EventSubject.Note(note.Id), story: note.StoryId));
        await db.SaveChangesAsync(Cancel);
    }

    private static StaffMember Member(string name, Role role) => new($"{name.Replace(' ', '.')}@example.org", name, role, Copy.Noon);

    private Task DoAsync(params Action<Story>[] acts) => DoAsync(_ada.Id, acts);

    private async Task DoAsync(long? owner, Action<Story>[] acts)
    {
        await using var db = _store.Db();
        var text = _copy.Text();
        var story = new Story(text, HouseMarkdown.Render(text.Body, _ => null), _ada.Actor, Copy.Noon.AddDays(-1), owner);
        db.Stories.Add(story);
        await db.SaveChangesAsync(Cancel);
        foreach (var act in acts) act(story);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<List<(string To, NotificationKind Kind, string By, string? Note)>> ToldAsync(bool delivers = false)
    {
        await using var db = _store.Db();
        await new NotificationMaker(db).CatchUpAsync(delivers, Cancel);
        var told = await db.Notifications.OrderBy(n => n.EventId).ThenBy(n => n.StaffId).ToListAsync(Cancel);
        var names = await db.Staff.ToDictionaryAsync(m => m.Id, m => m.Name, Cancel);
        return [.. told.Select(n => (names[n.StaffId], n.Kind, n.By.Name, n.Note))];
    }
}
