using System.Text.RegularExpressions;
using NewsHub.Core.Events;

namespace NewsHub.Core.Newsletters;

/// <summary>Whether a subscriber is written to.</summary>
public enum SubscriberState
{
    Subscribed,

    /// <summary>By their own wish, until they wish otherwise.</summary>
    Paused,

    /// <summary>Mail came back too often.</summary>
    Bounced,
}

/// <summary>A reader who gets the bulletin, and has said so from the mailbox that it goes to. Whoever leaves is deleted.</summary>
public sealed partial class Subscriber
{
    /// <summary>As many characters as a mail address can have.</summary>
    public const int LongestAddress = 254;

    private Subscriber() { }

    internal Subscriber(string address, DateTimeOffset now, string? language = null)
    {
        Language = language;
        Address = address;
        Folded = Fold(address);
        JoinedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>As it was typed.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The address whatever its capitals; unique.</summary>
    public string Folded { get; private set; } = "";
    public SubscriberState State { get; private set; }

    /// <summary>When the reader confirmed (UTC).</summary>
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>The sections whose stories they get; none chosen is all of them.</summary>
    public IReadOnlyList<long> Sections { get; private set; } = [];

    /// <summary>The language of the paper's own words in mails (BCP 47), where the reader chose another than the
    /// paper's; else null.</summary>
    public string? Language { get; private set; }

    /// <summary>How often mail has come back since one is known to have arrived. That a relay has taken the next one says
    /// nothing of the mailbox.</summary>
    public int Bounces { get; private set; }

    public void Choose(IEnumerable<SectionId> sections) => Sections = [.. sections.Select(s => s.Value).Distinct().Order()];

    public void ReadIn(string? language) => Language = language;

    public void Pause()
    {
        if (State is SubscriberState.Subscribed) State = SubscriberState.Paused;
    }

    /// <summary>Also after mail came back: whoever asks for it has the mailbox.</summary>
    public void Resume() => (State, Bounces) = (SubscriberState.Subscribed, 0);

    /// <summary>A mail came back.</summary>
    /// <param name="most">After so many in a row nothing more is sent there.</param>
    public void Bounce(int most)
    {
        Bounces++;
        if (Bounces >= most) State = SubscriberState.Bounced;
    }

    /// <summary>Nobody has the address: nothing more is sent there.</summary>
    public void BounceForGood()
    {
        if (State is SubscriberState.Bounced) return;
        Bounces++;
        State = SubscriberState.Bounced;
    }

    /// <summary>
    /// A mail is known to have arrived: a provider says so, or the reader used a link in it. Whoever is written to no more stays so
    /// until they ask for it themselves.
    /// </summary>
    public void Arrived()
    {
        if (State is not SubscriberState.Bounced) Bounces = 0;
    }

    /// <summary>Whether it is an address that every mail server takes, and nothing but one: no line breaks, no second
    /// <c>@</c>, no name beside it.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 5 and <= LongestAddress } && Plain().IsMatch(text) && text.IndexOf('@', StringComparison.Ordinal) <= 64;

    public static string Fold(string address) => address.ToLowerInvariant();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}"
        + @"\p{M}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])\z", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Plain();
}
