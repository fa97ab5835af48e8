using Microsoft.Playwright;

namespace NewsHub.Web.Tests.Browser;

[Collection<ReaderInBrowser>]
public sealed class ComfortTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task The_ticker_runs_and_its_button_stops_it_and_starts_it_again()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/");
        Assert.Equal("running", await window.TickerStateAsync());
        await MovesAsync(window);
        await window.Page.CheckAsync(".ticker-pause input");
        await StandsAsync(window);
        // Paused is remembered on the next page, in this window.
        await window.GoAsync("/science");
        await Assertions.Expect(window.Page.Locator(".ticker-pause input")).ToBeCheckedAsync();
        await StandsAsync(window);
        await window.Page.UncheckAsync(".ticker-pause input");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await window.Page.Mouse.MoveAsync(600, 600);
        await MovesAsync(window);
    }

    [BrowserFact]
    public async Task The_ticker_is_stopped_by_keyboard()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/");
        for (var i = 0; i < 3 && await window.IsTrueAsync("!document.activeElement.closest('.ticker-pause')"); i++)
            await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.IsTrueAsync("document.activeElement.closest('.ticker-pause') !== null"),
            "The button is not among the first three stops.");
        await window.Page.Keyboard.PressAsync("Space");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await StandsAsync(window);
    }

    [BrowserFact]
    public async Task The_ticker_stands_still_for_those_who_asked_for_less_motion_and_shows_each_pair_once()
    {
        await using var window = await room.OpenAsync(motion: ReducedMotion.Reduce);
        await window.GoAsync("/");
        Assert.Equal(
            "none", await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.ticker-run')).animationName"));
        Assert.Equal(9, await window.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('.ticker-pairs b')].filter(b => b.checkVisibility()).length"));
    }

    [BrowserFact]
    public async Task A_reader_who_scrolls_is_not_followed_by_the_second_copy_of_the_rates()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/");
        Assert.Equal(0, await window.Page.EvaluateAsync<int>(
            "document.querySelectorAll('[aria-hidden=true] :is(a, button, input, [tabindex]):not([tabindex=\"-1\"])').length"));
    }

    [BrowserFact]
    public async Task The_converter_answers_as_one_types_as_the_form_would()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/rates");
        await window.Page.FillAsync("#amount", "1,250.50");
        await window.Page.SelectOptionAsync("#to", "JPY");
        Assert.Equal("USD 1,250.50 is JPY 179,659", await window.Page.TextContentAsync(".converter output"));
        await window.Page.FillAsync("#amount", "many");
        Assert.Equal("true", await window.Page.GetAttributeAsync("#amount", "aria-invalid"));
        await window.Page.FillAsync("#amount", "3");
        await window.Page.PressAsync("#amount", "Enter");
        Assert.EndsWith("/rates", window.Page.Url, StringComparison.Ordinal);
        Assert.Equal("USD 3 is JPY 431", await window.Page.TextContentAsync(".converter output"));
    }

    [BrowserFact]
    public async Task The_chosen_theme_wins_over_the_system_s_is_remembered_and_auto_forgets_it()
    {
        await using var window = await room.OpenAsync(scheme: ColorScheme.Light);
        await window.GoAsync("/");
        Assert.True(await window.BrightnessAsync() > 200);
        await window.Page.PressAsync(".comfort input[value=dark]", " ");
        Assert.True(await window.BrightnessAsync() < 60);
        await window.GoAsync("/science");
        Assert.Equal("dark", await window.ThemeAsync());
        Assert.True(await window.BrightnessAsync() < 60);
        Assert.True(await window.Page.IsCheckedAsync(".comfort input[value=dark]"));
        await window.Page.PressAsync(".comfort input[value=auto]", " ");
        Assert.Null(await window.ThemeAsync());
        Assert.True(await window.IsTrueAsync("localStorage.length === 0"));
        await window.GoAsync("/");
        Assert.True(await window.BrightnessAsync() > 200);
    }

    [BrowserFact]
    public async Task Auto_follows_the_system_and_light_stays_light_in_the_dark()
    {
        await using var window = await room.OpenAsync(scheme: ColorScheme.Dark);
        await window.GoAsync("/");
        Assert.True(await window.BrightnessAsync() < 60);
        await window.Page.PressAsync(".comfort input[value=light]", " ");
        await window.GoAsync("/editions");
        Assert.True(await window.BrightnessAsync() > 200);
    }

    [BrowserFact]
    public async Task Without_scripts_the_system_s_theme_is_followed()
    {
        await using var dark = await room.OpenAsync(scripts: false, scheme: ColorScheme.Dark);
        await dark.GoAsync(SamplePaper.LeadStory);
        // Evaluation works from outside, though the page's own scripts do not run.
        Assert.True(await dark.Page.EvaluateAsync<bool>("getComputedStyle(document.documentElement).colorScheme.includes('dark')"));
    }

    [BrowserFact]
    public async Task Larger_text_is_larger_and_remembered()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.LeadStory);
        var size = await SizeAsync();
        await window.Page.PressAsync(".comfort input[name=text][value=xl]", " ");
        var large = await SizeAsync();
        Assert.True(large > size * 1.1, $"{size} became {large}.");
        await window.GoAsync(SamplePaper.FrenchStory);
        Assert.Equal(large, await SizeAsync());
        await window.Page.PressAsync(".comfort input[name=text][value=m]", " ");
        Assert.Equal(size, await SizeAsync());
        Assert.True(await window.IsTrueAsync("localStorage.length === 0"));

        Task<double> SizeAsync() =>
            window.Page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('.story-body p')).fontSize)");
    }

    [BrowserFact]
    public async Task A_chosen_size_is_there_before_the_first_paint_and_nothing_moves_for_it()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.LeadStory);
        await window.Page.PressAsync(".comfort input[name=text][value=xl]", " ");
        await window.Page.AddInitScriptAsync("""
            self.shifts = [];
            new PerformanceObserver(list => {
              for (const e of list.getEntries()) if (!e.hadRecentInput && e.value >= .0005) self.shifts.push(e.value);
            }).observe({ type: "layout-shift", buffered: true });
            """);
        await window.GoAsync(SamplePaper.FrenchStory);
        await window.Page.EvaluateAsync(
            "document.fonts.ready.then(() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f))))");
        Assert.Equal("xl", await window.Page.EvaluateAsync<string>("document.documentElement.dataset.text"));
        Assert.Empty(await window.Page.EvaluateAsync<double[]>("self.shifts"));
    }

    [BrowserFact]
    public async Task The_size_is_chosen_by_keyboard_among_four_that_have_names()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/about");
        await window.Page.FocusAsync(".comfort input[name=text]:checked");
        await window.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("l", await window.Page.EvaluateAsync<string>("document.documentElement.dataset.text"));
        var group = window.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Text size" });
        foreach (var name in new[] { "Small", "Medium", "Large", "Largest" })
            await Assertions.Expect(group.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = name, Exact = true }))
                .ToHaveCountAsync(1);
        await Assertions.Expect(group.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Large", Exact = true }))
            .ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task A_printed_story_is_black_on_white_without_what_is_pressed_and_says_where_it_is_from()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.LeadStory);
        Assert.False(await window.Page.IsVisibleAsync(".slip"));
        await window.Page.PressAsync(".comfort input[value=dark]", " ");
        await window.Page.PressAsync(".comfort input[name=text][value=xl]", " ");
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal(255, await window.BrightnessAsync());
        Assert.Equal(
            "rgb(0, 0, 0)", await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.story-body p')).color"));
        foreach (var pressed in new[] { ".ticker", "nav", ".engagement", ".share", ".reactions-box", ".more-stories", ".comfort", ".skip" })
            Assert.Equal(0, await window.Page.EvaluateAsync<int>($"[...document.querySelectorAll('{pressed}')].filter(e => "
                + "e.checkVisibility()).length"));
        Assert.Equal("E-News, 1 July 2025, 08:10 UTC, updated 1 July 2025, 11:42 UTC\nhttp://localhost:5080" + SamplePaper.LeadStory,
            (await window.Page.InnerTextAsync(".slip")).Trim());
        Assert.True(await window.Page.IsVisibleAsync(".corrections"));
    }

    [BrowserFact]
    public async Task Copying_the_link_copies_the_story_s_address_and_says_so()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.LeadStory + "?utm_source=letter");
        await window.Page.ClickAsync("#share [data-share=copy]");
        await Assertions.Expect(window.Page.Locator("#share [role=status]")).ToHaveTextAsync("Link copied");
        Assert.Equal(
            "http://localhost:5080" + SamplePaper.LeadStory, await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task The_first_stop_of_the_keyboard_skips_to_the_news()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync("/");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.IsTrueAsync("document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect()."
            + "top >= 0 && document.activeElement.checkVisibility()"));
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.IsTrueAsync("document.activeElement.closest('main') !== null"),
            "After the skip link the next stop is in the news.");
    }

    [BrowserTheory]
    [InlineData("/")]
    [InlineData(SamplePaper.LeadStory)]
    public async Task The_keyboard_goes_in_the_order_of_the_page_and_shows_where_it_is(string path)
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(path);
        var seen = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            Assert.True(await window.IsTrueAsync("document.activeElement.checkVisibility()"),
                "The keyboard stands on something that cannot be seen.");
            Assert.True(
                await window.IsTrueAsync("(() => { for (let e = document.activeElement; e && e !== document.body; e = "
                    + "e.parentElement) { const s = getComputedStyle(e); if (s.outlineStyle !== 'none' && "
                    + "parseFloat(s.outlineWidth) > 0) return true; } return false; })()"),
                $"Nothing shows that the keyboard is on {await window.Page.EvaluateAsync<string>("document.activeElement.outerHTML")}");
            seen.Add(await window.Page.EvaluateAsync<string>(
                "String([...document.querySelectorAll('*')].indexOf(document.activeElement)).padStart(6, '0')"));
        }
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(seen.Distinct(), seen);
    }

    [BrowserTheory]
    [InlineData("/")]
    [InlineData(SamplePaper.LeadStory)]
    public async Task On_paper_there_is_neither_ticker_nor_menu(string path)
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(path);
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        foreach (var gone in new[] { ".ticker", "nav.sections", ".skip", ".comfort", "#share", ".more-stories" })
            Assert.Equal(0,
                await window.Page.EvaluateAsync<int>($"[...document.querySelectorAll('{gone}')].filter(e => e.checkVisibility()).length"));
        Assert.True(await window.Page.IsVisibleAsync("h1"));
        Assert.True(await window.Page.IsVisibleAsync("main"));
    }

    [BrowserFact]
    public async Task Capitals_in_the_nameplate_and_kickers_are_the_stylesheet_s_alone()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.LeadStory);
        Assert.Equal("Technology", await window.Page.EvaluateAsync<string>("document.querySelector('.story-head .kicker a').textContent"));
        // What is copied is what was written, the first letter and all.
        Assert.StartsWith("The names were American", await window.Page.EvaluateAsync<string>("(() => { getSelection().selectAllChildren("
            + "document.querySelector('.story-body p')); return getSelection().toString(); })()"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_Arabic_story_is_set_from_the_right_and_the_frame_around_it_is_not()
    {
        await using var window = await room.OpenAsync();
        await window.GoAsync(SamplePaper.ArabicStory);
        Assert.Equal("rtl", await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.story-body p')).direction"));
        Assert.Equal("ltr", await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.story-foot')).direction"));
        Assert.Equal("ltr", await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('footer')).direction"));
    }

    private static async Task MovesAsync(Window window)
    {
        var place = await window.TickerPlaceAsync();
        await NewsHubApp.EventuallyAsync(async () => await window.TickerPlaceAsync() != place, "the ticker moves");
    }

    private static async Task StandsAsync(Window window)
    {
        const string aWhile = "new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))";
        Assert.Equal("paused", await window.TickerStateAsync());
        // A browser holds an animation where the next frame finds it.
        await window.Page.EvaluateAsync(aWhile);
        var place = await window.TickerPlaceAsync();
        await window.Page.EvaluateAsync(aWhile);
        Assert.Equal(place, await window.TickerPlaceAsync());
    }
}
