using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Web.Localization;

/// <summary>How small things are set, in the language of the page: dates, bylines, kinds, languages, pictures.</summary>
internal static class Print
{
    /// <summary>A headline of more characters than this is set smaller.</summary>
    public const int LongHeadline = 110;

    public static string Day(DateOnly day) => Texts.Now.Day(day);

    public static string Weekday(DateOnly day) => Texts.Now.Weekday(day);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For <c>datetime</c> attributes: always UTC.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Day(SiteSnapshot paper, DateTimeOffset at) => Day(DateOnly.FromDateTime(paper.Local(at).DateTime));

    public static string Clock(SiteSnapshot paper, DateTimeOffset at) => paper.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>“08:10” for what is of today, else “1 Jul”.</summary>
    public static string ClockOrDay(SiteSnapshot paper, TimeProvider clock, DateTimeOffset at) =>
        DateOnly.FromDateTime(paper.Local(at).DateTime) == paper.Today(clock)
            ? Clock(paper, at)
            : Texts.Now.ShortDay(DateOnly.FromDateTime(paper.Local(at).DateTime));

    /// <summary>“1 July 2025, 08:10 UTC”.</summary>
    public static string Moment(SiteSnapshot paper, DateTimeOffset at) =>
        Texts.Now.Say("date.moment", ("day", Day(paper, at)), ("clock", Clock(paper, at)), ("zone", Zone(paper, at)));

    /// <summary>“11:42 UTC”.</summary>
    public static string ClockAndZone(SiteSnapshot paper, DateTimeOffset at) =>
        Texts.Now.Say("date.clock", ("clock", Clock(paper, at)), ("zone", Zone(paper, at)));

    private static string Zone(SiteSnapshot paper, DateTimeOffset at) =>
        paper.ZoneAt(at) is var zone and not "UTC" ? zone : Texts.Now["date.utc"];

    /// <summary>An instant in a sentence: <c>&lt;time&gt;</c> with the words for it.</summary>
    public static HtmlString Time(DateTimeOffset at, string words) => new($"<time datetime=\"{Iso(at)}\">{Encode(words)}</time>");

    /// <summary>A day in a sentence.</summary>
    public static HtmlString Time(DateOnly day) => new($"<time datetime=\"{Iso(day)}\">{Encode(Day(day))}</time>");

    /// <summary>“08:10 <span>1 July 2025</span>”, as one instant: when something was told in a live story.</summary>
    public static HtmlString ClockAndDay(SiteSnapshot paper, DateTimeOffset at) =>
        new($"<time datetime=\"{Iso(at)}\">{Clock(paper, at)} <span>{Encode(Day(paper, at))}</span></time>");

    /// <summary>When a story was updated: by the clock where that was on the day it was published.</summary>
    public static HtmlString Updated(SiteSnapshot paper, DateTimeOffset published, DateTimeOffset updated) =>
        Day(paper, updated) == Day(paper, published)
            ? Texts.Now.Set("updated.clock", ("moment", Time(updated, ClockAndZone(paper, updated))))
            : Texts.Now.Set("updated", ("moment", Time(updated, Moment(paper, updated))));

    /// <summary>“2 stories”, “1 story”: for the newsroom, which speaks English.</summary>
    public static string Count(int n, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{n:N0} {(n == 1 ? one : many)}");

    /// <summary>The label that goes with the kicker; none for plain news.</summary>
    public static string? Label(Kind kind) => kind is Kind.News ? null : Texts.Now[$"kind.{Class(kind)}"];

    public static string Class(Kind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind's list, for links.</summary>
    public static string Title(Kind kind) => Texts.Now[kind is Kind.Breaking ? "kind.breaking.list" : $"kind.{Class(kind)}"];

    /// <summary>The paper's name. The hyphen is the one spot of colour in it.</summary>
    public static HtmlString Nameplate(string name)
    {
        var words = name.Split('-', 2) is [var before, var behind]
            ? $"{Encode(before)}<span class=\"nameplate-hyphen\">-</span>{Encode(behind)}"
            : Encode(name);
        return new($"<span class=\"nameplate-name\">{words}</span>");
    }

    /// <summary>The words of the section head, as list items: each that begins with the name of a kind leads to its list.</summary>
    public static HtmlString Motto(Site site) => site.Motto == Site.UsualMotto
        // The usual words are ours, and said in every language; others are the paper's own.
        ? new(string.Concat(((Kind[])[Kind.Breaking, Kind.Analysis, Kind.Opinion])
            .Select(kind => $"<li><a href=\"/{Class(kind)}\">{Encode(Title(kind))}</a></li>")))
        : new(string.Concat(site.Motto.Split('•', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(words =>
        Enum.GetValues<Kind>()
            .FirstOrDefault(k => words.Split(' ')[0].Equals(k.ToString(), StringComparison.OrdinalIgnoreCase)) is var kind and not Kind.News
            ? $"<li{Own(site)}><a href=\"/{Class(kind)}\">{Encode(words)}</a></li>"
            : $"<li{Own(site)}>{Encode(words)}</li>")));

    /// <summary>“Amara Okafor and Jun Seo”.</summary>
    public static HtmlString Names(IReadOnlyList<Byline> bylines) => new(Join(bylines.Select(b => Apart(Encode(b.Name)))));

    /// <summary>“By <b>Amara Okafor</b> and <b>Jun Seo</b>”.</summary>
    public static HtmlString By(IReadOnlyList<Byline> bylines) => bylines.Count == 0
        ? HtmlString.Empty
        : Texts.Now.Set("by", ("names", new HtmlString(Join(bylines.Select(b => Apart($"<b>{Encode(b.Name)}</b>"))))));

    /// <summary>The article's credits: each name leads to its author's page.</summary>
    public static HtmlString Credits(IReadOnlyList<Byline> bylines) =>
        bylines.Count == 0 ? HtmlString.Empty : Texts.Now.Set("by", ("names", new HtmlString(Join(bylines.Select(b => Apart(
            $"<a href=\"/authors/{Encode(b.Slug)}\" rel=\"author\">{Encode(b.Name)}"
            + $"</a>{(b.Role is null ? "" : $" <bdi>{Encode(b.Role)}</bdi>")}"))))));

    /// <summary>The <c>lang</c> and <c>dir</c> of a story that is not in the language of the page; empty where it is.</summary>
    public static string Lang(string language, bool rightToLeft) => Texts.Now.Around(language, rightToLeft);

    public static HtmlString Lang(StoryCard story) => new(Lang(story.Language, story.RightToLeft));

    /// <summary>The same for what the paper's settings say, in the paper's own language: its name, its sections, what it
    /// offers to react with.</summary>
    public static HtmlString Own(Site site) => new(Texts.Now.Around(site.Language));

    /// <summary>A headline of a card, as a heading of the given level.</summary>
    public static HtmlString Headline(StoryCard story, int level) => new(string.Create(CultureInfo.InvariantCulture,
        $"<h{level} class=\"headline\"{Lang(story)}><a href=\"{Href(story.Address)}\">{Encode(story.Headline)}</a></h{level}>"));

    /// <summary>The headline of an entry in a live story.</summary>
    /// <param name="lang">Its <c>lang</c>, where that is not the page's.</param>
    public static HtmlString EntryHeadline(string headline, int level, HtmlString lang) => new(string.Create(CultureInfo.InvariantCulture,
        $"<h{level} class=\"headline\" dir=\"auto\"{lang}>{Encode(headline)}</h{level}>"));

    /// <summary>A card's kicker: the story's own words, in its own language, or its section; and its kind.</summary>
    /// <param name="own">False where the section stands in place of the story's own words.</param>
    public static HtmlString Kicker(StoryCard story, bool own = true)
    {
        var words = own && story.Kicker is { } kicker
            ? Lang(story) is { Value.Length: > 0 } lang ? $"<span{lang}>{Encode(kicker)}</span>" : Encode(kicker)
            : Encode(story.Section.Name);
        return new("<p class=\"kicker\">"
            + $"{words}"
            + $"{(Label(story.Kind) is { } label ? $" <span class=\"kind kind--{Class(story.Kind)}\">{Encode(label)}</span>" : null)}</p>");
    }

    /// <summary>A text with what was looked for marked in it.</summary>
    public static HtmlString Marked(MarkedText text) =>
        new(string.Concat(text.Parts.Select(p => p.IsMarked ? $"<mark>{Encode(p.Text)}</mark>" : Encode(p.Text))));

    public static HtmlString Standfirst(StoryCard story) => new($"<p class=\"standfirst\"{Lang(story)}>{Encode(story.Standfirst)}</p>");

    /// <summary>The picture beside a headline: the headline is the link and says what it is, so the picture itself is decoration.</summary>
    public static HtmlString CardPicture(StoryCard story, string sizes) => story.Picture is null
        ? HtmlString.Empty
        : new HtmlString($"<div class=\"picture\">{PictureHtml.Write(story.Picture, Crop.Card, sizes, alt: "")}</div>");

    /// <inheritdoc cref="UrlPath.Escape"/>
    public static string Href(string address) => UrlPath.Escape(address);

    private static string Join(IEnumerable<string> names) => Texts.Now.Join([.. names]);

    // Names in Latin letters, one after the other, would stand in the wrong order in a line of Arabic, and Arabic
    // ones in a line of English.
    private static string Apart(string name) =>
        Texts.Now.RightToLeft || Phrase.HasRightToLeft(name) ? $"<span dir=\"auto\">{name}</span>" : name;

    /// <summary>A finished text, with the rates of its sums of money as they are known today.</summary>
    /// <param name="frozen">The rates that it was published with; null where it has none.</param>
    public static HtmlString Prose(
        SiteSnapshot paper,
        TimeProvider clock,
        string html,
        IReadOnlyDictionary<string, FrozenRate>? frozen,
        string language,
        bool rightToLeft) =>
        new(MoneyInProse.Print(html, frozen, paper.Rates, paper.Today(clock), Money(language, rightToLeft)));

    /// <summary>What the finished text of a story is given beside its sums of money.</summary>
    public static MoneyWords Money(string language, bool rightToLeft)
    {
        var words = Texts.Now;
        var around = words.Tag == language && words.RightToLeft == rightToLeft ? "" : $" lang=\"{words.Tag}\" dir=\"{words.Direction}\"";
        return new(around, words["money.between"], words["money.by-hand"], words.Day,
            (sum, day, source) => words.Set(
                "money.rate", ("sum", new HtmlString(sum)), ("day", new HtmlString(day)), ("source", new HtmlString(source))).Value!,
            (sum, day) => words.Set("money.day", ("sum", new HtmlString(sum)), ("day", new HtmlString(day))).Value!,
            sum => words.Set("money.today", ("sum", new HtmlString(sum))).Value!);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
