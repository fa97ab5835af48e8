namespace NewsHub.Core.Stories;

/// <summary>Before publication: file, return, schedule, embargo, spike.</summary>
public sealed partial class Story
{
    /// <summary>A reporter hands the copy in.</summary>
    public void File(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Draft, $"Only a draft can be filed; this story is {Name(State)}.");
        State = StoryState.Filed;
        Record(Act.File, by, now, []);
    }

    /// <summary>An editor hands it back, and says why.</summary>
    public void Return(string note, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Filed, $"Only a filed story can be returned; this one is {Name(State)}.");
        State = StoryState.Draft;
        Record(Act.Return, by, now, [], note);
    }

    /// <summary>Our own chosen time. It may lie years ahead; one that is past is published by the clock within a minute.</summary>
    public void Schedule(DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled), $"A story that is {Name(State)} cannot be scheduled.");
        RefuseIf(at < EmbargoUntil, "That is before the end of the embargo.");
        State = StoryState.Scheduled;
        ScheduledFor = at;
        Record(Act.Schedule, by, now, []);
    }

    public void Unschedule(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Scheduled, $"This story is not scheduled; it is {Name(State)}.");
        State = StoryState.Filed;
        ScheduledFor = null;
        Record(Act.Unschedule, by, now, []);
    }

    /// <summary>Sets or lifts (null) the embargo. A schedule that it overtakes moves to its end.</summary>
    public void Embargo(DateTimeOffset? until, Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled), $"A story that is {Name(State)} cannot be embargoed.");
        EmbargoUntil = until;
        if (ScheduledFor < until) ScheduledFor = until;
        Record(Act.Embargo, by, now, []);
    }

    /// <summary>Kills a story before publication. <see cref="Revive"/> undoes it.</summary>
    public void Spike(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not (StoryState.Draft or StoryState.Filed or StoryState.Scheduled), $"A story that is {Name(State)} cannot be spiked.");
        State = StoryState.Spiked;
        ScheduledFor = null;
        Record(Act.Spike, by, now, []);
    }

    public void Revive(Actor by, DateTimeOffset now)
    {
        RefuseIf(State is not StoryState.Spiked, $"This story is not spiked; it is {Name(State)}.");
        State = StoryState.Draft;
        Record(Act.Revive, by, now, []);
    }

    private static string Name(StoryState state) => state switch
    {
        StoryState.Draft => "a draft",
        StoryState.Live => "live",
        _ => state.ToString().ToLowerInvariant(),
    };
}
