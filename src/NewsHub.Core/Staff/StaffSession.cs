namespace NewsHub.Core.Staff;

/// <summary>
/// One browser in which a member of staff has signed in. The cookie names it; without its row the cookie opens nothing, so a sign-out ends
/// every copy of the cookie, in every process and across restarts.
/// </summary>
public sealed class StaffSession
{
    /// <summary>So many of one member at once; the oldest ends when there is one more.</summary>
    public const int Most = 20;

    private StaffSession() { }

    /// <param name="key">Random; it stands in the sealed cookie.</param>
    public StaffSession(string key, long staff, DateTimeOffset now) => (Key, StaffId, BeganAt, ProvedAt) = (key, staff, now, now);

    public string Key { get; private set; } = "";
    public long StaffId { get; private set; }
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>When its owner last showed a password or a passkey there.</summary>
    public DateTimeOffset ProvedAt { get; private set; }
}
