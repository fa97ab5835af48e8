using NewsHub.Core.Events;

namespace NewsHub.Core.Webhooks;

/// <summary>How far the log has been read for webhooks: up to its last event, whoever wants to know has a delivery.</summary>
public sealed class DeliveryPosition : LogPosition;
