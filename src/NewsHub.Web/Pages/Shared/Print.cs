using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Pages.Shared;

/// <summary>How small things are set: dates, bylines, kinds, languages, pictures.</summary>
internal static class Print
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("/-0123456789abcdefghijklmnopqrstuvwxyz");

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Weekday(DateOnly day) => day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For <c>datetime</c> attributes: always UTC.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Day(Masthead paper, DateTimeOffset at) => Day(DateOnly.FromDateTime(paper.Local(at).DateTime));

    public static string Clock(Masthead paper, DateTimeOffset at) => paper.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>“08:10” for what is of today, else “1 Jul”.</summary>
    public static string ClockOrDay(Masthead paper, TimeProvider clock, DateTimeOffset at) =>
        DateOnly.FromDateTime(paper.Local(at).DateTime) == paper.Today(clock) ? Clock(paper, at) : paper.Local(at).ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>“1 July 2025, 08:10 UTC”.</summary>
    public static string Moment(Masthead paper, DateTimeOffset at) => $"{Day(paper, at)}, {Clock(paper, at)} {paper.ZoneAt(at)}";

    /// <summary>“2 readers”, “1 reader”.</summary>
    public static string Count(int n, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{n:N0} {(n == 1 ? one : many)}");

    /// <summary>The label that goes with the kicker; none for plain news.</summary>
    public static string? Label(Kind kind) => kind is Kind.News ? null : kind.ToString();

    public static string Class(Kind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind's list, for links.</summary>
    public static string Title(Kind kind) => kind is Kind.Breaking ? "Breaking News" : kind.ToString();

    /// <summary>The words of the section head, as list items: each that begins with the name of a kind leads to its list.</summary>
    public static HtmlString Motto(Site site) => new(string.Concat(site.Motto.Split('•', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(words =>
        Enum.GetValues<Kind>().FirstOrDefault(k => words.Split(' ')[0].Equals(k.ToString(), StringComparison.OrdinalIgnoreCase)) is var kind and not Kind.News
            ? $"<li><a href=\"/{Class(kind)}\">{Encode(words)}</a></li>"
            : $"<li>{Encode(words)}</li>")));

    /// <summary>“Amara Okafor and Jun Seo”.</summary>
    public static string Names(IReadOnlyList<Byline> bylines) => Join(bylines.Select(b => b.Name).ToList());

    /// <summary>“By <b>Amara Okafor</b> and <b>Jun Seo</b>”.</summary>
    public static HtmlString By(IReadOnlyList<Byline> bylines) => new("By " + Join(bylines.Select(b => $"<b>{Encode(b.Name)}</b>").ToList()));

    /// <summary>The article's credits: each name leads to its author's page.</summary>
    public static HtmlString Credits(IReadOnlyList<Byline> bylines) => new("By " + Join(bylines.Select(b =>
        $"<a href=\"/authors/{Encode(b.Slug)}\" rel=\"author\">{Encode(b.Name)}</a>{(b.Role is null ? "" : $" <bdi>{Encode(b.Role)}</bdi>")}").ToList()));

    /// <summary>The <c>lang</c> and <c>dir</c> of a text that is not in the paper's own language.</summary>
    public static HtmlString Lang(StoryCard story) => story.Foreign
        ? new HtmlString($" lang=\"{Encode(story.Language)}\"{(story.RightToLeft ? " dir=\"rtl\"" : "")}")
        : HtmlString.Empty;

    /// <summary>A headline of a card, as a heading of the given level.</summary>
    public static HtmlString Headline(StoryCard story, int level) => new(string.Create(CultureInfo.InvariantCulture,
        $"<h{level} class=\"headline\"{Lang(story)}><a href=\"{Href(story.Address)}\">{Encode(story.Headline)}</a></h{level}>"));

    /// <summary>A card's kicker: the story's own words, in its own language, or its section; and its kind.</summary>
    /// <param name="own">False where the section stands in place of the story's own words.</param>
    public static HtmlString Kicker(StoryCard story, bool own = true)
    {
        var words = own && story.Kicker is { } kicker ? story.Foreign ? $"<span{Lang(story)}>{Encode(kicker)}</span>" : Encode(kicker) : Encode(story.Section.Name);
        return new($"<p class=\"kicker\">{words}{(Label(story.Kind) is { } label ? $" <span class=\"kind kind--{Class(story.Kind)}\">{label}</span>" : null)}</p>");
    }

    /// <summary>A text with what was looked for marked in it.</summary>
    public static HtmlString Marked(MarkedText text) => new(string.Concat(text.Parts.Select(p => p.IsMarked ? $"<mark>{Encode(p.Text)}</mark>" : Encode(p.Text))));

    public static HtmlString Standfirst(StoryCard story) => new($"<p class=\"standfirst\"{Lang(story)}>{Encode(story.Standfirst)}</p>");

    /// <summary>The picture beside a headline: the headline is the link and says what it is, so the picture itself is decoration.</summary>
    public static HtmlString CardPicture(StoryCard story, string sizes) => story.Picture is null
        ? HtmlString.Empty
        : new HtmlString($"<div class=\"picture\">{PictureHtml.Write(story.Picture, Crop.Card, sizes, alt: "")}</div>");

    /// <summary>An address for an attribute: other scripts are percent-encoded, slashes stay.</summary>
    public static string Href(string address) =>
        address.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(address).Replace("%2F", "/", StringComparison.Ordinal) : address;

    private static string Join(List<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names[..^1])} and {names[^1]}",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
