namespace NewsHub.Core.Newsletters;

/// <summary>How many came and went in a week: who left is deleted, so growth is counted as it happens.</summary>
public sealed class SubscriberWeek
{
    private SubscriberWeek() { }

    internal SubscriberWeek(DateOnly monday) => Monday = monday;

    /// <summary>Its first day, by the paper's own clock.</summary>
    public DateOnly Monday { get; private set; }
    public int Joined { get; private set; }

    /// <summary>By themselves, or because their mail came back.</summary>
    public int Left { get; private set; }

    internal void Join() => Joined++;

    internal void Leave() => Left++;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
