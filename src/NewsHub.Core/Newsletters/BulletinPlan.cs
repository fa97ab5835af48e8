using System.Globalization;
using NewsHub.Core.Events;

namespace NewsHub.Core.Newsletters;

/// <summary>What an editor decides about an edition's bulletin before it is made: its words, and when it goes. There is none where all is
/// as it would be made, and at once.</summary>
public sealed class BulletinPlan
{
    private BulletinPlan() { }

    public BulletinPlan(EditionId edition) => EditionId = edition;

    public EditionId EditionId { get; private set; }

    /// <summary>Null for the lead's headline.</summary>
    public string? Subject { get; private set; }

    /// <summary>What mail programs show after the subject; null for the next headlines.</summary>
    public string? Preheader { get; private set; }

    /// <summary>Plain paragraphs over the stories, with a blank line between them; null for none.</summary>
    public string? Opening { get; private set; }

    /// <summary>Not before this (UTC); null for as soon as the edition is out.</summary>
    public DateTimeOffset? SendAt { get; private set; }

    /// <summary>It does not go by itself.</summary>
    public bool IsStopped { get; private set; }
    public int Version { get; private set; }

    /// <summary>Gives the bulletin words of its own; null for those that it would be made with.</summary>
    /// <param name="number">The edition's.</param>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent Write(string? subject, string? preheader, string? opening, int number, Actor by, DateTimeOffset now)
    {
        var before = Words;
        (Subject, Preheader, Opening) = (subject, preheader, opening);
        Version++;
        const string Note = "subject, preview text and opening";
        return new NewsEvent(Act.SendBulletin, by, now, [], Note, EventSubject.Bulletin(number), before, Words);
    }

    /// <summary>Chooses when it goes.</summary>
    /// <param name="at">Null for as soon as the edition is out.</param>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent SendFrom(DateTimeOffset? at, int number, Actor by, DateTimeOffset now)
    {
        var before = When;
        (SendAt, IsStopped) = (at, false);
        return Timed(before, number, by, now);
    }

    /// <summary>It does not go until somebody sends it by hand, or gives it a time again.</summary>
    /// <returns>The event to store with the change.</returns>
    public NewsEvent Stop(int number, Actor by, DateTimeOffset now)
    {
        var before = When;
        (SendAt, IsStopped) = (null, true);
        return Timed(before, number, by, now);
    }

    /// <summary>Whether it waits when its edition comes out.</summary>
    public bool Waits(DateTimeOffset now) => IsStopped || SendAt > now;

    private string Words => $"subject: {Subject}; preview text: {Preheader}; opening: {Opening}";

    private string When => IsStopped ? "stopped" : SendAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : "with the edition";

    private NewsEvent Timed(string before, int number, Actor by, DateTimeOffset now)
    {
        Version++;
        return new NewsEvent(Act.SendBulletin, by, now, [], "time", EventSubject.Bulletin(number), before, When);
    }
}
