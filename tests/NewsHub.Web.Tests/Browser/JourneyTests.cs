using Microsoft.Playwright;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Browser;

[Collection<ReaderInBrowser>]
public sealed class JourneyTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task A_reader_goes_from_the_front_through_a_story_and_the_rest_of_its_edition_to_an_older_one()
    {
        await using var window = await room.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        await page.ClickAsync(".lead .headline a");
        await page.ArrivesAtAsync("**" + SamplePaper.LeadStory);
        Assert.Equal("US breaks up the ring that put North Korean coders on American payrolls", (await page.InnerTextAsync("h1")).Trim());

        // Reading on to the end brings the edition's other stories, each once.
        var total = await room.App.EditionAsync(27);
        await page.WaitForFunctionAsync(
            "() => { scrollTo(0, document.body.scrollHeight); return !document.querySelector('.more a[rel=next]'); }");
        var stories = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#stories > li')].map(li => li.dataset.story)");
        Assert.Equal(stories.Distinct(), stories);
        Assert.InRange(stories.Length, total.Headlines.Count - 1, total.Headlines.Count);
        Assert.EndsWith(SamplePaper.LeadStory, page.Url, StringComparison.Ordinal);

        await page.ClickAsync(".folio a[href='/editions']");
        await page.ClickAsync(".issue a[href='/editions/25']");
        await page.ArrivesAtAsync("**/editions/25");
        await page.ClickAsync("nav.turn a[rel=prev]");
        await page.ArrivesAtAsync("**/editions/24");
        await page.GoBackAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.Equal("Edition No. 25", (await page.InnerTextAsync("h1")).Trim(), ignoreCase: true);
        Assert.Empty(window.Complaints);
        Assert.Empty(window.Elsewhere);
    }

    [BrowserFact]
    public async Task Who_is_at_the_end_before_the_browser_has_looked_is_given_more_all_the_same()
    {
        // Nothing scrolls smoothly here: the end is reached in the very frame in which more has come.
        await using var window = await room.OpenAsync(motion: ReducedMotion.Reduce);
        await window.GoAsync(SamplePaper.LeadStory);
        await window.Page.WaitForFunctionAsync(
            "() => { scrollTo(0, document.body.scrollHeight); return !document.querySelector('.more a[rel=next]'); }");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Without_scripts_all_is_there_to_read_and_the_links_lead_on()
    {
        await using var window = await room.OpenAsync(scripts: false);
        var page = window.Page;
        await window.GoAsync(SamplePaper.LeadStory);
        Assert.True(await page.IsVisibleAsync(".story-body > p >> nth=0"));
        Assert.True(await page.IsVisibleAsync(".ticker-pause"));
        Assert.True(await page.IsVisibleAsync(".pullquote figcaption"));
        Assert.True(await page.IsVisibleAsync("#share a[href^='mailto:']"));
        Assert.False(await page.IsVisibleAsync("#share [data-share=copy]"));
        Assert.False(await page.IsVisibleAsync(".comfort"));
        var shown = await page.Locator("#stories > li").CountAsync();
        await page.ClickAsync(".more a[rel=next]");
        await page.ArrivesAtAsync("**/editions/27/stories?after=*");
        while (await page.Locator(".more a[rel=next]").CountAsync() > 0)
        {
            shown += await page.Locator("#stories > li").CountAsync();
            await page.ClickAsync(".more a[rel=next]");
        }
        shown += await page.Locator("#stories > li").CountAsync();
        Assert.InRange(shown, 36, 37);
        await page.ClickAsync("nav.sections a[href='/science']");
        Assert.True(await page.IsVisibleAsync("#stories .headline >> nth=0"));
    }

    [BrowserTheory]
    [InlineData("/")]
    [InlineData("/editions")]
    [InlineData("/editions/26")]
    [InlineData("/editions/27/stories")]
    [InlineData("/technology")]
    [InlineData("/opinion")]
    [InlineData("/authors/jun-seo")]
    [InlineData("/tags/north-korea")]
    [InlineData("/about")]
    [InlineData("/colophon")]
    [InlineData("/corrections")]
    [InlineData(SamplePaper.LeadStory)]
    [InlineData(SamplePaper.ArabicStory)]
    [InlineData(SamplePaper.FrenchStory)]
    [InlineData("/culture/2025/06/27/bullfinches-for-lies")]
    public async Task The_browser_has_nothing_to_complain_of(string path)
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(path);
        await ScrollToTheEndAsync(window.Page);
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(window.Complaints);
        Assert.Empty(window.Elsewhere);
        Assert.Empty(await window.Page.Context.CookiesAsync());
    }

    [BrowserTheory]
    [InlineData("/")]
    [InlineData(SamplePaper.LeadStory)]
    [InlineData(SamplePaper.ArabicStory)]
    [InlineData(SamplePaper.LongHeadline)]
    [InlineData("/editions")]
    [InlineData("/editions/27")]
    [InlineData("/science")]
    [InlineData("/opinion")]
    [InlineData("/tags/north-korea")]
    [InlineData("/corrections")]
    [InlineData("/colophon")]
    [InlineData("/nothing-here")]
    public async Task Nothing_sticks_out_on_the_narrowest_screen(string path)
    {
        await using var window = await room.OpenAsync(width: 320, height: 640);
        await window.GoAsync(path);
        Assert.Equal(320, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [BrowserTheory]
    [InlineData(".shot--wide", SamplePaper.WidePicture, 320, 0)]
    [InlineData(".shot--wide", SamplePaper.WidePicture, 768, 0)]
    [InlineData(".shot--wide", SamplePaper.WidePicture, 1440, 0)]
    [InlineData(".shot--full", SamplePaper.FullPicture, 320, 1)]
    [InlineData(".shot--full", SamplePaper.FullPicture, 768, 0)]
    [InlineData(".shot--full", SamplePaper.FullPicture, 1440, 1)]
    public async Task A_large_picture_takes_all_columns_or_the_whole_page_and_nothing_sticks_out(
        string figure, string path, int width, int edges)
    {
        await using var window = await room.OpenAsync(width: width);
        await window.GoAsync(path);
        var beside = await window.Page.EvaluateAsync<double[]>($$"""
            (() => {
              const image = document.querySelector("{{figure}} img").getBoundingClientRect();
              const page = document.querySelector("main .story-head").getBoundingClientRect();
              const edge = {{edges}} * parseFloat(getComputedStyle(document.querySelector(".page")).paddingInlineStart);
              return [image.left - page.left + edge, page.right + edge - image.right];
            })()
            """);
        Assert.All(beside, rest => Assert.InRange(rest, -1, 1));
        Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [BrowserTheory]
    [InlineData(SamplePaper.LeadStory, 1280)]
    [InlineData(SamplePaper.LeadStory, 412)]
    [InlineData("/", 1280)]
    [InlineData("/", 412)]
    public async Task Nothing_moves_while_a_page_arrives(string path, int width)
    {
        await using var window = await room.OpenAsync(width: width);
        await NoteShiftsAsync(window);
        await window.GoAsync(path);
        await ScrollToTheEndAsync(window.Page, screens: 2);
        await AssertNothingMovedAsync(window);
    }

    [BrowserTheory]
    [InlineData("/", 1280)]
    [InlineData("/", 768)]
    [InlineData("/", 412)]
    [InlineData("/editions/26", 1280)]
    [InlineData("/technology", 1280)]
    [InlineData("/opinion", 1280)]
    [InlineData(SamplePaper.LeadStory, 1280)]
    [InlineData(SamplePaper.LeadStory, 412)]
    [InlineData("/rates", 1280)]
    [InlineData("/search?q=harbour", 1280)]
    public async Task Nothing_moves_while_a_page_arrives_in_pieces(string path, int width)
    {
        await using var window = await room.OpenAsync(width: width);
        await window.Page.Context.SetExtraHTTPHeadersAsync([new(PiecemealAnswers.Header, "1500")]);
        await NoteShiftsAsync(window);
        var arrival = window.GoAsync(path);
        while (!arrival.IsCompleted)
        {
            // Long enough for the browser to paint what has come.
            await Task.WhenAny(arrival, Task.Delay(40, TestContext.Current.CancellationToken));
            room.Pieces.Next();
        }
        await arrival;
        Assert.True(room.Pieces.Sent > 8, $"It came in {room.Pieces.Sent} pieces.");
        await AssertNothingMovedAsync(window);
    }

    private static async Task NoteShiftsAsync(Window window) => await window.Page.AddInitScriptAsync("""
        self.shifts = [];
        const nameOf = node => node?.className || node?.parentElement?.className;
        const moved = source => `${nameOf(source.node)} ${Math.round(source.previousRect.y)}→${Math.round(source.currentRect.y)}`;
        new PerformanceObserver(list => {
          for (const shift of list.getEntries())
            if (!shift.hadRecentInput) self.shifts.push(`${shift.value.toFixed(4)} ${shift.sources.map(moved).join(", ")}`);
        }).observe({ type: "layout-shift", buffered: true });
        """);

    private static async Task AssertNothingMovedAsync(Window window)
    {
        await window.Page.EvaluateAsync(
            "document.fonts.ready.then(() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f))))");
        // What is less than half a thousandth is a fraction of a pixel, and counts as nothing.
        var shifts = string.Join(
            "\n", (await window.Page.EvaluateAsync<string[]>("self.shifts")).Where(s => !s.StartsWith("0.000", StringComparison.Ordinal)));
        Assert.True(shifts.Length == 0, shifts);
    }

    private static async Task ScrollToTheEndAsync(IPage page, int screens = 40)
    {
        for (var (before, i) = (-1, 0); i < screens; i++)
        {
            var height = await page.EvaluateAsync<int>("new Promise(f => { scrollBy({ top: innerHeight, behavior: \"instant\" }); "
                + "requestAnimationFrame(() => setTimeout(() => f(Math.round(scrollY)), 30)); })");
            if (height == before) return;
            before = height;
        }
    }
}
