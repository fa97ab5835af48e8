using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsHub.Web.Tests.PageObjects;

/// <summary>A page of a list: section, kind, author, tag, an edition's stories.</summary>
internal sealed class ListPage(IHtmlDocument page) : PaperPage(page)
{
    private IEnumerable<IElement> Items => All("#stories > li");

    public IReadOnlyList<string> Headlines => [.. Items.Select(i => i.QuerySelector(".headline")!.Words())];
    public IReadOnlyList<string> Stories => [.. Items.Select(i => i.GetAttribute("data-story")!)];
    public IReadOnlyList<string> Addresses => [.. Items.Select(i => i.QuerySelector(".headline a")!.GetAttribute("href")!)];

    /// <summary>The link to the next page, as an address of this site; null at the end.</summary>
    public string? Next(string own) => One(".more a[rel=next]")?.GetAttribute("href") is { } link
        ? new Uri(new Uri(new Uri("http://localhost"), own), link).PathAndQuery
        : null;
}
