using System.Globalization;
using NewsHub.Core.Media;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Feeds;

/// <summary>A list of the paper as programs follow it: what all three forms of it say.</summary>
/// <param name="Page">The list's own page, as an address of this site.</param>
/// <param name="Site">The paper's address, without a last slash.</param>
/// <param name="Hub">Whom to ask for news of it (WebSub); null for nobody.</param>
/// <param name="FullText">Whole stories, or the standfirst alone.</param>
internal sealed record Feed(
    string Title,
    string Description,
    string Page,
    string Site,
    SiteSnapshot Paper,
    string? Hub,
    bool FullText,
    IReadOnlyList<FullStory> Stories)
{
    /// <summary>The forms, by the name of the file.</summary>
    public static readonly IReadOnlyList<(string File, string Type)> Forms =
        [("feed.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("feed.json", "application/feed+json")];

    /// <summary>The list's address with the form's name behind it.</summary>
    public string Self(string file) => Site + Print.Href(At(Page, file));

    public static string At(string page, string file) => $"{page.TrimEnd('/')}/{file}";

    public string Home => Site + Print.Href(Page);

    /// <summary>When anything in it last changed; of an empty one, when the last edition came out.</summary>
    public DateTimeOffset ChangedAt =>
        Stories.Count > 0 ? Stories.Max(s => s.ChangedAt) : Paper.LatestEdition?.PublishedAt ?? DateTimeOffset.UnixEpoch;

    public string Url(FullStory full) => Site + Print.Href(full.Story.Address);

    /// <summary>Stays, whatever becomes of its address and headline.</summary>
    public string IdOf(FullStory full) => string.Create(
        CultureInfo.InvariantCulture, $"tag:{new Uri(Site).Host},{full.Story.PublishedAt.UtcDateTime:yyyy-MM-dd}:story/{full.Story.Id}");

    /// <summary>The lead picture as a file of a size that every reader takes.</summary>
    public (string Url, int Width, int Height)? PictureOf(FullStory full) =>
        full.Story.Picture is { } picture ? PictureAt(picture, Site) : null;

    public static (string Url, int Width, int Height) PictureAt(PictureUse picture, string site)
    {
        var widths = Rendition.Widths(Crop.Card, picture.Width, picture.Height);
        var width = widths.LastOrDefault(w => w <= 1280, widths[0]);
        return (site + new Rendition(picture.Key, Crop.Card, width, "jpg").Address, width, width * 2 / 3);
    }

    /// <summary>The body with every address whole and each picture in one size: a feed is read far from here.</summary>
    public string BodyOf(FullStory full)
    {
        var body = NoteIds.NamesApart(full.BodyHtml, $"s{full.Story.Id}");
        var html = MoneyInProse.Print(body, full.Money, RateBoard.Empty, default, Print.Money(full.Story.Language, full.Story.RightToLeft));
        html = FeedHtml.Print(html, Url(full));
        var picture = full.Story.Picture is { } lead && PictureOf(full) is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"<figure><img src=\"{file.Url}\" width=\"{file.Width}\" "
                + $"height=\"{file.Height}\" alt=\"{Encode(lead.Alt)}\">"
                + $"<figcaption>{(lead.Caption is null ? "" : Encode(lead.Caption) + " ")}"
                + $"{Encode(Texts.Now.Say("photo", ("credit", lead.Credit)))}</figcaption></figure>")
            : "";
        var whole = $"<p><em>{Encode(full.Story.Standfirst)}</em></p>{picture}{html}";
        // Where it is read, nobody knows the paper's own language either.
        return full.Story.Foreign || full.Story.RightToLeft
            ? $"<div lang=\"{full.Story.Language}\"{(full.Story.RightToLeft ? " dir=\"rtl\"" : "")}>{whole}</div>"
            : whole;
    }

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
