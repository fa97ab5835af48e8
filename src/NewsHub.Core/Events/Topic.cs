namespace NewsHub.Core.Events;

/// <summary>Names for what a page shows and an event changes; pages cached under a topic go when an event names it.</summary>
public static class Topic
{
    /// <summary>What every page shows: name, sections, latest edition, ticker.</summary>
    public const string SiteWide = "masthead";
    public const string Latest = "latest";
    public const string Corrections = "corrections";
    public const string Editions = "editions";

    /// <summary>The numbers beside a story: readers, shares, reactions. No event names it; pages under it are looked after in their own rhythm.</summary>
    public static string Engagement(StoryId id) => $"engagement:{id.Value}";
    public static string Story(StoryId id) => $"story:{id.Value}";
    public static string Edition(EditionId id) => $"edition:{id.Value}";
    public static string List(ListOf list, long subject) => list == ListOf.Latest ? Latest : $"{list}:{subject}";
}
