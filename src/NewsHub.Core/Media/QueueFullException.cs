namespace NewsHub.Core.Media;

/// <summary>More renditions are waiting to be made than may wait. What was asked for was not begun; it may be asked for again.</summary>
public sealed class QueueFullException : Exception
{
    public QueueFullException() { }
    public QueueFullException(string message) : base(message) { }
    public QueueFullException(string message, Exception inner) : base(message, inner) { }

    /// <summary>After how long there should be room again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
