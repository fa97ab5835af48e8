using NewsHub.Core.Events;

namespace NewsHub.Core.Notifications;

/// <summary>How far the log has been read for notifications: up to its last event, whoever is concerned has one.</summary>
public sealed class NotificationPosition : LogPosition;
