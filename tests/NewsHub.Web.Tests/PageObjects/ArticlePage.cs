using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsHub.Web.Tests.PageObjects;

internal sealed class ArticlePage(IHtmlDocument page) : PaperPage(page)
{
    public IElement Story => One("article.story")!;
    public IElement Body => One(".story-body")!;
    public string Kicker => One(".story-head .kicker")!.Words();
    public string Standfirst => One(".story-head .standfirst")!.Words();
    public string Bylines => One(".bylines")!.Words();
    public string Dateline => One(".dateline")!.Words();
    public string Shares => One(".engagement .shares")!.Words();
    public string Reacted => One(".engagement .reacted")!.Words();
    public bool HasPicture => One(".lead-shot") is not null;
    public Shot Picture => new(One(".lead-shot")!);
    public IElement FirstParagraph => Body.QuerySelector("p")!;
    public IReadOnlyList<string> Corrections => [.. All("#corrections .correction p").Select(p => p.Words())];
    public IReadOnlyList<(string Name, string Address)> Tags => [.. All(".tags a").Select(a => (a.Words(), a.GetAttribute("href")!))];

    public string EngagementHeading => One("#engagement")!.Words();
    public IReadOnlyList<string> Reactions => [.. All(".reactions .reaction").Select(r => r.Words())];

    public string ShareHeading => One("#share-h")!.Words();
    public IReadOnlyList<(string Name, string Address)> ShareLinks =>
        [.. All("#share a").Select(a => (a.Words(), a.GetAttribute("href")!))];

    public string? MoreHeading => One("#more-h")?.Words();
    public string? MoreIsComing => One(".more [role=status]")?.GetAttribute("data-loading");
    public ListPage More => new(Document);
}

/// <summary>A picture with its words.</summary>
internal sealed class Shot(IElement figure)
{
    private IElement Image => figure.QuerySelector("img")!;

    public string? Alt => Image.GetAttribute("alt");
    public (int Width, int Height) Size => (int.Parse(Image.GetAttribute("width")!, null), int.Parse(Image.GetAttribute("height")!, null));
    public string Caption => figure.QuerySelector("figcaption > span:not(.credit)")!.Words();
    public string Credit => figure.QuerySelector("figcaption .credit")!.Words();
    public string? Priority => Image.GetAttribute("fetchpriority");

    /// <summary>Content types in the order offered, with the widths of each.</summary>
    public IReadOnlyList<(string Type, IReadOnlyList<int> Widths)> Formats =>
    [
        .. figure.QuerySelectorAll("source").Select(s => (s.GetAttribute("type")!, Widths(s.GetAttribute("srcset")!))),
        ("image/jpeg", Widths(Image.GetAttribute("srcset")!)),
    ];

    private static IReadOnlyList<int> Widths(string srcset) =>
        [.. srcset.Split(',')
            .Select(s => int.Parse(s.Trim().Split(' ')[1].TrimEnd('w'), System.Globalization.CultureInfo.InvariantCulture))];
}
