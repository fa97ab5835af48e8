namespace NewsHub.Benchmarks.Cluster;

/// <summary>What one trial has to say.</summary>
/// <param name="Bound">What it has to keep to; empty where it only tells.</param>
/// <param name="IsHeld">Whether it keeps to it; null where there is no bound, or the trial was left out.</param>
internal sealed record Row(string Trial, string Seen, string Bound, bool? IsHeld)
{
    public static Row LeftOut(string trial, string why) => new(trial, $"left out: {why}", "", null);
}
