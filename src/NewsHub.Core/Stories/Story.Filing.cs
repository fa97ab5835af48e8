using System.Globalization;
using NewsHub.Core.Events;

namespace NewsHub.Core.Stories;

/// <summary>Before publication: file, return, approve, schedule, embargo, show to someone outside, spike.</summary>
public sealed partial class Story
{
    /// <summary>A reporter hands the copy in.</summary>
    /// <param name="to">The member of staff who should look at it; null for the whole desk.</param>
    /// <param name="note">What whoever looks at it should know.</param>
    public void File(Actor by, DateTimeOffset now, long? to = null, string? note = null)
    {
        RefuseIf(State is not StoryState.Draft, $"Only a draft can be filed; this story is {Name(State)}.");
        State = StoryState.Filed;
        FiledTo = to;
        ReturnNote = null;
        Record(Act.File, by, now, [], note);
    }

    /// <summary>An editor hands it back, and says why.</summary>
    public void Return(string note, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Filed, $"Only a filed story can be returned; this one is {Name(State)}.");
        RefuseIf(string.IsNullOrWhiteSpace(note), "Enter a note that says what needs changing.");
        State = StoryState.Draft;
        ReturnNote = note;
        ApprovedRevision = null;
        Record(Act.Return, by, now, [], note);
    }

    /// <summary>An editor has read this text and finds it fit to print. A later text has to be approved again.</summary>
    public void Approve(Revision revision, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Filed, $"Only a filed story can be approved; this one is {Name(State)}.");
        RefuseIf(revision.Number != WorkingRevision, "Someone has saved a newer text. Read that one first.");
        CheckForPrint(revision.Text);
        ApprovedRevision = revision.Number;
        Record(Act.Approve, by, now, [], $"revision {revision.Number}");
    }

    /// <summary>Our own chosen time. It may lie years ahead; one that is past is published by the clock within a minute.</summary>
    /// <param name="newest">Whether the newest text goes out then; false leaves the one that is in the schedule already.</param>
    public void Schedule(DateTimeOffset at, Actor by, DateTimeOffset now, bool newest = true)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled),
            $"A story that is {Name(State)} cannot be scheduled.");
        RefuseIf(at < EmbargoUntil, "Choose a time after the end of the embargo.");
        if (newest || ScheduledRevision is null) ScheduledRevision = WorkingRevision;
        State = StoryState.Scheduled;
        ScheduledFor = at;
        Record(Act.Schedule, by, now, [], Minute(at));
    }

    /// <summary>The newest text is the one that goes out at the time that was set before.</summary>
    public void TakeIntoSchedule(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Scheduled, $"This story is not scheduled; it is {Name(State)}.");
        if (!HasTextOutsideSchedule) return;
        ScheduledRevision = WorkingRevision;
        Record(
            Act.Schedule, by, now, [], string.Create(CultureInfo.InvariantCulture, $"took revision {WorkingRevision} into the schedule"));
    }

    public void Unschedule(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Scheduled, $"This story is not scheduled; it is {Name(State)}.");
        State = StoryState.Filed;
        ScheduledFor = null;
        ScheduledRevision = null;
        Record(Act.Unschedule, by, now, []);
    }

    /// <summary>Sets or lifts (null) the embargo. A schedule that it overtakes moves to its end.</summary>
    public void Embargo(DateTimeOffset? until, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled),
            $"A story that is {Name(State)} cannot be embargoed.");
        EmbargoUntil = until;
        if (ScheduledFor < until) ScheduledFor = until;
        Record(Act.Embargo, by, now, [], until is { } at ? Minute(at) : "lifted");
    }

    /// <summary>The clock could not publish it in time. It stays scheduled, and is tried again once someone has
    /// done something about it.</summary>
    /// <param name="why">A sentence for the desk.</param>
    public void MarkMissed(string why, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Scheduled || ScheduledFor > now, "This story is not due.");
        Record(Act.FailToPublish, by, now, [], why);
    }

    /// <summary>Lets someone outside read the newest text, whatever becomes of it, until an instant (UTC).</summary>
    /// <param name="maker">The account of whoever shares it.</param>
    public PreviewLink SharePreview(DateTimeOffset until, Actor by, DateTimeOffset now, long? maker = null)
    {
        RefuseIf(State is StoryState.Spiked or StoryState.Withdrawn, $"A story that is {Name(State)} cannot be previewed.");
        RefuseIf(until <= now, "Choose an end in the future.");
        Record(Act.SharePreview, by, now, [], $"until {Minute(until)}");
        return new PreviewLink(Id, by, now, until, maker);
    }

    public void RevokePreview(PreviewLink link, Actor by, DateTimeOffset now)
    {
        RefuseIf(link.StoryId != Id, "That link belongs to another story.");
        if (!link.OpenAt(now)) return;
        link.Revoke(now);
        Record(Act.RevokePreview, by, now, [], $"the link of {link.By}, made {Minute(link.MadeAt)}");
    }

    /// <summary>Kills a story before publication. <see cref="Revive"/> undoes it.</summary>
    public void Spike(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled),
            $"A story that is {Name(State)} cannot be spiked.");
        State = StoryState.Spiked;
        ScheduledFor = null;
        ScheduledRevision = null;
        Record(Act.Spike, by, now, []);
    }

    public void Revive(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Spiked, $"This story is not spiked; it is {Name(State)}.");
        State = StoryState.Draft;
        Record(Act.Revive, by, now, []);
    }

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Name(StoryState state) => state switch
    {
        StoryState.Draft => "a draft",
        StoryState.Live => "live",
        _ => state.ToString().ToLowerInvariant(),
    };
}
