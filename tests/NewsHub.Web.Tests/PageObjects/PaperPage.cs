using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsHub.Web.Tests.PageObjects;

/// <summary>What every page of the paper has.</summary>
internal class PaperPage(IHtmlDocument page)
{
    public IHtmlDocument Document { get; } = page;

    public string Title => Document.Title ?? "";
    public string? Headline => One("h1")?.Words();
    public string? Description => One("meta[name=description]")?.GetAttribute("content");
    public string? Canonical => One("link[rel=canonical]")?.GetAttribute("href");
    public bool IsHiddenFromSearch => One("meta[name=robots]")?.GetAttribute("content") == "noindex";

    public string Name => One(".masthead .nameplate")!.Words();
    public string? Subtitle => One(".masthead .subtitle")?.Words();
    public string Folio => One(".folio")!.Words();
    public Ticker? Ticker => One("aside.ticker") is { } ticker ? new Ticker(ticker) : null;
    public IReadOnlyList<(string Name, string Address)> Sections =>
        [.. All("nav.sections a").Select(a => (a.Words(), a.GetAttribute("href")!))];

    public string? Here => One("nav.sections [aria-current=page]")?.Words();

    /// <summary>Levels of all headings, in order.</summary>
    public IReadOnlyList<int> Outline => [.. All("h1, h2, h3, h4, h5, h6").Select(h => h.LocalName[1] - '0')];

    public IElement? One(string selector) => Document.QuerySelector(selector);

    public IEnumerable<IElement> All(string selector) => Document.QuerySelectorAll(selector);

    public bool Says(string words) => Document.Body!.Words().Contains(words, StringComparison.Ordinal);
}

/// <summary>The strip of exchange rates.</summary>
internal sealed class Ticker(IElement strip)
{
    public IReadOnlyList<Run> Runs => [.. strip.QuerySelectorAll("ul.ticker-pairs").Select(u => new Run(u))];
    public string AsOf => strip.QuerySelector(":scope > .ticker-asof")!.Words();
    public bool IsStale => strip.QuerySelector(".ticker-stale") is not null;

    internal sealed class Run(IElement list)
    {
        public bool IsHidden => list.GetAttribute("aria-hidden") == "true";

        /// <summary>“EUR 0.85”, without base and change.</summary>
        public IReadOnlyList<string> Pairs => [.. Items.Select(i => $"{i.QuerySelector("b")!.Words()} {Value(i)}")];
        public IReadOnlyList<string> Bases => [.. Items.Select(i => i.QuerySelector(".base")!.Words())];
        public IReadOnlyList<string?> Changes => [.. Items.Select(i => i.QuerySelector(".change")?.Words())];

        private IEnumerable<IElement> Items => list.QuerySelectorAll("li > a").Where(i => i.QuerySelector("b") is not null);

        private static string Value(IElement item) => string.Concat(item.ChildNodes.OfType<IText>().Select(t => t.Data)).Trim();
    }
}

internal static partial class Reading
{
    /// <summary>The text as a reader has it: runs of white space are one space.</summary>
    public static string Words(this INode node) => Space().Replace(node.TextContent, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
