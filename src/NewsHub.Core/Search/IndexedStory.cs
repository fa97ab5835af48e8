using NewsHub.Core.Events;

namespace NewsHub.Core.Search;

/// <summary>A live story's place in the index.</summary>
public sealed class IndexedStory
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.MinValue;

    /// <summary>As many stories can be told apart that went live in one minute; further ones count to the next.</summary>
    private const int PerMinute = 1024;

    private IndexedStory() { }

    /// <summary>Its number there: greater for what went live later. Newest first is then the index's own order backwards.</summary>
    public long Place { get; private set; }
    public StoryId StoryId { get; private set; }

    /// <summary>The first place of the minute of an instant.</summary>
    public static long PlaceOf(DateTimeOffset at) => (long)(at - Epoch).TotalMinutes * PerMinute;

    /// <summary>Whether a place is of another minute than an instant: the story's time was put right since, or its
    /// minute was full.</summary>
    public static bool IsElsewhere(long place, DateTimeOffset at) => place < PlaceOf(at) || place >= PlaceOf(at) + PerMinute;

    /// <summary>When a story with that place went live (UTC), to the minute.</summary>
    public static DateTimeOffset TimeOf(long place) => Epoch.AddMinutes(place / PerMinute);
}

/// <summary>A word of live stories, and how many had it when they were taken in: for words that are not typed to
/// their end, or wrongly.</summary>
public sealed class IndexedWord
{
    private IndexedWord() { }

    public string Word { get; private set; } = "";
    public int Stories { get; private set; }
}

/// <summary>How far the index is: up to its last event, what the log tells is in it.</summary>
public sealed class IndexState : LogPosition
{
    /// <summary>Grows when texts are folded or kept in another way: an index of before is made anew.</summary>
    public const int CurrentRecipe = 2;

    public int Recipe { get; internal set; } = CurrentRecipe;

    /// <summary>While it is being made anew: the story that was taken in last, in order of first publication; null
    /// once it is whole.</summary>
    public DateTimeOffset? MadeUpTo { get; internal set; } = DateTimeOffset.MinValue;
    public StoryId MadeUpToStory { get; internal set; }

    /// <summary>Whether it has only to follow the log.</summary>
    public bool IsWhole => this is { Recipe: CurrentRecipe, MadeUpTo: null };
}
