namespace NewsHub.Core.Events;

/// <summary>How far one reader of the event log has come: a table with one row.</summary>
public abstract class LogPosition
{
    public int Id { get; init; } = 1;

    /// <summary>The last event that it is done with; 0 before the first.</summary>
    public long LastEvent { get; internal set; }
}
