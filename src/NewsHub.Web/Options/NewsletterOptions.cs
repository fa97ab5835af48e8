namespace NewsHub.Web.Options;

/// <summary>How fast bulletins go out, what becomes of mails that come back, and how many may sign up at once.</summary>
public sealed class NewsletterOptions
{
    [Setting("Newsletter:Batch", "mails over one connection")]
    [WholeNumber(1, 1000)]
    public int Batch { get; init; } = 50;

    [Setting("Newsletter:PerMinute", "mails in a minute from one worker")]
    [WholeNumber(1, 1_000_000)]
    public int PerMinute { get; init; } = 600;

    [Setting("Newsletter:Lease", "seconds until another worker takes over a batch that was cut short")]
    [WholeNumber(1, 86_400)]
    public int Lease { get; init; } = 600;

    [Setting("Newsletter:Tries", "after so many tries a mail that is put off has failed")]
    [WholeNumber(1, 1000)]
    public int Tries { get; init; } = 6;

    [Setting("Newsletter:Bounces", "when so many mails came back and none is known to have arrived since, nothing more is sent "
        + "to an address; after a hard bounce or a complaint at once")]
    [WholeNumber(1, 1000)]
    public int Bounces { get; init; } = 3;

    [Setting("Newsletter:BounceSecret", "opens `POST /newsletter/bounces` to your mail provider: [Bounces](../README.md#bounces)",
        Otherwise = "none: shut")]
    public string? BounceSecret { get; init; }

    [Setting("Newsletter:MailgunKey", "Mailgun’s HTTP webhook signing key: its reports must then be signed, too")]
    public string? MailgunKey { get; init; }

    [Setting("Newsletter:Burst", "sign-ups from one place at once; one more each minute")]
    [WholeNumber(1, 1_000_000)]
    public int Burst { get; init; } = 10;

    [Setting("Newsletter:BurstOfAll", "sign-ups from all places together at once; one more every five seconds")]
    [WholeNumber(1, 1_000_000)]
    public int BurstOfAll { get; init; } = 1000;
}
