namespace NewsHub.Core.Events;

/// <summary>
/// How long to wait before something that failed is tried again: longer after each failure in a row, so that what fails for long is
/// seldom tried, and what fails for a moment soon goes on. The figures stand with whoever tries.
/// </summary>
/// <param name="waits">The wait after the first failure, the second and so on; the last one repeats. At least one.</param>
public sealed class Backoff(params IReadOnlyList<TimeSpan> waits)
{
    /// <summary>How many failures make the wait longer.</summary>
    public int Steps => waits.Count;

    /// <summary>Waits of which each is twice the one before, up to the longest.</summary>
    public static Backoff Doubling(TimeSpan first, TimeSpan longest)
    {
        var waits = new List<TimeSpan>();
        for (var wait = first; wait < longest; wait *= 2) waits.Add(wait);
        return new Backoff([.. waits, longest]);
    }

    /// <summary>The wait after so many failures in a row.</summary>
    /// <param name="failures">The one just now included: 1 or more.</param>
    public TimeSpan After(int failures) => waits[Math.Clamp(failures, 1, Steps) - 1];
}
