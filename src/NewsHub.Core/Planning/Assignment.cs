using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Core.Planning;

/// <summary>
/// A story that is wanted: what it is about, who writes it, when it is due. It becomes a story by <see cref="Start"/>, and goes on holding
/// the day on which the desk would like to have it. That day is a wish: when readers get the story is the story's own
/// <see cref="Stories.Story.ScheduledFor"/>, a promise. All instants are UTC.
/// </summary>
public sealed class Assignment
{
    /// <summary>Why somebody cannot take it.</summary>
    public const string IsTaken = "Someone else has this assignment already.";

    private Assignment() { }

    /// <summary>A new assignment, which nobody has yet.</summary>
    /// <exception cref="RefusedException">Something in the plan is beyond its bounds.</exception>
    public Assignment(AssignmentPlan plan, Actor by, DateTimeOffset now)
    {
        (MadeBy, MadeAt) = (by, now);
        Fill(plan);
    }

    public long Id { get; private set; }

    /// <summary>The newsroom's short working name for it, such as <c>harbour-strike</c>; no address, and not unique.</summary>
    public Slug Slug { get; private set; }

    /// <summary>What it is about; the story's first working headline.</summary>
    public string? Line { get; private set; }

    /// <summary>The member of staff who is to write it; null while nobody has it.</summary>
    public long? GivenTo { get; private set; }

    /// <summary>The day on which the desk would like to print it, in the paper's own zone: a wish.</summary>
    public DateOnly? PlannedDay { get; private set; }

    /// <summary>When the text is wanted.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The length wanted, in words.</summary>
    public int? Words { get; private set; }
    public bool WantsPicture { get; private set; }
    public SectionId? SectionId { get; private set; }

    /// <summary>The edition that it is meant for.</summary>
    public EditionId? EditionId { get; private set; }
    public string? Note { get; private set; }
    public Actor MadeBy { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>The story that it became; null until then.</summary>
    public StoryId? StoryId { get; private set; }

    /// <summary>When it was dropped; null while it is wanted.</summary>
    public DateTimeOffset? DroppedAt { get; private set; }

    /// <summary>Concurrency token, incremented with every change.</summary>
    public int Version { get; private set; }

    /// <summary>All that is planned of it, as one value.</summary>
    public AssignmentPlan Plan => new()
    {
        Slug = Slug,
        Line = Line,
        Day = PlannedDay,
        DueAt = DueAt,
        Words = Words,
        WantsPicture = WantsPicture,
        Section = SectionId,
        Edition = EditionId,
        Note = Note,
    };

    private EventSubject Subject => EventSubject.Assignment(Id);

    /// <summary>That it was made. To be stored once the assignment has its number, in the same transaction.</summary>
    public NewsEvent Made() => new(Act.PlanAssignment, MadeBy, MadeAt, [], Slug.Value, Subject, after: Plan.Against(null));

    /// <summary>Changes what is planned.</summary>
    /// <returns>The event to store with the change; null where nothing is changed.</returns>
    /// <exception cref="RefusedException">It is dropped, or something in the plan is beyond its bounds.</exception>
    public NewsEvent? Change(AssignmentPlan plan, Actor by, DateTimeOffset now)
    {
        RefuseIfDropped();
        var before = Plan;
        if (plan == before) return null;
        Fill(plan);
        return Record(Act.ChangeAssignment, by, now, Slug.Value, before.Against(plan), plan.Against(before));
    }

    /// <summary>Plans it for another day, or for none yet.</summary>
    /// <inheritdoc cref="Change" path="/returns"/>
    /// <inheritdoc cref="Change" path="/exception"/>
    public NewsEvent? MoveTo(DateOnly? day, Actor by, DateTimeOffset now) => Change(Plan with { Day = day }, by, now);

    /// <summary>Gives it to a member of staff, or to nobody (null). The owner of the story that it may have become stays.</summary>
    /// <param name="name">That member's, for the log.</param>
    /// <returns>The event to store with the change; null where they have it already.</returns>
    public NewsEvent? Give(long? to, string? name, Actor by, DateTimeOffset now)
    {
        RefuseIfDropped();
        if (GivenTo == to) return null;
        GivenTo = to;
        return Record(Act.GiveAssignment, by, now, $"{Slug}: to {name ?? "nobody"}");
    }

    /// <summary>Somebody takes what nobody has.</summary>
    /// <returns>The event to store with the change; null where they have it already.</returns>
    public NewsEvent? Take(long member, Actor by, DateTimeOffset now)
    {
        RefuseIfDropped();
        if (GivenTo == member) return null;
        RefuseIf(GivenTo is not null, IsTaken);
        GivenTo = member;
        return Record(Act.TakeAssignment, by, now, Slug.Value);
    }

    /// <summary>It becomes a story, once.</summary>
    /// <param name="story">The new story, which has its number already.</param>
    /// <param name="owner">Whose story it is; from now on the assignment is theirs too.</param>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent Start(StoryId story, long owner, Actor by, DateTimeOffset now)
    {
        RefuseIfDropped();
        RefuseIf(StoryId is not null, "This assignment is a story already.");
        StoryId = story;
        GivenTo = owner;
        Version++;
        return new NewsEvent(Act.StartAssignment, by, now, [], Slug.Value, Subject, story: story);
    }

    /// <summary>It is not wanted any more.</summary>
    /// <returns>The event to store with the change; null where it is dropped already.</returns>
    public NewsEvent? Drop(Actor by, DateTimeOffset now)
    {
        if (DroppedAt is not null) return null;
        RefuseIf(StoryId is not null, "This assignment is a story already. Spike the story instead.");
        DroppedAt = now;
        return Record(Act.DropAssignment, by, now, Slug.Value);
    }

    /// <summary>It is wanted again, as it was planned.</summary>
    /// <returns>The event to store with the change; null where it was not dropped.</returns>
    public NewsEvent? Revive(Actor by, DateTimeOffset now)
    {
        if (DroppedAt is null) return null;
        DroppedAt = null;
        return Record(Act.ReviveAssignment, by, now, Slug.Value);
    }

    private void Fill(AssignmentPlan plan)
    {
        plan.Check();
        (Slug, Line, PlannedDay, DueAt) = (plan.Slug, plan.Line, plan.Day, plan.DueAt);
        (Words, WantsPicture, SectionId, EditionId, Note) = (plan.Words, plan.WantsPicture, plan.Section, plan.Edition, plan.Note);
    }

    private NewsEvent Record(Act act, Actor by, DateTimeOffset now, string note, string? before = null, string? after = null)
    {
        Version++;
        return new NewsEvent(act, by, now, [], note, Subject, before, after);
    }

    private void RefuseIfDropped() => RefuseIf(DroppedAt is not null, "This assignment is dropped. Revive it first.");

    private static void RefuseIf(bool refused, string sentence)
    {
        if (refused) throw new RefusedException(sentence);
    }
}

/// <summary>What is planned of an assignment.</summary>
public sealed record AssignmentPlan
{
    /// <summary>As long as any story may be wanted, in words.</summary>
    public const int MostWords = 50_000;

    /// <summary>The years of a planned day: those in which times can be typed, see <see cref="WallClock"/>.</summary>
    public const int FirstYear = 1900, LastYear = 2999;

    public required Slug Slug { get; init; }
    public string? Line { get; init; }

    /// <summary>In the paper's own zone.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public int? Words { get; init; }
    public bool WantsPicture { get; init; }
    public SectionId? Section { get; init; }
    public EditionId? Edition { get; init; }
    public string? Note { get; init; }

    /// <summary>Whether a day can be planned for.</summary>
    public static bool IsDay(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>What is not as in another plan, a line each, for the log; all that is filled in where there is no other.</summary>
    public string Against(AssignmentPlan? other)
    {
        var others = other?.Fields().ToDictionary(f => f.Name, f => f.Words);
        return string.Join('\n', Fields().Where(f => others is null ? f.Words.Length > 0 : f.Words != others[f.Name])
            .Select(f => $"{f.Name}: {f.Words}"));
    }

    internal void Check()
    {
        if (string.IsNullOrEmpty(Slug.Value)) throw new RefusedException("Enter a slug.");
        if (Line?.Length > TextLimits.AssignmentLine || Note?.Length > TextLimits.AssignmentNote)
            throw new RefusedException("The text is too long.");
        if (Words is < 1 or > MostWords) throw new RefusedException($"A length is from 1 to {MostWords} words.");
        if (Day is { } day && !IsDay(day)) throw new RefusedException($"Enter a year between {FirstYear} and {LastYear}.");
    }

    private IEnumerable<(string Name, string Words)> Fields() =>
    [
        ("Slug", Slug.Value), ("Line", Line ?? ""), ("Planned day", Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
        ("Due", DueAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? ""),
        ("Length", Words?.ToString(CultureInfo.InvariantCulture) ?? ""), ("Picture wanted", WantsPicture ? "yes" : ""),
        ("Section", Section?.Value.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("Edition", Edition?.Value.ToString(CultureInfo.InvariantCulture) ?? ""), ("Note", Note ?? ""),
    ];
}
