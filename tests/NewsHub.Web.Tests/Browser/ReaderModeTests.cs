using System.Text.Json;

namespace NewsHub.Web.Tests.Browser;

/// <summary>What a browser's reader mode makes of a story, by Mozilla's Readability (in the folder of that name).</summary>
[Collection<ReaderInBrowser>]
public sealed class ReaderModeTests(BrowserRoom room)
{
    private static readonly string Readability =
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "NewsHub.Web.Tests", "Browser", "Readability", "Readability.js"));

    [BrowserTheory]
    [InlineData(SamplePaper.LeadStory)]
    [InlineData(SamplePaper.ArabicStory)]
    [InlineData("/culture/2025/06/22/poster-painters-get-an-order")]
    [InlineData("/technology/2025/06/17/couriers-paid-twice-send-an-invoice")]
    [InlineData("/sport/2025/06/29/volta-cup-final-live")]
    [InlineData("/politics/2025/06/19/holme-and-marram-mayoral-count-live")]
    public async Task Reader_mode_shows_standfirst_picture_text_and_corrections_and_nothing_that_counts_or_leads_elsewhere(string path)
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(path);
        var seen = await window.Page.EvaluateAsync<JsonElement>($$"""
            () => {
              {{Readability}}
              const words = (root, selector) => [...root.querySelectorAll(selector)]
                .map(e => e.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
              const main = document.querySelector("main");
              const page = {
                standfirst: words(main, ".story-head .standfirst")[0],
                picture: main.querySelector(".lead-shot img")?.getAttribute("src")?.split("/")[2] ?? null,
                paragraphs: words(main, ".story-body > p"),
                corrections: words(main, ".correction p"),
                entries: words(main, ".entry-words").slice(0, 3),
                out: [...words(document, ".related .headline"), ...words(document, ".in-edition .headline"),
                      ...words(document, ".more-stories .headline"), ...words(main, ".engagement span:not(.readers)"),
                      ...words(main, ".reaction"), ...words(main, "section.share li a"), ...words(main, ".slip")],
                right: getComputedStyle(main.querySelector(".story")).direction === "rtl",
              };
              const read = new Readability(document.cloneNode(true)).parse();
              const text = new DOMParser().parseFromString(read.content, "text/html").body.textContent.replace(/\s+/g, " ");
              return { page, title: read.title, headline: words(main, "h1")[0], dir: read.dir, content: read.content, text };
            }
            """);
        var (page, text, content) = (
            seen.GetProperty("page"), seen.GetProperty("text").GetString()!, seen.GetProperty("content").GetString()!);
        Assert.Equal(seen.GetProperty("headline").GetString(), seen.GetProperty("title").GetString());
        Assert.Contains(page.GetProperty("standfirst").GetString()!, text, StringComparison.Ordinal);
        if (page.GetProperty("picture").GetString() is { } picture) Assert.Contains(picture, content, StringComparison.Ordinal);
        foreach (var list in new[] { "paragraphs", "corrections", "entries" })
            Assert.All(
                page.GetProperty(list).EnumerateArray(), words => Assert.Contains(words.GetString()!, text, StringComparison.Ordinal));
        // Single words, such as the name of a network, may well stand in a story.
        foreach (var words in page.GetProperty("out")
            .EnumerateArray()
            .Select(w => w.GetString()!)
            .Where(w => w.Contains(' ', StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(words, text, StringComparison.Ordinal);
        }
        if (page.GetProperty("right").GetBoolean()) Assert.Equal("rtl", seen.GetProperty("dir").GetString());
        else Assert.NotEqual("rtl", seen.GetProperty("dir").GetString());
    }
}
