namespace NewsHub.Core.Events;

/// <summary>A story's identity. It is permanent; the address may change.</summary>
public readonly record struct StoryId(long Value)
{
    public static bool operator <(StoryId a, StoryId b) => a.Value < b.Value;
    public static bool operator >(StoryId a, StoryId b) => a.Value > b.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
