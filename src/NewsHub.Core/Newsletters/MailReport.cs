using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>What became of a mail, as its provider tells it.</summary>
public enum MailOutcome
{
    /// <summary>Nothing that tells of the address: queued, put off, refused for what is in it.</summary>
    Other,

    /// <summary>It is known to have arrived: delivered, opened, or a link in it was followed.</summary>
    Arrived,

    /// <summary>It came back; the next one may arrive.</summary>
    SoftBounce,

    /// <summary>It came back for good: nobody has the address, or the provider writes there no more.</summary>
    HardBounce,

    /// <summary>Its reader called it unwanted.</summary>
    Complaint,

    /// <summary>Its reader left by the provider's own link.</summary>
    Unsubscribed,
}

/// <summary>One report of a mail provider about one address.</summary>
/// <param name="Id">Names the mail or the event, so that a report that comes again is known; null where the provider names nothing.</param>
/// <param name="At">When it happened (UTC), by the provider's clock; null where it is not told.</param>
public sealed record MailReport(string Address, MailOutcome Outcome, string? Id = null, DateTimeOffset? At = null);

/// <summary>A bounce that was counted. Providers tell a report again until they are sure that it was heard.</summary>
public sealed class CountedBounce
{
    private CountedBounce() { }

    internal CountedBounce(string key, long subscriber, DateTimeOffset bouncedAt, DateTimeOffset now) =>
        (Key, SubscriberId, BouncedAt, At) = (key, subscriber, bouncedAt, now);

    /// <summary>A hash of the report's name and the address's.</summary>
    public string Key { get; private set; } = "";
    public long SubscriberId { get; private set; }

    /// <summary>By the provider's clock (UTC): what was delivered before this tells nothing of what came back.</summary>
    public DateTimeOffset BouncedAt { get; private set; }

    /// <summary>When it was counted (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    internal static string KeyOf(MailReport report) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Subscriber.Fold(report.Address)}\n{report.Id}")));
}
