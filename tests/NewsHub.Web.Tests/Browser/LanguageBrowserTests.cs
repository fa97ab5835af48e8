using Microsoft.Playwright;

namespace NewsHub.Web.Tests.Browser;

[Collection<ReaderInBrowser>]
public sealed class LanguageBrowserTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task A_reader_without_scripts_turns_the_page_to_Arabic_and_back_by_keyboard_and_stays_on_it()
    {
        await using var window = await room.OpenAsync(scripts: false);
        await window.GoAsync(SamplePaper.LeadStory);
        Assert.Empty(await window.Page.Context.CookiesAsync());
        await ChooseAsync(window, "ar");
        Assert.EndsWith(SamplePaper.LeadStory, window.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        var cookie = Assert.Single(await window.Page.Context.CookiesAsync());
        Assert.Equal(("lang", "ar", true), (cookie.Name, cookie.Value, cookie.HttpOnly));
        await window.GoAsync("/science");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await ChooseAsync(window, "en");
        Assert.EndsWith("/science", window.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        Assert.Empty(await window.Page.Context.CookiesAsync());
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task In_Arabic_nothing_sticks_out_of_the_page_and_the_ticker_runs_the_other_way()
    {
        await using var window = await room.OpenAsync(width: 320);
        await window.GoAsync("/");
        await ChooseAsync(window, "ar");
        foreach (var path in new[]
        {
            "/", SamplePaper.LeadStory, SamplePaper.ArabicStory, "/science", "/opinion", "/search?q=river", "/rates", "/rates/usd-ngn",
            "/editions/26", "/nothing",
        })
        {
            await window.GoAsync(path);
            Assert.True(await window.IsTrueAsync("document.documentElement.scrollWidth <= innerWidth"), path);
        }
        await window.GoAsync("/");
        var before = await window.TickerPlaceAsync();
        await window.Page.WaitForTimeoutAsync(500);
        Assert.True(await window.TickerPlaceAsync() > before, "The ticker does not run to the right.");
        Assert.All(window.Complaints, c => Assert.Contains("404", c, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task The_script_counts_as_the_server_does_in_each_language()
    {
        foreach (var (place, tag, one, two, eleven) in new[]
        {
            (0, "en", "1 reader", "2 readers", "1,011 readers"),
            (1, "fr", "1 lecteur", "2 lecteurs", "1\u202f011 lecteurs"),
            (2, "ar", "قارئ واحد", "قارئان", "1,011 قارئًا"),
        })
        {
            await using var window = await room.OpenAsync();
            await window.GoAsync("/");
            if (tag != "en") await ChooseAsync(window, tag);
            // A story that nobody else looks at: one reader, the one who does.
            await window.GoAsync("/travel");
            await window.GoAsync((await window.Page.GetAttributeAsync($".river .headline a >> nth={place}", "href"))!);
            await Assertions.Expect(window.Page.Locator(".engagement .readers")).ToHaveTextAsync(one);
            var counted = await window.Page.EvaluateAsync<string[]>("""
                [2, 1011].map(n => {
                  const { lang } = document.documentElement, { dataset } = document.querySelector(".engagement .readers");
                  const phrase = dataset[new Intl.PluralRules(lang).select(n)] ?? dataset.other;
                  return phrase.replace("{n}", new Intl.NumberFormat(`${lang}-u-nu-latn`).format(n));
                })
                """);
            Assert.Equal([two, eleven], counted);
        }
    }

    private static async Task ChooseAsync(Window window, string tag)
    {
        // As one tabs: from the last link but so many before the language.
        await window.Page.FocusAsync(".languages a >> nth=0");
        for (var i = 0; i < 6 && await window.Page.EvaluateAsync<string>("document.activeElement.lang") != tag; i++)
            await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(tag, await window.Page.EvaluateAsync<string>("document.activeElement.lang"));
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", tag);
        await window.Page.WaitForLoadStateAsync();
    }
}
