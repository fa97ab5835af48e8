using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Assets;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>The writing surface: the body as it prints, typed into, whose only stored form is house Markdown.</summary>
[Collection<NewsroomInBrowser>]
public sealed class SurfaceTests(BrowserRoom room)
{
    private const string BodyField = "#Manuscript_Body";

    public static TheoryData<string> Pasted => [.. Directory
        .GetFiles(Path.Combine(Repository.Root, "tests", "NewsHub.Web.Tests", "Browser", "Paste"), "*.html")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order()];

    [BrowserFact]
    public async Task Every_text_that_is_opened_and_saved_is_the_same_byte_for_byte()
    {
        await using var window = await SignedInAsync("Sofia Lund");
        await window.GoAsync("/admin/stories/new");
        var texts = await room.App.FromElsewhereAsync(db => db.Revisions.Select(r => r.Text.Body).ToListAsync());
        texts.AddRange(Directory.GetFiles(Repository.Content, "*.md", SearchOption.AllDirectories).Select(File.ReadAllText));
        texts.AddRange(Odd);
        texts.AddRange(MadeUp(new Random(1847)).Take(400));
        var changed = await window.Page.EvaluateAsync<string[]>($$"""
            async texts => {
              const { read, save } = await import("{{Module("surface-markdown")}}");
              const same = text => { const it = read(text); return save(it.doc, it) === text; };
              return texts.map(text => text.replace(/\r\n?/g, "\n")).filter(text => !same(text));
            }
            """, texts);
        Assert.Empty(changed);
    }

    [BrowserFact]
    public async Task A_change_of_one_block_leaves_the_source_of_every_other_and_undone_it_leaves_its_own()
    {
        const string Source = "Intro with * a star_and [brackets] .\n\n\n* one\n* two\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n"
            + "<div>raw</div>\n\nThe last __word__.\n";
        await using var window = await SignedInAsync("Teo Marsh");
        var page = window.Page;
        await window.GoAsync($"/admin/stories/{await StoryAsync(Source)}");
        await page.WaitForSelectorAsync(".surface-text");
        Assert.Equal(Source, await BodyAsync(page));

        await page.ClickAsync(".surface-text > p:has-text('The last')");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" More.");
        Assert.Equal(Source.Replace("The last __word__.", "The last **word**. More.", StringComparison.Ordinal), await BodyAsync(page));
        await page.Keyboard.PressAsync("Control+z");
        Assert.Equal(Source, await BodyAsync(page));
        Assert.Equal("<div>raw</div>", await page.InnerTextAsync(".surface-text .verbatim"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_story_is_written_from_the_headline_to_the_last_note_by_keyboard()
    {
        await using var window = await SignedInAsync("Uma Osei");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.WaitForSelectorAsync(".surface-text");
        var keys = page.Keyboard;
        // The cursor is in the headline; Enter goes on.
        await keys.TypeAsync("The lock is open");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("After eleven years.");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("It \"opened\" at dawn -- said the mayor's ");
        await keys.PressAsync("Control+b");
        await keys.TypeAsync("deputy");
        await keys.PressAsync("Control+b");
        await keys.TypeAsync(".");
        await keys.PressAsync("Control+Alt+2");
        await keys.PressAsync("Control+Alt+2");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("## Why");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("- Water");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Rain");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("/pull");
        await page.Locator(".surface-option[aria-selected=true]").WaitForAsync();
        await keys.PressAsync("Enter");
        await keys.TypeAsync("It held.");
        await keys.PressAsync("ArrowDown");
        await keys.TypeAsync("A diver");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("/table");
        await keys.PressAsync("Enter");
        foreach (var cell in (string[])["Gate", "Width", "East", "6 m"])
        {
            await keys.TypeAsync(cell);
            if (cell != "6 m") await keys.PressAsync("Tab");
        }
        await keys.PressAsync("Control+End");
        await keys.TypeAsync("It cost {fx 50 USD NGN}");
        await keys.TypeAsync(".");
        await page.ClickAsync(".toolbar [title=Footnote]");
        await keys.TypeAsync("Without tax.");
        Assert.Equal(
            """
            It “opened” at dawn – said the mayor’s **deputy**.

            ## Why

            - Water
              - Rain

            :::pullquote
            It held.
            — A diver
            :::

            | Gate | Width |
            | --- | --- |
            | East | 6 m |

            It cost {fx 50 USD NGN}.[^1]

            [^1]: Without tax.
            """, await BodyAsync(page));
        Assert.Equal("The lock is open", await page.InputValueAsync("#Manuscript_Headline"));
        await page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");

        // What readers see is one key away.
        await keys.PressAsync("Control+Enter");
        var proof = page.FrameLocator("iframe[name=proof]");
        await proof.Locator(".story-body .pullquote figcaption", new() { HasText = "A diver" }).WaitForAsync();
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".surface-text .money");
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task The_surface_and_the_field_of_Markdown_never_disagree()
    {
        await using var window = await SignedInAsync("Vera Holm");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync(".surface-text");
        await page.Keyboard.TypeAsync("One.");
        await page.Keyboard.PressAsync("Control+Alt+m");
        Assert.True(await window.IsTrueAsync($"document.activeElement.matches('{BodyField}')"));
        await page.FillAsync(BodyField, "One.\n\n> Two.\n\n:::aside\n## Three\n\nFour.\n:::");
        await page.Keyboard.PressAsync("Control+Alt+m");
        Assert.Equal("Two.", await page.InnerTextAsync(".surface-text blockquote"));
        Assert.Equal("Three", await page.InnerTextAsync(".surface-text aside.box h2"));
        await page.ClickAsync(".surface-text blockquote");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" More.");
        Assert.Equal("One.\n\n> Two. More.\n\n:::aside\n## Three\n\nFour.\n:::", await BodyAsync(page));
        // The choice is remembered.
        await page.ClickAsync(".toolbar [title^=Markdown]");
        await page.ReloadAsync();
        await page.Locator(".toolbar [title^=Markdown][aria-pressed=true]").WaitForAsync();
        Assert.True(await page.IsVisibleAsync(BodyField));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Where_the_surface_does_not_start_the_text_stands_in_its_field()
    {
        await using var window = await SignedInAsync("Will Tane");
        var page = window.Page;
        await page.RouteAsync("**/assets/surface.*.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = "export function mount() { throw new Error('broken'); }",
        }));
        await window.GoAsync($"/admin/stories/{await StoryAsync("Once it was so.")}");
        await page.WaitForFunctionAsync("() => document.querySelector('.toolbar').hidden === false");
        Assert.True(await page.IsVisibleAsync(BodyField));
        await page.FillAsync(BodyField, "Now it is so.");
        await page.WaitForFunctionAsync("() => /^Autosaved \\d/.test(document.querySelector('.saved').textContent)");
        Assert.Contains(window.Complaints, c => c.Contains("The writing surface does not start", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_picture_that_is_dropped_stands_there_with_its_caption_and_its_alt_text_to_type()
    {
        await using var window = await SignedInAsync("Xenia Roth");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync(".surface-text");
        await page.Keyboard.TypeAsync("Before.");
        await page.EvaluateAsync("""
            async () => {
              const canvas = Object.assign(document.createElement("canvas"), { width: 1300, height: 900 });
              canvas.getContext("2d").fillRect(0, 0, 650, 900);
              const bytes = await new Promise(done => canvas.toBlob(done, "image/jpeg"));
              const file = new File([bytes], "surface-drop.jpg", { type: "image/jpeg" });
              const data = new DataTransfer();
              data.items.add(file);
              const at = document.querySelector(".surface-text p").getBoundingClientRect();
              const place = { clientX: at.x + 5, clientY: at.y + 5 };
              const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, ...place });
              document.querySelector(".surface-text p").dispatchEvent(drop);
            }
            """);
        await page.Locator(".surface-text .shot img").WaitForAsync();
        Assert.Equal("Before.\n\n![](surface-drop.jpg)", await BodyAsync(page));
        Assert.Contains("Missing alt text and credit.", await page.InnerTextAsync(".surface-text .shot .lack"), StringComparison.Ordinal);
        await page.GetByLabel("Alt text", new() { Exact = true }).FillAsync("Half of it \"black\"");
        await page.GetByLabel("Caption").First.FillAsync("The black half");
        Assert.Equal("Before.\n\n![Half of it \"black\"](surface-drop.jpg \"The black half\")", await BodyAsync(page));
        Assert.Contains("Missing credit.", await page.InnerTextAsync(".surface-text .shot .lack"), StringComparison.Ordinal);

        // What the library lacks is said without leaving the page.
        await page.GetByLabel("Library credit").FillAsync("X. Roth");
        await page.GetByLabel("Library alt text").FillAsync("");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".shot-lack .wrong", new() { HasText = "Enter alt text" }).WaitForAsync();
        await page.GetByLabel("Library alt text").FillAsync("Half black, half clear");
        await page.ClickAsync("text=Save to library");
        await page.Locator(".surface-text .shot .credit", new() { HasText = "Photo: X. Roth" }).WaitForAsync();
        Assert.False(await page.IsVisibleAsync(".shot-lack"));
    }

    [BrowserFact]
    public async Task An_address_over_words_links_them_and_a_tables_rows_and_columns_are_added_in_place()
    {
        await using var window = await SignedInAsync("Yara Diop");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync(".surface-text");
        await page.Keyboard.TypeAsync("Read this");
        await page.Keyboard.PressAsync("Control+Shift+ArrowLeft");
        await page.EvaluateAsync("() => navigator.clipboard.writeText('https://example.org/a_b')");
        await page.Keyboard.PressAsync("Control+v");
        Assert.Equal("Read [this](https://example.org/a_b)", await BodyAsync(page));
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByLabel("Address of the link").FillAsync("nowhere");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("begins with https://", await page.InnerTextAsync(".link-box .wrong"), StringComparison.Ordinal);
        await page.GetByLabel("Address of the link").FillAsync("/technology");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("Read [this](/technology)", await BodyAsync(page));

        // Two brackets find a story by its headline.
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" and [[");
        await page.GetByLabel("Address of the link").FillAsync("dernier project");
        await page.Locator(".link-found [aria-selected=true]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync(" too");
        Assert.Equal(
            $"Read [this](/technology) and [À Sérignac, le dernier projectionniste forme la relève]({SamplePaper.FrenchStory}) too",
            await BodyAsync(page));
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("Read");
        await page.ClickAsync(".toolbar [title^=Table]");
        await page.Keyboard.TypeAsync("A");
        await page.ClickAsync(".surface-bar [title='Column after']");
        await page.ClickAsync(".surface-bar [title='Row below']");
        Assert.Equal("Read\n\n| A | | |\n| --- | --- | --- |\n| | | |\n| | | |", await BodyAsync(page));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_block_is_moved_by_keyboard_and_by_its_grip_and_keeps_its_source()
    {
        await using var window = await SignedInAsync("Abel Moss");
        var page = window.Page;
        await window.GoAsync($"/admin/stories/{await StoryAsync("One _a_.\n\n\n* Two\n\nThree __b__.\n")}");
        await page.ClickAsync(".surface-text > p:has-text('Three')");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        Assert.Equal("One _a_.\n\nThree __b__.\n\n* Two\n", await BodyAsync(page));
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        Assert.Equal("Three __b__.\n\nOne _a_.\n\n\n* Two\n", await BodyAsync(page));

        await page.HoverAsync(".surface-text > ul");
        var grip = page.Locator(".surface-grip");
        Assert.Equal("Move “Two”", await grip.GetAttributeAsync("aria-label"));
        await grip.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal("Three __b__.\n\n* Two\n\nOne _a_.\n", await BodyAsync(page));
        await page.HoverAsync(".surface-text > p:has-text('Three')");
        var (from, to) = (await grip.BoundingBoxAsync(), await page.Locator(".surface-text > p:has-text('One')").BoundingBoxAsync());
        await page.Mouse.MoveAsync(from!.X + 8, from.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to!.X + 60, to.Y + to.Height - 4, new() { Steps = 8 });
        await page.Mouse.MoveAsync(to.X + 62, to.Y + to.Height - 3);
        await page.Mouse.UpAsync();
        Assert.Equal("* Two\n\nOne _a_.\n\nThree __b__.\n", await BodyAsync(page));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Quotes_are_set_as_the_language_has_them_and_plain_ones_that_came_in_on_demand()
    {
        await using var window = await SignedInAsync("Cleo Vance");
        var page = window.Page;
        await window.GoAsync($"/admin/stories/{await StoryAsync("\"One\", it's *\"two\"* and `\"code\"`.\n\n<b title=\"x\">raw</b>\n")}");
        await page.ClickAsync(".surface-offer button");
        Assert.Equal("“One”, it’s *“two”* and `\"code\"`.\n\n<b title=\"x\">raw</b>\n", await BodyAsync(page));
        await page.Locator(".surface-offer").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        await page.ClickAsync(".surface-text > p");
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.TypeAsync("\"");
        Assert.StartsWith("““One", await BodyAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+z");
        Assert.StartsWith("\"“One", await BodyAsync(page), StringComparison.Ordinal);
        await page.ClickAsync("summary:has-text('Language, address')");
        await page.FillAsync("[name='Manuscript.Language']", "de");
        await page.ClickAsync(".surface-offer button");
        Assert.StartsWith("„“One", await BodyAsync(page), StringComparison.Ordinal);
        Assert.Equal("de", await page.GetAttributeAsync(".surface-text", "lang"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Every_sign_of_the_keyboard_is_a_letter_of_the_text_and_no_command()
    {
        await using var window = await SignedInAsync("Ines Duarte");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.WaitForSelectorAsync(".surface-text");
        // Straight quotes become the language's own, and a pair of backticks, stars or lines is a style: those are tests of their own.
        var signs = string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\'')));
        var typed = string.Join(' ', signs.Select(c => $"a{c}b"));
        await page.FocusAsync("#Manuscript_Headline");
        await page.Keyboard.TypeAsync("Who? Why/how?");
        await page.FocusAsync(".surface-text");
        await page.Keyboard.TypeAsync(typed);
        Assert.Equal("Who? Why/how?", await page.InputValueAsync("#Manuscript_Headline"));
        Assert.Equal(typed, await page.EvaluateAsync<string>("document.querySelector('.surface-text > p').textContent"));
        Assert.Equal(0, await page.Locator("dialog[open]").CountAsync());
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_picture_is_made_wide_and_another_put_in_its_place_where_it_stands()
    {
        await using var window = await SignedInAsync("Wim Anders");
        var page = window.Page;
        await window.GoAsync($"/admin/stories/{await StoryAsync("One.\n\n![](relay.svg)\n\nTwo.")}");
        await page.Locator(".shot-tools").GetByLabel("Width").SelectOptionAsync("wide");
        Assert.Equal("One.\n\n![](relay.svg#wide)\n\nTwo.", await BodyAsync(page));
        await page.ClickAsync(".shot-tools button:text-is('Replace')");
        await page.Locator(".picker-shot", new() { HasText = "teapot.svg" }).ClickAsync();
        Assert.Equal("One.\n\n![](teapot.svg#wide)\n\nTwo.", await BodyAsync(page));
        await page.Locator(".shot-tools").GetByLabel("Width").SelectOptionAsync("");
        Assert.Equal("One.\n\n![](teapot.svg)\n\nTwo.", await BodyAsync(page));
        await page.HoverAsync(".surface-text .shot");
        Assert.Equal("Move this picture", await page.GetAttributeAsync(".surface-grip", "aria-label"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task Words_are_found_and_replaced_one_by_one_and_all_at_once()
    {
        await using var window = await SignedInAsync("Bram Iyer");
        var page = window.Page;
        await window.GoAsync($"/admin/stories/{await StoryAsync("A quay, the *quay* and a Quay.\n\nNo pier $1.\n")}");
        await page.ClickAsync(".surface-text > p");
        await page.Keyboard.PressAsync("Control+h");
        await page.GetByLabel("Find", new() { Exact = true }).FillAsync("quay");
        Assert.Equal("3 found", await page.InnerTextAsync(".surface-search output"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Replace with").FillAsync("pier $1");
        await page.ClickAsync(".surface-search button:text-is('Replace')");
        Assert.Equal("A pier $1, the *quay* and a Quay.\n\nNo pier $1.\n", await BodyAsync(page));
        await page.ClickAsync(".surface-search button:has-text('Replace all')");
        Assert.Equal("A pier $1, the *pier $1* and a pier $1.\n\nNo pier $1.\n", await BodyAsync(page));
        Assert.Equal("2 replaced", await page.InnerTextAsync(".surface-search output"));
        await page.GetByLabel("Find", new() { Exact = true }).FillAsync("harbour");
        Assert.Equal("Not found", await page.InnerTextAsync(".surface-search output"));
        await page.Keyboard.PressAsync("Escape");
        Assert.True(await window.IsTrueAsync("document.activeElement.matches('.surface-text')"));
        Assert.Empty(window.Complaints);
    }

    [BrowserTheory]
    [InlineData("1986. A year * of\nstars.\n\nAnd _so_ on.", "1986\\. A year * of\nstars.\n\nAnd \\_so\\_ on.")]
    [InlineData("a few words", "a few words")]
    [InlineData("## Why\n\n- **one**\n- two", "## Why\n\n- **one**\n- two")]
    [InlineData("<b>not bold</b> & so", "\\<b>not bold\\</b> & so")]
    public async Task Text_that_is_pasted_without_a_form_is_its_words_or_the_Markdown_that_it_is(string text, string expected)
    {
        await using var window = await SignedInAsync("Dina Hale");
        var page = window.Page;
        await window.GoAsync("/admin/stories/new");
        await page.ClickAsync(".surface-text");
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        await page.Keyboard.PressAsync("Control+v");
        Assert.Equal(expected, await BodyAsync(page));
        Assert.Empty(window.Complaints);
    }

    [BrowserTheory, MemberData(nameof(Pasted))]
    public async Task What_is_pasted_is_what_the_source_shows(string name)
    {
        var file = Path.Combine(Repository.Root, "tests", "NewsHub.Web.Tests", "Browser", "Paste", name);
        var html = await File.ReadAllTextAsync(file + ".html", TestContext.Current.CancellationToken);
        var expected = (await File.ReadAllTextAsync(file + ".md", TestContext.Current.CancellationToken)).TrimEnd('\n');
        await using var window = await SignedInAsync($"Zoe {name}");
        var page = window.Page;
        foreach (var field in (string[])[".surface-text", BodyField])
        {
            await window.GoAsync("/admin/stories/new");
            await page.WaitForSelectorAsync(".surface-text");
            if (field == BodyField) await page.ClickAsync(".toolbar [title^=Markdown]");
            await page.FocusAsync(field);
            await page.EvaluateAsync("""
                ([field, html]) => {
                  const data = new DataTransfer();
                  data.setData("text/html", html);
                  data.setData("text/plain", "plain");
                  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
                  document.querySelector(field).dispatchEvent(paste);
                }
                """, new[] { field, html });
            await page.WaitForFunctionAsync("() => document.querySelector('#Manuscript_Body').value !== ''");
            Assert.Equal(expected, await BodyAsync(page));
        }
        // The policy of the page has nothing to refuse in it.
        Assert.Empty(window.Complaints);
    }

    private static Task<string> BodyAsync(IPage page) => page.InputValueAsync(BodyField);

    private string Module(string name) => room.App.Services.GetRequiredService<AssetStore>().Url($"js/{name}.js");

    private async Task<StoryId> StoryAsync(string body) => await room.App.FromElsewhereAsync(
        async db => (await Desk.DraftAsync(db, "A story", room.App.Time.GetUtcNow(), body)).Id);

    private async Task<Window> SignedInAsync(string name)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";
        await Colleague.HireAsync(room.App, Role.Editor, name, email);
        var window = await room.OpenAsync(width: 1440);
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main form button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }

    /// <summary>What the surface has no form for, or has to read with care.</summary>
    private static readonly string[] Odd =
    [
"", "\n", "\n\n\n", "one\n\n\n\ntwo\n\n\n", "   \n\ntext", "[a]: https://example.org\n\n[a] and [b][a]\n", "[](x)",
        "- a\n- b\n\n+ c\n+ d", "1) a\n2) b\n\n3. c", "# One\n\nOne\n===\n\n#### Four", "    code\n\n```js\nx\n```\n\n~~~\ny\n~~~",
        ":::note\nx\n:::", ":::pullquote\nnever closed", ":::aside\n:::pullquote\nin it\n:::\n:::",
        "<div>\n*a*\n</div>\n\ntext <b>bold</b>", "a  \nb\\\nc\nd", "![](a.jpg) and ![b](c.jpg)", "[^1]: x\n\n    y\n\nz[^1]",
        "| a |\n| - |\n| `b\\|c` |", "**中文「強」**字", "&nbsp;&copy; &#35;", "***a** b*", "\\*not\\* _so_", "{fx 5 USD NGN} {fx x}",
        "- [ ] task\n\n- [x] done", "***\n---\n___", "> a\n> > b\nc", "\ttab\n\n \u00a0 wide \u3000", "emoji 👩‍👩‍👧‍👦 and ‮rtl‬",
        "<!-- a -->\n\nb",
    ];

    /// <summary>Texts of pieces that Markdown makes something of.</summary>
    private static IEnumerable<string> MadeUp(Random random)
    {
        string[] pieces =
        [
"word", " ", "\n", "\n\n", "*", "**", "_", "`", "- ", "1. ", "> ", "# ", "## ", "|", "| --- |", ":::", ":::aside\n", "[",
            "]", "(", ")", "![", "[^1]", "[^1]: ", "{fx 1 USD EUR}", "<b>", "</b>", "\\", "    ", "\t", "&amp;", "https://example.org",
            "~~~\n", "```\n", "—", "“", "字", "قلم", "---", "===",
        ];
        while (true)
            yield return string.Concat(Enumerable.Range(0, random.Next(2, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
