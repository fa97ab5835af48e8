using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The room of the pages about the paper, and what readers get of it.</summary>
public sealed class StaticPagesTests
{
    private static readonly Dictionary<string, string> Conduct = new()
    {
        ["Manuscript.Headline"] = "Code of conduct",
        ["Manuscript.Standfirst"] = "What we do not do.",
        ["Manuscript.Body"] = "We take **no** gifts.",
        ["InFooter"] = "true",
    };

    [Fact]
    public async Task A_page_that_is_written_is_read_at_once_and_stands_in_the_footer_and_the_sitemap()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        ActRoom.LedTo("/admin/pages/code-of-conduct", await publisher.SubmitAsync("/admin/pages/new", Conduct));
        await FooterAsync(room, "Code of conduct");
        var page = (await room.App.GetAsync("/code-of-conduct")).Page;
        Assert.Equal(("Code of conduct", "What we do not do.", "We take no gifts."), (
            page.QuerySelector("main h1")!.TextContent, page.QuerySelector("main .lede")!.TextContent,
            page.QuerySelector("main .prose")!.TextContent.Trim()));
        Assert.Contains("/code-of-conduct<", (await room.App.GetAsync("/sitemaps/pages.xml")).Text, StringComparison.Ordinal);
        var line = (await publisher.GetAsync("/admin/pages")).Page.QuerySelector("[data-id=code-of-conduct]")!.TextContent;
        Assert.Contains("Changed by Test Publisher", line, StringComparison.Ordinal);

        var saved = await publisher.SubmitAsync("/admin/pages/code-of-conduct", new() { ["Manuscript.Body"] = "We take nothing." });
        ActRoom.LedTo("/admin/pages/code-of-conduct", saved);
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/code-of-conduct")).Text.Contains("We take nothing.", StringComparison.Ordinal),
            "Readers have the new words.");
        Assert.Equal(2, await room.App.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.ChangePage)));
    }

    [Fact]
    public async Task Without_its_tick_the_footer_leaves_a_page_out_and_it_is_read_all_the_same()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await publisher.SubmitAsync("/admin/pages/new", Conduct);
        await FooterAsync(room, "Code of conduct");
        var form = await publisher.GetAsync("/admin/pages/code-of-conduct");
        form.Page.QuerySelector("[name=InFooter]")!.RemoveAttribute("checked");
        ActRoom.LedTo("/admin/pages/code-of-conduct", await publisher.SendAsync(form));
        await FooterAsync(room);
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync("/code-of-conduct")).Status);
    }

    [Fact]
    public async Task The_footer_has_the_order_of_the_list()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        foreach (var title in new[] { "Zoo", "Ants", "About" })
            await publisher.SubmitAsync("/admin/pages/new", new(Conduct) { ["Manuscript.Headline"] = title });
        await FooterAsync(room, "Zoo", "Ants", "About");
        await publisher.SubmitAsync("/admin/pages", new() { ["down"] = "false" }, "[data-id=about] form");
        await FooterAsync(room, "Zoo", "About", "Ants");
        var token = await publisher.TokenAsync();
        await publisher.PostAsync("/admin/pages?handler=Order", [
            new("__RequestVerificationToken", token), new("order", "ants"), new("order", "zoo")]);
        await FooterAsync(room, "Ants", "Zoo", "About");
        // In a reader's own language where the paper knows the word for it.
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Cookie", "lang=fr" } } };
        using var french = await room.App.Client.SendAsync(ask, TestContext.Current.CancellationToken);
        var text = await french.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<a href=\"/about\">À propos</a>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_changes_leads_on_and_one_that_is_taken_is_refused_with_what_was_typed()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await publisher.SubmitAsync("/admin/pages/new", Conduct);
        ActRoom.LedTo("/admin/pages/ethics",
            await publisher.SubmitAsync("/admin/pages/code-of-conduct", new() { ["Manuscript.Slug"] = "ethics" }));
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/code-of-conduct")).Status is HttpStatusCode.MovedPermanently,
            "The old address leads on.");
        Assert.Equal("/ethics", (await room.App.GetAsync("/code-of-conduct")).Header("Location"));
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync("/ethics")).Status);

        foreach (var (slug, sentence) in new[]
        {
            ("harbour", "There is already a section at /harbour."), ("ethics", "There is already a page at /ethics."),
            ("search", "'search' is one of the paper's own addresses."), ("new", "No page can have the address"),
            ("Not One", "Use lower-case letters"),
        })
        {
            var refused = await publisher.SubmitAsync("/admin/pages/new", new(Conduct) { ["Manuscript.Slug"] = slug });
            ActRoom.Asks(refused, sentence, "Manuscript_Slug");
            Assert.Equal("We take **no** gifts.", refused.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
        }
        ActRoom.Asks(
            await publisher.SubmitAsync("/admin/sections", new() { ["Name"] = "Ethics" }, "#add"), "There is already a page at /ethics.");
    }

    [Fact]
    public async Task Whoever_saves_second_is_told_and_sees_both_texts()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var other = await room.ColleagueAsync(Role.Publisher, "Olu Second");
        await publisher.SubmitAsync("/admin/pages/new", Conduct);
        var open = await publisher.GetAsync("/admin/pages/code-of-conduct");
        await other.SubmitAsync("/admin/pages/code-of-conduct", new() { ["Manuscript.Body"] = "Theirs." });
        var second = await publisher.SendAsync(open, new() { ["Manuscript.Body"] = "Mine." });
        ActRoom.Asks(second, "Olu Second changed this page", status: HttpStatusCode.Conflict);
        Assert.Equal("Theirs.", second.Page.QuerySelector(".theirs")!.TextContent);
        Assert.Equal("Mine.", second.Page.QuerySelector("#Manuscript_Body")!.TextContent.Trim());
        ActRoom.LedTo("/admin/pages/code-of-conduct", await publisher.SendAsync(second));
        Assert.Equal("Mine.", (await StoredAsync(room)).Body);

        var question = await publisher.GetAsync("/admin/pages/code-of-conduct/delete");
        await other.SubmitAsync("/admin/pages/code-of-conduct", new() { ["Manuscript.Body"] = "Theirs again." });
        var asked = await publisher.SendAsync(question);
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        ActRoom.LedTo("/admin/pages", await publisher.SendAsync(asked));
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/code-of-conduct")).Status is HttpStatusCode.NotFound, "The page is gone.");
    }

    [Fact]
    public async Task What_is_missing_or_cannot_be_printed_is_said_at_its_field_and_the_preview_shows_what_is_typed()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var refused = await publisher.SubmitAsync("/admin/pages/new", new()
        {
            ["Manuscript.Headline"] = new string('x', 121),
            ["Manuscript.Standfirst"] = "",
            ["Manuscript.Body"] = "{fx 5 USDD}",
        });
        foreach (var (words, field) in new[]
        {
            ("Use 120 characters at most.", "Manuscript_Headline"), ("Enter a description.", "Manuscript_Standfirst"),
            ("Line 1:", "Manuscript_Body"),
        })
        {
            ActRoom.Asks(refused, words, field);
        }
        var preview = await publisher.PostAsync("/admin/pages/preview", new Dictionary<string, string>(Conduct)
        {
            ["__RequestVerificationToken"] = await publisher.TokenAsync(),
        });
        Assert.Equal("We take no gifts.", preview.Page.QuerySelector("main .prose")!.TextContent.Trim());
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.StaticPages.CountAsync()));
    }

    [Fact]
    public async Task The_first_step_about_the_page_leads_to_its_form_and_is_ticked_by_the_page()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        const string Step = "/admin/pages/new?slug=about";
        Assert.Null((await StepAsync()).QuerySelector(".note"));
        var form = await administrator.GetAsync(Step);
        Assert.Equal("about", form.Page.QuerySelector("#Manuscript_Slug")!.GetAttribute("value"));
        ActRoom.LedTo("/admin/pages/about", await administrator.SendAsync(form, new()
        {
            ["Manuscript.Standfirst"] = "Who we are.",
            ["Manuscript.Body"] = "We are few.",
        }));
        Assert.NotNull((await StepAsync()).QuerySelector(".note"));
        ActRoom.LedTo("/admin/pages/about", await administrator.GetAsync(Step));

        async Task<AngleSharp.Dom.IElement> StepAsync() =>
            (await administrator.GetAsync("/admin")).Page.QuerySelector($".first-steps li:has(a[href='{Step}'])")!;
    }

    private static Task<StaticPage> StoredAsync(ActRoom room) =>
        room.App.FromElsewhereAsync(db => db.StaticPages.AsNoTracking().SingleAsync(p => p.Slug == Slug.Parse("code-of-conduct")));

    private static async Task FooterAsync(ActRoom room, params string[] pages)
    {
        string[] known = ["Zoo", "Ants", "About", "Code of conduct"];
        await NewsHubApp.EventuallyAsync(async () =>
        {
            var links = (await room.App.GetAsync("/")).Page.QuerySelectorAll(".colophon-links li").Select(l => l.TextContent.Trim());
            return pages.SequenceEqual(links.Where(l => known.Contains(l)));
        }, $"The footer has {string.Join(", ", pages)}.");
    }
}
