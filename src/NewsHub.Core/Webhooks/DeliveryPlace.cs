namespace NewsHub.Core.Webhooks;

/// <summary>How far the log has been read for webhooks: one row.</summary>
public sealed class DeliveryPlace
{
    public int Id { get; init; } = 1;

    /// <summary>The last event of the log of which whoever wants to know has a delivery.</summary>
    public long LastEvent { get; internal set; }
}
