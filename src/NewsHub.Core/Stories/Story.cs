using NewsHub.Core.Events;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>
/// A story: identity, state and address. What it says is in its <see cref="Revision"/>s. All times are UTC.
/// The verbs are in the partial files; each checks the state, changes it and leaves one <see cref="NewsEvent"/>.
/// </summary>
public sealed partial class Story
{
    /// <summary>How long one person's autosaves replace each other.</summary>
    private static readonly TimeSpan AutosavesAreOneFor = TimeSpan.FromMinutes(10);

    private readonly List<Revision> _revisions = [];
    private readonly List<Listing> _listings = [];
    private readonly List<Correction> _corrections = [];
    private readonly List<FormerAddress> _formerAddresses = [];
    private readonly List<StoryNote> _notes = [];
    private readonly List<NewsEvent> _events = [];

    private Story() { }

    /// <summary>A new story, in draft, with its first text.</summary>
    /// <param name="owner">The member of staff whose story it is; null for one that came from a file.</param>
    public Story(StoryText text, RenderedBody body, Actor by, DateTimeOffset now, long? owner = null, bool autosave = false)
    {
        StartedAt = now;
        OwnerId = owner;
        Save(text, body, by, now, autosave);
    }

    public StoryId Id { get; private set; }
    public StoryState State { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When anything was last done to it, an autosave included; the newsroom's list is in this order.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The member of staff whose story it is.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>The member of staff to whom it was filed; null for the whole desk.</summary>
    public long? FiledTo { get; private set; }

    /// <summary>Why it was handed back; null once it is filed again.</summary>
    public string? ReturnNote { get; private set; }

    /// <summary>The revision that an editor approved; a later one has not been seen yet.</summary>
    public int? ApprovedRevision { get; private set; }

    /// <summary>The revision that the clock will publish: the one that someone with the right to scheduled, saved by hand
    /// since, or took in since.</summary>
    public int? ScheduledRevision { get; private set; }

    /// <summary>Scheduled, with a newer text that does not go out by itself: an autosave, or one of somebody who may not publish.</summary>
    public bool HasTextOutsideSchedule => State is StoryState.Scheduled && ScheduledRevision != WorkingRevision;

    /// <summary>Flagged as breaking on every page until then; one story at a time, see <see cref="Flag"/>.</summary>
    public DateTimeOffset? BreakingUntil { get; private set; }

    /// <summary>The number of the newest revision: what editors work on.</summary>
    public int WorkingRevision { get; private set; }

    /// <summary>The number of the revision that readers see; null before the first publication.</summary>
    public int? LiveRevision { get; private set; }

    /// <summary>The address's last word; set at the first publication unless an editor chose it before.</summary>
    public Slug? Slug { get; private set; }

    /// <summary><c>/section/yyyy/MM/dd/slug</c>, by the UTC day of first publication; null before it.</summary>
    public string? Address { get; private set; }

    /// <summary>Set once. Lists are ordered by it.</summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    /// <summary>When readers last got a new text; null while the first one stands.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }
    public DateTimeOffset? ScheduledFor { get; private set; }

    /// <summary>An outside promise: not a word before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>What readers are told at a withdrawn story's address.</summary>
    public string? WithdrawalNotice { get; private set; }

    /// <summary>The edition that brought the story, if any.</summary>
    public EditionId? EditionId { get; private set; }

    /// <summary>How often it was shared; the sum of its shares, which <c>EngagementQueue</c> keeps.</summary>
    public int Shares { get; private set; }

    /// <summary>Reactions by key, one per reader; <c>EngagementQueue</c> keeps it.</summary>
    public IReadOnlyDictionary<string, int> Reactions { get; private set; } = new Dictionary<string, int>();

    /// <summary>What to read next, nearest first: looked up when a text was published (see <c>RelatedStories</c>).</summary>
    public IReadOnlyList<long> Related { get; private set; } = [];

    /// <summary>The content file's stem, for stories that came from one.</summary>
    public string? SourceKey { get; private set; }

    /// <summary>SHA-256 of that file when it was last imported.</summary>
    public string? SourceHash { get; private set; }

    /// <summary>Concurrency token, incremented with every change.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<Revision> Revisions => _revisions;
    public IReadOnlyList<Listing> Listings => _listings;
    public IReadOnlyList<Correction> Corrections => _corrections;
    public IReadOnlyList<FormerAddress> FormerAddresses => _formerAddresses;
    public IReadOnlyList<NewsEvent> Events => _events;

    /// <summary>What colleagues say of it among themselves.</summary>
    public IReadOnlyList<StoryNote> Notes => _notes;

    /// <summary>Remembers which form it was begun with, so that the same form sent again finds it: a second click, an answer that
    /// was lost, a way back.</summary>
    /// <param name="form">The form's one-time key.</param>
    public void BeganWith(string form, Actor by, DateTimeOffset now) =>
        _events.Add(new NewsEvent(Act.Start, by, now, [], subject: EventSubject.Form(form)));

    /// <summary>
    /// Keeps a new text. Readers of a live story go on seeing the live one until someone publishes this. A text that is the newest already
    /// makes no revision: saved by hand, an autosave of it counts as saved by hand from then on.
    /// </summary>
    /// <param name="autosave">Kept by the machine while someone writes. The clock publishes none unless someone
    /// takes it into the schedule.</param>
    /// <param name="goesOnFrom">The revision that was open when this was typed. An autosave of the same person, not ten minutes old, makes
    /// way for what goes on from it; one from another of their windows stays.</param>
    /// <param name="intoSchedule">Whether a text that is saved by hand goes out with a scheduled story: only if whoever
    /// saves it may schedule.</param>
    public Revision Save(StoryText text, RenderedBody body, Actor by, DateTimeOffset now, bool autosave =
        false, int? goesOnFrom = null, bool intoSchedule = true)
    {
        RefuseIf(State is StoryState.Spiked, "A spiked story cannot be edited. Revive it first.");
        var before = _revisions.Find(r => r.Number == WorkingRevision);
        if (before?.Says(text, body) is true)
        {
            if (!autosave) KeepByHand(before, by, now, intoSchedule);
            return before;
        }
        foreach (var note in _notes) note.Follow(before?.Text, text);
        var revision = new Revision(++WorkingRevision, text, body, by, now, autosave);
        // It takes the place under a number of its own: whoever had the other open is told that it has moved on.
        if (before is { Autosaved: true }
            && before.By == by
            && before.Number == goesOnFrom
            && now - before.BeganAt < AutosavesAreOneFor
            && !IsPinned(before.Number))
        {
            if (autosave) revision.GoesOn(before);
            _revisions.Remove(before);
        }
        _revisions.Add(revision);
        if (State is StoryState.Scheduled && !autosave && intoSchedule) ScheduledRevision = revision.Number;
        if (!autosave) Record(Act.Save, by, now, []);
        else (Version, ChangedAt) = (Version + 1, now);
        return revision;
    }

    private void KeepByHand(Revision newest, Actor by, DateTimeOffset now, bool intoSchedule)
    {
        var isScheduled = intoSchedule && State is StoryState.Scheduled && ScheduledRevision != newest.Number;
        if (!newest.Autosaved && !isScheduled) return;
        newest.KeepByHand(now);
        if (isScheduled) ScheduledRevision = newest.Number;
        Record(Act.Save, by, now, []);
    }

    /// <summary>Chooses the address's last word before the first publication; null leaves it to the headline.</summary>
    public void ChooseSlug(Slug? slug)
    {
        RefuseIf(Address is not null, "The story already has an address. Use “Change the address” instead.");
        if (slug is { IsReserved: true } ours) throw new RefusedException(ours.IsOurs);
        Slug = slug;
    }

    /// <summary>Names the stories to read next.</summary>
    public void SetRelated(IEnumerable<StoryId> stories) => Related = [.. stories.Select(s => s.Value)];

    private bool IsPinned(int revision) => revision == LiveRevision || revision == ApprovedRevision || revision == ScheduledRevision;

    /// <summary>Remembers the content file that this text came from.</summary>
    public void ImportedFrom(string key, string hash) => (SourceKey, SourceHash) = (key, hash);

    internal void JoinEdition(EditionId? edition) => EditionId = edition;

    private void Record(Act act, Actor by, DateTimeOffset now, IEnumerable<Topic> topics, string? note = null)
    {
        Version++;
        if (now > ChangedAt) ChangedAt = now;
        // A flag whose time is over is on no page any more.
        if (BreakingUntil <= now) BreakingUntil = null;
        _events.Add(new NewsEvent(act, by, now, topics, note));
    }

    private static void RefuseIf(bool refused, string sentence)
    {
        if (refused) throw new RefusedException(sentence);
    }
}
