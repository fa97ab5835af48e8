using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using NewsHub.Core.Reading;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages.Shared;

/// <summary>The strip of rates as HTML: the same on every page of a language until the rates or the day change.</summary>
internal sealed class TickerCache(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Texts, Entry> _entries = new();

    private sealed record Entry(SiteSnapshot Paper, DateOnly Day, HtmlString Html);

    public async Task<IHtmlContent> RenderAsync(IHtmlHelper page, SiteSnapshot paper)
    {
        var day = paper.Today(clock);
        if (_entries.TryGetValue(Texts.Now, out var entry) && ReferenceEquals(entry.Paper, paper) && entry.Day == day) return entry.Html;
        using var writer = new StringWriter();
        (await page.PartialAsync("_Ticker", paper)).WriteTo(writer, HtmlEncoder.Default);
        var html = new HtmlString(writer.ToString());
        _entries[Texts.Now] = new Entry(paper, day, html);
        return html;
    }
}
