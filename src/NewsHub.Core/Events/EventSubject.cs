using System.Globalization;

namespace NewsHub.Core.Events;

/// <summary>What an event was done to, where no story holds the event.</summary>
public readonly record struct EventSubject
{
    private EventSubject(EventSubjectKind kind, string value = "") => (Kind, Value) = (kind, value);

    public EventSubjectKind Kind { get; }

    /// <summary>Which one of its kind: a name, a slug, a number; empty where there is but one.</summary>
    public string Value { get; }

    /// <summary>The edition's number; null of anything else.</summary>
    public int? EditionNumber =>
        Kind is EventSubjectKind.Edition && int.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The number of what is known by one, such as a note or an assignment; null of anything else.</summary>
    public long? Number => long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The settings.</summary>
    public static EventSubject Site { get; } = new(EventSubjectKind.Site);

    /// <summary>The order of the sections.</summary>
    public static EventSubject Sections { get; } = new(EventSubjectKind.Sections);

    /// <summary>The list of the newsletter's readers.</summary>
    public static EventSubject Subscribers { get; } = new(EventSubjectKind.Subscribers);

    /// <summary>A mail address that is nobody's here, or the path of a page.</summary>
    public static EventSubject Address(string address) => new(EventSubjectKind.Address, address);
    public static EventSubject Assignment(long id) => new(EventSubjectKind.Assignment, Text(id));
    public static EventSubject Author(string slug) => new(EventSubjectKind.Author, slug);

    /// <param name="number">The edition's.</param>
    public static EventSubject Bulletin(int number) => new(EventSubjectKind.Bulletin, Text(number));
    public static EventSubject Edition(int number) => new(EventSubjectKind.Edition, Text(number));

    /// <param name="key">The form's one-time key.</param>
    public static EventSubject Form(string key) => new(EventSubjectKind.Form, key);

    /// <param name="id">The note's.</param>
    public static EventSubject Note(long id) => new(EventSubjectKind.Note, Text(id));
    public static EventSubject Page(string slug) => new(EventSubjectKind.Page, slug);

    /// <summary>The order of the pages about the paper.</summary>
    public static EventSubject Pages { get; } = new(EventSubjectKind.Pages);
    public static EventSubject Picture(string file) => new(EventSubjectKind.Picture, file);

    /// <param name="name">A source's key, or a currency.</param>
    public static EventSubject Rates(string name) => new(EventSubjectKind.Rates, name);
    public static EventSubject Section(string slug) => new(EventSubjectKind.Section, slug);
    public static EventSubject Staff(string name) => new(EventSubjectKind.Staff, name);
    public static EventSubject Story(StoryId id) => new(EventSubjectKind.Story, Text(id.Value));
    public static EventSubject Tag(string slug) => new(EventSubjectKind.Tag, slug);
    public static EventSubject Webhook(string address) => new(EventSubjectKind.Webhook, address);

    /// <summary>As it is stored: <c>staff:Ada Obi</c>, <c>tag:ferries</c>, <c>site</c>.</summary>
    public override string ToString() => Kind switch
    {
        EventSubjectKind.Unknown => Value,
        EventSubjectKind.Site or EventSubjectKind.Sections or EventSubjectKind.Pages or EventSubjectKind.Subscribers => Word(Kind),
        _ => $"{Word(Kind)}:{Value}",
    };

    internal static EventSubject FromStored(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var word = colon < 0 ? text : text[..colon];
        foreach (var kind in Enum.GetValues<EventSubjectKind>())
        {
            var read = new EventSubject(kind, colon < 0 ? "" : text[(colon + 1)..]);
            if (kind is not EventSubjectKind.Unknown && Word(kind) == word && read.ToString() == text) return read;
        }
        return new EventSubject(EventSubjectKind.Unknown, text);
    }

    private static string Word(EventSubjectKind kind) => kind.ToString().ToLowerInvariant();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What kind of thing an event was done to.</summary>
public enum EventSubjectKind
{
    /// <summary>An old store may name something that is not here any more; it is kept as it stands.</summary>
    Unknown,
    Address,
    Assignment,
    Author,
    Bulletin,
    Edition,
    Form,
    Note,
    Page,
    Pages,
    Picture,
    Rates,
    Section,
    Sections,
    Site,
    Staff,
    Story,
    Subscribers,
    Tag,
    Webhook,
}
