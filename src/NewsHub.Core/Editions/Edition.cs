using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Editions;

/// <summary>A numbered, dated issue of the paper with a composed front.</summary>
public sealed class Edition
{
    private readonly List<FrontSlot> _slots = [];

    private Edition() { }

    /// <param name="number">From 1, unique.</param>
    /// <param name="date">The day printed on it, in the paper's own zone.</param>
    public Edition(int number, DateOnly date, string title)
    {
        if (number < 1) throw new RefusedException("An edition's number starts at 1.");
        Number = number;
        Describe(date, title);
    }

    public EditionId Id { get; private set; }
    public int Number { get; private set; }
    public DateOnly Date { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>When it was published (UTC); null while it is being made. The newest published number is the front page.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? SourceHash { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<FrontSlot> Slots => _slots;

    public void Describe(DateOnly date, string title)
    {
        (Date, Title) = (date, title);
        Version++;
    }

    /// <summary>Sets the whole front, in order. A story stands in one place only, and there is one lead at most.</summary>
    public void Compose(IEnumerable<(Place Place, StoryId Story)> slots)
    {
        var front = slots.ToList();
        if (front.Count(s => s.Place is Place.Lead) > 1) throw new RefusedException("A front has exactly one lead.");
        if (front.GroupBy(s => s.Story).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RefusedException($"Story {twice.Key} stands in two slots.");
        _slots.Clear();
        foreach (var (place, story) in front) _slots.Add(new FrontSlot(place, story) { Position = _slots.Count + 1 });
        Version++;
    }

    /// <summary>Lets the edition out. Its stories must be live, or be published with it in the same transaction.</summary>
    /// <param name="stories">The stories of all slots.</param>
    /// <returns>The event to store with the change.</returns>
    public StoryEvent Publish(IReadOnlyCollection<Story> stories, Actor by, DateTimeOffset now)
    {
        if (_slots.Count == 0) throw new RefusedException("An empty edition cannot be published.");
        if (_slots.Count(s => s.Place is Place.Lead) != 1) throw new RefusedException("A front has exactly one lead.");
        foreach (var slot in _slots)
        {
            var story = stories.SingleOrDefault(s => s.Id == slot.StoryId) ?? throw new RefusedException($"Story {slot.StoryId} is not at hand.");
            // One that was withdrawn after this edition came out keeps its place, unseen, until it is restored.
            if (story.State is not StoryState.Live && !(story.State is StoryState.Withdrawn && story.WithdrawnAt > now)) throw new RefusedException($"“{story.Address ?? story.Id.ToString()}” is not live.");
            // A later front may show a story again; it stays with the edition that brought it.
            if (story.EditionId is null) story.JoinEdition(Id);
        }
        PublishedAt ??= now;
        Version++;
        return new StoryEvent(Act.PublishEdition, by, now,
            [Topic.Masthead, Topic.Editions, Topic.Edition(Id), .. stories.Select(s => Topic.Story(s.Id))], $"No. {Number}");
    }

    public void CameFrom(string hash) => SourceHash = hash;
}
