using System.Text.RegularExpressions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>What an editor types into an entry.</summary>
/// <param name="Text">House Markdown.</param>
/// <param name="IsKey">See <see cref="LiveEntry.IsKey"/>.</param>
public sealed record LiveEntryText(string? Headline, string Text, bool IsKey = false);

/// <summary>
/// One entry of a live story: a few sentences, printed the moment they are sent. It stands beside the story's text and never touches the
/// story's version, so whoever writes entries and whoever has the text open are not in each other's way. All times are UTC.
/// </summary>
public sealed partial class LiveEntry
{
    public const int LongestHeadline = TextLimits.EntryHeadline;

    private LiveEntry() { }

    /// <param name="form">The one-time key of the form it was sent with; sent again, it makes no second entry.</param>
    /// <exception cref="RefusedException">There is nothing in it, or it cannot be set.</exception>
    public LiveEntry(StoryId story, LiveEntryText text, RenderedBody body, string form, Actor by, DateTimeOffset now)
    {
        (StoryId, By, At, Form) = (story, by, now, form);
        Write(text, body);
    }

    public long Id { get; private set; }
    public StoryId StoryId { get; private set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset At { get; private set; }
    public Actor By { get; private set; }
    public string? Headline { get; private set; }

    /// <summary>House Markdown.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Sanitized, as <see cref="HouseMarkdown"/> made it.</summary>
    public string Html { get; private set; } = "";

    /// <summary>The rates of the day of publication for the money in it, by <see cref="MoneyInProse.Pair"/>; null
    /// where there is none.</summary>
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; private set; }

    /// <summary>Listed on top among the moments that matter; such an entry has a headline.</summary>
    public bool IsKey { get; private set; }

    /// <summary>Stands above all others; one of a story at most.</summary>
    public bool IsPinned { get; private set; }

    /// <summary>When its words were last changed; null while they are the first ones.</summary>
    public DateTimeOffset? EditedAt { get; private set; }
    public DateTimeOffset? DeletedAt { get; private set; }
    public string Form { get; private set; } = "";

    /// <summary>Concurrency token, incremented with every change.</summary>
    public int Version { get; private set; }

    /// <summary>New words; readers see that they are.</summary>
    /// <exception cref="RefusedException">There is nothing in it, or it cannot be set.</exception>
    public void Edit(LiveEntryText text, RenderedBody body, DateTimeOffset now)
    {
        if (DeletedAt is not null) throw new RefusedException("This entry is deleted. Restore it first.");
        if (text.Headline != Headline || text.Text != Text) EditedAt = now;
        Write(text, body);
        Version++;
    }

    /// <summary>The same words with their pictures as they are now, or without one that is not there any more.</summary>
    internal void PrintAnew(string text, Func<string, Media.PictureUse?> pictures) =>
        (Text, Html) = (text, HouseMarkdown.Render(text, pictures).Html);

    internal void Freeze(IReadOnlyDictionary<string, FrozenRate>? money) => Money = money;

    public void Pin(bool pinned) => (IsPinned, Version) = (pinned && DeletedAt is null, Version + 1);

    /// <summary>Out of the page; the words are kept for the newsroom.</summary>
    public void Delete(DateTimeOffset now) => (DeletedAt, IsPinned, Version) = (DeletedAt ?? now, false, Version + 1);

    public void BringBack() => (DeletedAt, Version) = (null, Version + 1);

    /// <summary>The words alone, for machines.</summary>
    public static string PlainText(string html) =>
        System.Net.WebUtility.HtmlDecode(Space().Replace(Tag().Replace(Inline().Replace(BackFromNote().Replace(html, ""), ""), " "), " "))
            .Trim(' ');

    private void Write(LiveEntryText written, RenderedBody body)
    {
        var (headline, text, isKey) = written;
        if (string.IsNullOrWhiteSpace(text)) throw new RefusedException("Enter some text.");
        if (headline?.Length > LongestHeadline)
            throw new RefusedException($"Use {LongestHeadline} characters at most in the headline.");
        if (body.Problems.FirstOrDefault(p => p.Hinders) is { } problem)
            throw new RefusedException(FormattableString.Invariant($"Line {problem.Line}: {problem.Message}"));
        if (isKey && headline is null) throw new RefusedException("A key moment needs a headline.");
        (Headline, Text, Html, IsKey) = (headline, text, body.Html, isKey);
    }

    // An arrow says nothing in plain text, and is read aloud as one.
    [GeneratedRegex("""<a [^>]*class="footnote-back-ref"[^>]*>[^<]*</a>""")]
    private static partial Regex BackFromNote();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    /// <summary>What may begin and end within a word. A raised figure does not: it is a note's.</summary>
    [GeneratedRegex(
        "</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|time|u|var|wbr)(?:\\s[^>]*)?>")]
    private static partial Regex Inline();

    // No-break and wide spaces mean something.
    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex Space();
}
