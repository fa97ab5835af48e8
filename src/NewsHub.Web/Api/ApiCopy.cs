using System.Text.RegularExpressions;
using NewsHub.Core.Media;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;

namespace NewsHub.Web.Api;

/// <summary>What readers see, written for programs: the same in an answer of the API and in what a webhook is sent.</summary>
internal sealed partial class ApiCopy(SiteOptions site)
{
    private const int UsualWidth = 960;

    public string Site { get; } = site.Url;

    /// <summary>An address for readers, in full.</summary>
    public string Url(string address) => Site + Print.Href(address);

    /// <summary>An address for programs, in full.</summary>
    public string Self(FormattableString path) => Site + Call.Root + FormattableString.Invariant(path);

    public StoryEntry Entry(StoryCard s) => new(
        s.Id.Value, Url(s.Address), Self($"/stories/{s.Id.Value}"), Print.Class(s.Kind), new SectionName(
            s.Section.Slug, s.Section.Name), s.Kicker, s.Headline, s.Standfirst, Bylines(s),
        s.Picture is { } picture
            ? Brief(Picture(picture))
            : null, s.PublishedAt.UtcDateTime, s.UpdatedAt?.UtcDateTime, s.Language, Direction(s), s.Words);

    public WholeStory Whole(ArticleView article)
    {
        var s = article.Story;
        return new WholeStory(
            s.Id.Value, Url(s.Address), Self($"/stories/{s.Id.Value}"), Print.Class(s.Kind), new SectionName(
                s.Section.Slug, s.Section.Name), s.Kicker, s.Headline, s.Standfirst, Bylines(s), article.Dateline,
            s.Picture is { } picture
                ? Picture(picture)
                : null, s.PublishedAt.UtcDateTime, s.UpdatedAt?.UtcDateTime, s.Language, Direction(s), s.Words,
            [.. article.Tags.Select(t => new TagName(t.Slug, t.Name, Url($"/tags/{t.Slug}")))],
            article.Edition is { } edition ? Edition(edition) : null,
            [.. article.Corrections.Select(c => new CorrectionEntry(c.At.UtcDateTime, c.Note))], Body(article));
    }

    public EditionEntry Edition(EditionLine e) =>
        new(e.Number, e.Date, e.Title, e.PublishedAt.UtcDateTime, Url(e.Address), Self($"/editions/{e.Number}"));

    public EditionFront Front(WholeEdition whole)
    {
        var e = Edition(whole.Edition);
        return new EditionFront(e.Number, e.Date, e.Title, e.PublishedAt,
            e.Url, e.Self, whole.Previous is { } before ? Edition(before) : null, whole.Next is { } after ? Edition(after) : null,
            [.. whole.Slots.Select(s => new PlacedStory(s.Place.ToString().ToLowerInvariant(), Entry(s.Card)))]);
    }

    /// <summary>The amounts in it stand with the rates of the day of publication, not with today's, which change with each day; and with
    /// none that may not be handed on.</summary>
    private string Body(ArticleView article)
    {
        var money =
            article.Money?.Where(m => m.Value.Source.Split(", ").All(name => RatePublisher.Named(name).MayBeHandedOn)).ToDictionary();
        var html = MoneyInProse.Print(
            article.BodyHtml, money, RateBoard.Empty, default, Print.Money(article.Story.Language, article.Story.RightToLeft));
        return Sets().Replace(Links().Replace(html, Site + "/"), set => set.Value
            .Replace("\"/", $"\"{Site}/", StringComparison.Ordinal)
            .Replace(", /", $", {Site}/", StringComparison.Ordinal));
    }

    private static PictureEntry Brief(WholePicture p) => new(p.Url, p.Width, p.Height, p.Alt, p.Caption, p.Credit);

    private WholePicture Picture(PictureUse use)
    {
        var widths = Rendition.Widths(Crop.Full, use.Width, use.Height);
        var usual = widths.LastOrDefault(w => w <= UsualWidth, widths[0]);
        return new WholePicture(
            Url(new Rendition(use.Key, Crop.Full, usual, "jpg").Address), usual, Height(usual), use.Alt, use.Caption, use.Credit,
            [
                .. from format in Rendition.Formats
                   from width in Rendition.Widths(Crop.Full, use.Width, use.Height, format)
                   let r = new Rendition(use.Key, Crop.Full, width, format)
                   select new RenditionEntry(Site + r.Address, r.ContentType, width, Height(width))]);

        int Height(int width) => Math.Max(1, (int)Math.Round(use.Height * (double)width / use.Width));
    }

    private List<BylineEntry> Bylines(StoryCard s) =>
        [.. s.Bylines.Select(b => new BylineEntry(b.Slug, b.Name, b.Role, Url($"/authors/{b.Slug}")))];

    private static string Direction(StoryCard s) => s.RightToLeft ? "rtl" : "ltr";

    /// <summary>The slash of an address within the paper, in a body that the sanitizer has written.</summary>
    [GeneratedRegex("(?<=<[^<>]*\\s(?:href|src|cite)=\")/(?![/\\\\])")]
    private static partial Regex Links();

    [GeneratedRegex("(?<=<[^<>]*\\s)srcset=\"[^\"]*\"")]
    private static partial Regex Sets();
}
