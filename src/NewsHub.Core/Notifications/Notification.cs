using NewsHub.Core.Events;

namespace NewsHub.Core.Notifications;

/// <summary>
/// One thing that one member is told of: in the newsroom, by mail, or both. All times are UTC.
/// </summary>
public sealed class Notification
{
    /// <summary>So many of one member are kept; the oldest go.</summary>
    public const int KeptOfOneMember = 200;

    /// <summary>How long a mail waits for what else happens, so that both are one mail.</summary>
    public static readonly TimeSpan MailWait = TimeSpan.FromMinutes(1);

    private static readonly Backoff Waits = new(
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6));

    private Notification() { }

    /// <param name="choice">What the member has chosen for this kind.</param>
    /// <param name="delivers">Whether there is a mail server.</param>
    internal Notification(NewsEvent of, NotificationChoice choice, bool delivers)
    {
        (StaffId, Kind, EventId, StoryId, Subject) = (choice.StaffId, choice.Kind, of.Id, of.StoryId, of.Subject);
        (By, Note, At, IsListed) = (of.By, of.Note, of.At, choice.Bell);
        if (choice.Mail && delivers) MailDue = of.At + MailWait;
    }

    public long Id { get; private set; }

    /// <summary>Who is told.</summary>
    public long StaffId { get; private set; }

    /// <summary>The line of the log that it is about.</summary>
    public long EventId { get; private set; }
    public NotificationKind Kind { get; private set; }
    public StoryId? StoryId { get; private set; }

    /// <summary>What it is about, where that is no story.</summary>
    public EventSubject? Subject { get; private set; }
    public Actor By { get; private set; }

    /// <summary>The words that came with it, such as an editor's to a reporter.</summary>
    public string? Note { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Whether it stands in the newsroom's list; else it is there for its mail alone.</summary>
    public bool IsListed { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When its mail is sent, or tried again; null where there is none, or none any more.</summary>
    public DateTimeOffset? MailDue { get; private set; }

    /// <summary>Concurrency token: whoever raises it sends the mail.</summary>
    public int MailTries { get; private set; }
    public DateTimeOffset? MailedAt { get; private set; }

    /// <summary>Whether another try is left.</summary>
    public bool MayTryAgain => MailTries < Waits.Steps;

    /// <summary>Who did what, in a sentence without its full stop.</summary>
    /// <param name="name">The story's headline, or what the subject is called.</param>
    public string Sentence(string name) => Kind switch
    {
        NotificationKind.Filed => $"{By} filed “{name}” to you",
        NotificationKind.Returned => $"{By} returned “{name}” to you",
        NotificationKind.Noted => $"{By} wrote a note on “{name}”",
        NotificationKind.Published when By == Actor.Clock => $"“{name}” was published on schedule",
        NotificationKind.Published => $"{By} published “{name}”",
        NotificationKind.Failed => $"“{name}” could not be published on time",
        _ => $"{By} assigned “{name}” to you",
    };

    /// <summary>What was read is not sent any more.</summary>
    public void Read(DateTimeOffset now) => (ReadAt, MailDue) = (ReadAt ?? now, null);

    /// <summary>A try begins. Should nothing be heard of it, the next comes after a while, longer each time.</summary>
    public void BeginMail(DateTimeOffset now) => (MailTries, MailDue) = (MailTries + 1, now + Waits.After(MailTries + 1));

    public void Mailed(DateTimeOffset now) => (MailedAt, MailDue) = (now, null);

    /// <summary>No mail goes out for it any more.</summary>
    public void DropMail() => MailDue = null;
}
