namespace NewsHub.Core.Notifications;

/// <summary>What somebody is told of. Each can be switched off, see <see cref="NotificationChoice"/>.</summary>
public enum NotificationKind
{
    /// <summary>A story was filed to one by name.</summary>
    Filed,

    /// <summary>One's own story was handed back.</summary>
    Returned,

    /// <summary>A note names one, or is on one's own story.</summary>
    Noted,

    /// <summary>One's own story went live.</summary>
    Published,

    /// <summary>One's own story, or one that one scheduled, could not be published on time.</summary>
    Failed,

    /// <summary>Work was given to one.</summary>
    Assigned,
}
