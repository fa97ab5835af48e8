using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;

namespace NewsHub.Core.Notifications;

/// <summary>Makes notifications of what the log has come to hold. It follows the log from a position of its own.</summary>
public sealed class NotificationMaker(NewsDb db)
{
    /// <summary>The first time, nobody is told of what happened before.</summary>
    public Task BeginAsync(CancellationToken cancel = default) => db.BeginBehindNewestAsync<NotificationPosition>(cancel);

    /// <param name="delivers">Whether there is a mail server; without one no mail is queued.</param>
    /// <returns>How many were made.</returns>
    public async Task<int> CatchUpAsync(bool delivers, CancellationToken cancel = default)
    {
        await BeginAsync(cancel);
        var made = 0;
        while (await db.FollowLogAsync<NotificationPosition>(0, async (_, events) =>
        {
            made += await MakeAsync(events, delivers, cancel);
            return events[^1].Id;
        }, cancel)) { }
        return made;
    }

    /// <summary>Whom an event concerns, and as what: the one place that says so.</summary>
    private async Task<(NotificationKind Kind, long? Member)[]> ConcernedAsync(
        NewsEvent e, long? owner, long? filedTo, CancellationToken cancel) => e.Act switch
        {
            Act.File => [(NotificationKind.Filed, filedTo)],
            Act.Return => [(NotificationKind.Returned, owner)],
            Act.AddNote => [.. (await ParticipantsAsync(e, owner, cancel)).Select(m => (NotificationKind.Noted, m))],
            Act.GiveAssignment => [(NotificationKind.Assigned, await AssigneeAsync(e, cancel))],
            Act.Publish => [(NotificationKind.Published, owner)],
            Act.FailToPublish => [(NotificationKind.Failed, owner), (NotificationKind.Failed, await SchedulerAsync(e, cancel))],
            _ => [],
        };

    private async Task<int> MakeAsync(IReadOnlyList<NewsEvent> events, bool delivers, CancellationToken cancel)
    {
        var stories = events.Select(e => e.StoryId).OfType<StoryId>().Distinct().ToList();
        var whose = await db.Stories.AsNoTracking()
            .Where(s => stories.Contains(s.Id))
            .Select(s => new { s.Id, s.OwnerId, s.FiledTo })
            .ToDictionaryAsync(s => s.Id, cancel);
        var concerned = new List<(NewsEvent Event, NotificationKind Kind, long Member)>();
        foreach (var e in events)
        {
            var story = e.StoryId is { } id ? whose.GetValueOrDefault(id) : null;
            foreach (var (kind, member) in await ConcernedAsync(e, story?.OwnerId, story?.FiledTo, cancel))
                if (member is { } told) concerned.Add((e, kind, told));
        }
        if (concerned.Count == 0) return 0;
        var members = concerned.Select(c => c.Member).Distinct().ToList();
        var from = events[0].Id;
        var there = (await db.Notifications.AsNoTracking()
            .Where(n => n.EventId >= from && members.Contains(n.StaffId))
            .Select(n => new { n.StaffId, n.EventId })
            .ToListAsync(cancel)).Select(n => (n.StaffId, n.EventId)).ToHashSet();
        var staff = await db.Staff.AsNoTracking().Where(m => members.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var choices = await db.NotificationChoices.AsNoTracking()
            .Where(c => members.Contains(c.StaffId))
            .ToDictionaryAsync(c => (c.StaffId, c.Kind), cancel);
        var made = 0;
        foreach (var (e, kind, id) in concerned)
        {
            if (!staff.TryGetValue(id, out var member) || member.Actor == e.By || !member.May(Act.Read)) continue;
            var choice = choices.GetValueOrDefault((id, kind)) ?? NotificationChoice.Usual(id, kind);
            if (!choice.Bell && !(choice.Mail && delivers) || !there.Add((id, e.Id))) continue;
            db.Notifications.Add(new Notification(e, choice, delivers));
            made++;
        }
        await db.SaveChangesAsync(cancel);
        foreach (var member in members) await PruneAsync(member, cancel);
        return made;
    }

    /// <summary>Whom a note or an answer concerns: whose story it is, who has written in it before, and who is called by name.</summary>
    private async Task<IEnumerable<long?>> ParticipantsAsync(NewsEvent e, long? owner, CancellationToken cancel)
    {
        var id = e.Subject?.Number;
        var note = await db.StoryNotes.AsNoTracking().Include(n => n.Answers).SingleOrDefaultAsync(n => n.Id == id, cancel);
        if (note is null) return [];
        var staff = await db.Staff.AsNoTracking().Where(m => m.ClosedAt == null).ToListAsync(cancel);
        var called = Mentions.In(e.Note ?? "", staff).Select(m => (long?)m.Id);
        return note.Answers.Select(a => (long?)a.ById).Append(note.ById).Append(owner).Concat(called).Distinct();
    }

    private async Task<long?> AssigneeAsync(NewsEvent e, CancellationToken cancel)
    {
        var id = e.Subject?.Number;
        return await db.Assignments.Where(a => a.Id == id).Select(a => a.GivenTo).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Who scheduled the story or the edition that an event is about, by the log.</summary>
    private async Task<long?> SchedulerAsync(NewsEvent e, CancellationToken cancel)
    {
        var by = await db.Events.Where(s => s.StoryId == e.StoryId && s.Subject == e.Subject && s.Act == Act.Schedule && s.Id < e.Id)
            .OrderByDescending(s => s.Id)
            .Select(s => (Actor?)s.By)
            .FirstOrDefaultAsync(cancel);
        if (by is not { Name: var name }) return null;
        return await db.Staff.Where(m => m.Name == name).Select(m => (long?)m.Id).SingleOrDefaultAsync(cancel);
    }

    private async Task PruneAsync(long member, CancellationToken cancel)
    {
        var all = db.Notifications.Where(n => n.StaffId == member);
        var last = await all.OrderByDescending(n => n.EventId)
            .Skip(Notification.KeptOfOneMember)
            .Select(n => (long?)n.EventId)
            .FirstOrDefaultAsync(cancel);
        if (last is not null) await all.Where(n => n.EventId <= last).ExecuteDeleteAsync(cancel);
    }
}
