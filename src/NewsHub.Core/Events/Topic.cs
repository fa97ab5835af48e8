namespace NewsHub.Core.Events;

/// <summary>What a page shows and an event changes; pages cached under a topic go when an event names it.</summary>
public readonly record struct Topic
{
    private readonly string _name;

    private Topic(string name) => _name = name;

    /// <summary>What every page shows: name, sections, latest edition, ticker.</summary>
    public static Topic SiteWide { get; } = new("masthead");
    public static Topic Latest { get; } = new("latest");
    public static Topic Corrections { get; } = new("corrections");
    public static Topic Editions { get; } = new("editions");

    /// <summary>
    /// The numbers beside a story: readers, shares, reactions. No event names it; pages under it are looked after in their own rhythm.
    /// </summary>
    public static Topic Engagement(StoryId id) => new($"engagement:{id.Value}");
    public static Topic Story(StoryId id) => new($"story:{id.Value}");
    public static Topic Edition(EditionId id) => new($"edition:{id.Value}");

    /// <summary>The bytes of a picture at one address. No page has it: it is for caches in front of the paper.</summary>
    /// <param name="key">The picture's key, as its addresses have it.</param>
    public static Topic Picture(string key) => new($"picture:{key}");
    public static Topic List(ListOf list, long subject) => list == ListOf.Latest ? Latest : new($"{list}:{subject}");

    /// <summary>As it is stored.</summary>
    public override string ToString() => _name;

    internal static string Stored(IEnumerable<Topic> topics) => string.Join(' ', topics);

    internal static IReadOnlyList<Topic> FromStored(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new Topic(name))];
}
