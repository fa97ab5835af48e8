using NewsHub.Core.Editing;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Web.Tests.Browser;

/// <summary>Long words and lines of code on the smallest phone.</summary>
[Collection<ReaderInBrowser>]
public sealed class NarrowPageTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task No_word_code_or_address_makes_a_page_wider_than_the_window()
    {
        // A paper of its own: its front would be another for the tests that look at the room's.
        await using var app = new NewsHubApp();
        app.UseKestrel(0);
        app.StartServer();
        var now = app.Time.GetUtcNow();
        var word = string.Concat(Enumerable.Repeat("Donaudampfschifffahrt", 12));
        var body = $"{word} {word}\n\n`{word}`\n\n    {word}\n\n```\n{word}\n```\n\n> {word}\n\n- {word}\n\n## {word}\n\n| {word} | b |\n"
            + $"|---|---|\n| `{word}` | 2 |\n\n"
            + $"[{word}](https://example.org/{word})\n\n:::pullquote\n{word}\n— {word}\n:::\n\n:::aside\n### {word}\n{word}\n:::\n\n"
                + $":::embed\nhttps://example.org/{word}\n{word}\n:::\n\nNote.[^1]\n\n[^1]: {word}";
        var address = await app.FromElsewhereAsync(async db =>
        {
            var at = await Desk.PublishAsync(db, "Wide words", now);
            await Desk.ChangeAsync(db, at, (story, section) =>
            {
                var text = story.Newest().Text with
                {
                    Headline = word[..150],
                    Standfirst = word,
                    Kicker = word[..60],
                    Dateline = word[..60],
                    Body = body,
                };
                story.Publish(story.Save(text, HouseMarkdown.Render(body, _ => null), Desk.Editor, now),
                    section, story.Slug!.Value, Desk.Editor, now);
            });
            return at;
        });
        await NewsHubApp.EventuallyAsync(
            async () => (await app.GetAsync(address)).Text.Contains(word, StringComparison.Ordinal), "the words stand on the page");
        foreach (var width in new[] { 320, 390, 768, 1440 })
        {
            await using var window = await room.OpenAsync(width, address: app.ClientOptions.BaseAddress.ToString().TrimEnd('/'));
            foreach (var path in new[] { address, "/" })
            {
                await window.GoAsync(path);
                Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }
        }
    }
}
