using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsHub.Web.Tests.PageObjects;

internal sealed class FrontPage(IHtmlDocument page) : PaperPage(page)
{
    public string SectionHead => One(".section-head h2")!.Words();
    public IReadOnlyList<(string Name, string Address)> Kinds =>
        [.. All(".section-head li a").Select(a => (a.Words(), a.GetAttribute("href")!))];
    public IElement? EditionMark => One(".section-head .edition-mark a");
    public string? Lead => One(".lead .headline")?.Words();
    public IReadOnlyList<string> Latest => [.. All(".latest .headline").Select(h => h.Words())];
    public IReadOnlyList<string> Headlines => [.. All("main .headline").Select(h => h.Words())];
    public bool IsWaiting => One(".empty") is not null;
}

internal sealed class EditionPage(IHtmlDocument page) : PaperPage(page)
{
    public string EditionTitle => One(".edition-title")!.Words();
    public string? Previous => One("nav.turn a[rel=prev]")?.GetAttribute("href");
    public string? Next => One("nav.turn a[rel=next]")?.GetAttribute("href");
    public IReadOnlyList<string> Headlines => [.. All("main .headline").Select(h => h.Words())];
}

/// <summary>The archive.</summary>
internal sealed class ArchivePage(IHtmlDocument page) : PaperPage(page)
{
    public IReadOnlyList<string> Months => [.. All(".archive-month h3").Select(h => h.Words())];
    public IReadOnlyList<string> Numbers => [.. All(".issue .number").Select(h => h.Words())];
    public IReadOnlyList<string> Years => [.. All("nav.years a").Select(a => a.Words())];
    public string? Year => One("nav.years [aria-current=page]")?.Words();
}

/// <summary>What stands where no page is: 404, 410 and their like.</summary>
internal sealed class NoticePage(IHtmlDocument page) : PaperPage(page)
{
    public string Mark => One(".notice .code")!.Words();
    public string Text => One(".notice")!.Words();
    public IReadOnlyList<string> Ways => [.. All(".notice .ways a").Select(a => a.GetAttribute("href")!)];
}
