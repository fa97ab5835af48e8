namespace NewsHub.Core.Notifications;

/// <summary>Where one member wants to be told of one kind of thing. Who has chosen nothing has no row.</summary>
public sealed class NotificationChoice
{
    private NotificationChoice() { }

    private NotificationChoice(long staff, NotificationKind kind, bool bell, bool mail) =>
        (StaffId, Kind, Bell, Mail) = (staff, kind, bell, mail);

    public long StaffId { get; private set; }
    public NotificationKind Kind { get; private set; }

    /// <summary>In the newsroom.</summary>
    public bool Bell { get; private set; }
    public bool Mail { get; private set; }

    /// <summary>What holds for whoever has chosen nothing: the bell for all, mail for all but publication, which most see coming.</summary>
    public static NotificationChoice Usual(long staff, NotificationKind kind) =>
        new(staff, kind, bell: true, mail: kind is not NotificationKind.Published);

    public void Choose(bool bell, bool mail) => (Bell, Mail) = (bell, mail);
}
