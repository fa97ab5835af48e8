using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Editions;

/// <summary>A numbered, dated issue of the paper with a composed front.</summary>
public sealed class Edition
{
    /// <summary>As many stories as a front can hold.</summary>
    public const int MostSlots = 200;

    private readonly List<FrontSlot> _slots = [];

    private Edition() { }

    /// <param name="number">From 1, unique.</param>
    /// <param name="date">The day printed on it, in the paper's own zone.</param>
    public Edition(int number, DateOnly date, string title)
    {
        if (number < 1) throw new RefusedException("The number of an edition must be 1 or more.");
        Number = number;
        Describe(date, title);
    }

    /// <summary>The longest interval that counts as a rhythm: a quarterly's. A longer one is a pause.</summary>
    private const int LongestRhythm = 92;

    /// <summary>
    /// The day of the next edition, by the usual interval of the last ones and not before today; today where there is no
    /// rhythm, or where it has been broken.
    /// </summary>
    /// <param name="last">The days of the newest editions, newest first.</param>
    /// <param name="today">In the paper's own zone.</param>
    public static DateOnly NextDate(IReadOnlyList<DateOnly> last, DateOnly today)
    {
        if (last.Count == 0) return today;
        // The middle one: a pause, a special edition or a day mistyped does not change what is usual.
        var gaps = last.Zip(last.Skip(1), (later, before) => later.DayNumber - before.DayNumber)
            .Where(gap => gap is > 0 and <= LongestRhythm).Order().ToList();
        var usual = gaps.Count == 0 ? 0 : gaps[(gaps.Count - 1) / 2];
        // A newest edition that lies further ahead than the next could is no measure either.
        if (last[0].DayNumber - today.DayNumber > LongestRhythm) return today;
        if (last[0] >= today) return last[0].AddDays(Math.Max(1, usual));
        if (usual == 0) return today;
        var missed = (today.DayNumber - last[0].DayNumber - 1) / usual;
        return last[0].AddDays((missed + 1) * usual);
    }

    public EditionId Id { get; private set; }
    public int Number { get; private set; }
    public DateOnly Date { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>When it was published (UTC); null while it is being made. The newest published number is the front page.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>When the clock publishes it (UTC); null where nobody has said so, and once it is out.</summary>
    public DateTimeOffset? ScheduledFor { get; private set; }

    /// <summary>Why the clock could not publish it at its time. It is not tried again until it is scheduled anew: nobody expects a front
    /// to come out in the middle of putting it right.</summary>
    public string? MissedBecause { get; private set; }

    /// <summary>The places that its front began with; null where it began empty.</summary>
    public IReadOnlyList<ShapePart>? Shape { get; private set; }
    public string? SourceHash { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<FrontSlot> Slots => _slots;

    public void Describe(DateOnly date, string title)
    {
        (Date, Title) = (date, title);
        Version++;
    }

    /// <summary>Begins with the places of another front, all of them empty.</summary>
    public void BeginWith(IReadOnlyList<ShapePart> shape) => Shape = shape.Count == 0 ? null : shape;

    /// <summary>The front in one line, as <see cref="FrontOrder"/> writes it.</summary>
    public string Order => FrontOrder.Write(_slots.OrderBy(s => s.Position).Select(s => (s.Place, s.StoryId)));

    /// <summary>Sets the whole front, in order. A story stands in one place only, and there is one lead at most. While the edition is being
    /// made, any story may stand on it.</summary>
    public void Compose(IEnumerable<(SlotKind Place, StoryId Story)> slots)
    {
        var front = slots.ToList();
        if (front.Count(s => s.Place is SlotKind.Lead) > 1) throw new RefusedException("A front needs exactly one lead.");
        if (front.Count > MostSlots) throw new RefusedException($"A front can have {MostSlots} stories at most.");
        if (front.GroupBy(s => s.Story).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RefusedException($"Story {twice.Key} is placed twice.");
        var own = _slots.ToDictionary(s => s.StoryId, s => (s.Headline, s.Picture));
        // A slot's key is its position: one that stays takes another story, so that the store never sees a key go and come at once.
        _slots.Sort((a, b) => a.Position.CompareTo(b.Position));
        for (var i = 0; i < front.Count; i++)
        {
            if (i == _slots.Count) _slots.Add(new FrontSlot(front[i].Place, front[i].Story) { Position = i + 1 });
            else _slots[i].Take(front[i].Place, front[i].Story);
        }
        _slots.RemoveRange(front.Count, _slots.Count - front.Count);
        // What a story is printed with on this front goes where it goes.
        foreach (var slot in _slots)
        {
            var (headline, picture) = own.GetValueOrDefault(slot.StoryId);
            slot.Print(headline, picture);
        }
        Version++;
    }

    /// <summary>Gives one story a place on the front, behind those that stand there; null takes it off. For a front that is being made: the
    /// board does the rest.</summary>
    public void Put(StoryId story, SlotKind? slotKind)
    {
        if (PublishedAt is not null) throw new RefusedException($"No. {Number} is published. Add late stories on its board.");
        var front = _slots.OrderBy(s => s.Position).Where(s => s.StoryId != story).Select(s => (s.Place, Story: s.StoryId)).ToList();
        if (slotKind is { } there)
        {
            if (there is SlotKind.Lead && front.Exists(s => s.Place is SlotKind.Lead))
                throw new RefusedException($"No. {Number} already has a lead. Move that one on the board first.");
            front.Insert(front.FindLastIndex(s => s.Place <= there) + 1, (there, story));
        }
        Compose(front);
    }

    /// <summary>Gives a story's slot a headline and a picture for this front alone; null for the story's own.</summary>
    /// <returns>The event to store with the change.</returns>
    /// <exception cref="RefusedException">The story is not on the front.</exception>
    public NewsEvent PrintSlot(StoryId story, string? headline, PictureUse? picture, Actor by, DateTimeOffset now)
    {
        var slot = _slots.Find(s => s.StoryId == story) ?? throw new RefusedException("The story is not on this front any more.");
        var before = Words(slot);
        slot.Print(headline, picture);
        Version++;
        return new NewsEvent(Act.ComposeEdition, by, now,
            PublishedAt is null ? [] : [Topic.Edition(Id)],
            $"Story {story} on the front",
            EventSubject.Edition(Number),
            before,
            Words(slot));

        static string Words(FrontSlot slot) => $"headline: {slot.Headline}; picture: {slot.Picture?.File}; alt: {slot.Picture?.Alt}";
    }

    /// <summary>Our own chosen time. Until then the front may be changed: what stands on it then is published, all or none.</summary>
    /// <returns>The event to store with the change.</returns>
    /// <exception cref="RefusedException">It is out already.</exception>
    public NewsEvent Schedule(DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        if (PublishedAt is not null) throw new RefusedException($"No. {Number} is published already.");
        var before = ScheduledFor;
        (ScheduledFor, MissedBecause) = (at, null);
        Version++;
        return new NewsEvent(Act.Schedule, by, now, [], null, EventSubject.Edition(Number),
            before is { } was ? Minute(was) : null, Minute(at));
    }

    /// <summary>Takes it off the clock.</summary>
    /// <returns>The event to store with the change.</returns>
    /// <exception cref="RefusedException">It is not on the clock.</exception>
    public NewsEvent Unschedule(Actor by, DateTimeOffset now)
    {
        if (ScheduledFor is not { } was) throw new RefusedException($"No. {Number} is not scheduled.");
        (ScheduledFor, MissedBecause) = (null, null);
        Version++;
        return new NewsEvent(Act.Unschedule, by, now, [], null, EventSubject.Edition(Number), before: Minute(was));
    }

    /// <summary>Whether the clock is to publish it now.</summary>
    public bool IsDue(DateTimeOffset now) => PublishedAt is null && ScheduledFor <= now && MissedBecause is null;

    /// <summary>The clock could not publish it in time. It stays in progress.</summary>
    /// <param name="why">A sentence for the desk.</param>
    /// <returns>The event to store with the change.</returns>
    /// <exception cref="RefusedException">It is not due.</exception>
    public NewsEvent MarkMissed(string why, Actor by, DateTimeOffset now)
    {
        if (!IsDue(now)) throw new RefusedException("This edition is not due.");
        MissedBecause = why;
        Version++;
        return new NewsEvent(Act.FailToPublish, by, now, [], why, EventSubject.Edition(Number));
    }

    /// <summary>Lets the edition out. Its stories must be live, or be published with it in the same transaction.</summary>
    /// <param name="stories">The stories of all slots.</param>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent Publish(IReadOnlyCollection<Story> stories, Actor by, DateTimeOffset now)
    {
        Join(stories, now);
        PublishedAt ??= now;
        (ScheduledFor, MissedBecause) = (null, null);
        Version++;
        return new NewsEvent(Act.PublishEdition, by, now,
            [Topic.SiteWide, Topic.Editions, Topic.Edition(Id), .. stories.Select(s => Topic.Story(s.Id))],
            $"No. {Number}",
            EventSubject.Edition(Number),
            after: Order);
    }

    /// <summary>Changes the front that readers have: late stories join it where the editor puts them.</summary>
    /// <param name="stories">The stories of all slots, and those that the edition brought and that leave it now.</param>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent Recompose(
        IEnumerable<(SlotKind Place, StoryId Story)> slots,
        IReadOnlyCollection<Story> stories,
        Actor by,
        DateTimeOffset now,
        string? note = null)
    {
        if (PublishedAt is null) throw new RefusedException("This edition is not published yet.");
        var before = Order;
        Compose(slots);
        Join(stories, now);
        // What left this front is free to stand in Latest, or in another edition.
        foreach (var left in stories.Where(s => s.EditionId == Id && !_slots.Exists(slot => slot.StoryId == s.Id))) left.JoinEdition(null);
        return new NewsEvent(Act.ComposeEdition, by, now,
            [Topic.Latest, Topic.Editions, Topic.Edition(Id), .. stories.Select(s => Topic.Story(s.Id))],
            note,
            EventSubject.Edition(Number),
            before,
            Order);
    }

    private void Join(IReadOnlyCollection<Story> stories, DateTimeOffset now)
    {
        if (_slots.Count == 0) throw new RefusedException("An empty edition cannot be published.");
        if (_slots.Count(s => s.Place is SlotKind.Lead) != 1) throw new RefusedException("A front needs exactly one lead.");
        foreach (var slot in _slots)
        {
            var story = stories.SingleOrDefault(s => s.Id == slot.StoryId)
                ?? throw new RefusedException($"Story {slot.StoryId} is not available.");
            // One that was withdrawn after this edition came out keeps its place, unseen, until it is restored.
            if (story.State is not StoryState.Live
                && !(story.State is StoryState.Withdrawn && (story.WithdrawnAt > now || story.WithdrawnAt > PublishedAt)))
            {
                throw new RefusedException($"“{story.Address ?? story.Id.ToString()}” is not live.");
            }
            // A later front may show a story again; it stays with the edition that brought it.
            if (story.EditionId is null) story.JoinEdition(Id);
        }
    }

    private static string Minute(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    public void ImportedFrom(string hash) => SourceHash = hash;
}
