using System.Net;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

/// <summary>Which answer stands at which address, for stories in all their states.</summary>
public sealed class AddressTests(SamplePaper paper)
{
    [Fact]
    public async Task HEAD_answers_like_GET_everywhere()
    {
        var media = (await paper.FrontAsync()).One("main img")!.GetAttribute("src")!;
        var asset = (await paper.FrontAsync()).One("link[rel=stylesheet]")!.GetAttribute("href")!;
        foreach (var path in new[]
        {
            "/", "/editions", "/editions/27", "/editions/27/stories", "/science", "/opinion", "/authors/jun-seo", "/tags/north-korea",
            "/about", "/colophon", "/corrections", SamplePaper.LeadStory,
            "/nothing-here", "/science?after=bad", "/editions/0", "/healthz", "/readyz", "/favicon.ico", "/manifest.webmanifest",
            "/humans.txt", "/media/nothing/x.jpg", media, asset,
        })
        {
            var got = await paper.GetAsync(path);
            var head = await paper.SendAsync(HttpMethod.Head, path);
            Assert.Equal((path, got.Status), (path, head.Status));
            Assert.Equal("", head.Text);
            foreach (var name in new[] { "Content-Type", "ETag", "Cache-Control", "Content-Security-Policy", "Vary" })
                Assert.Equal((path, name, got.Header(name)), (path, name, head.Header(name)));
        }
    }

    [Theory]
    [InlineData("/Technology", "/technology")]
    [InlineData("/technology/", "/technology")]
    [InlineData("/Breaking", "/breaking")]
    [InlineData("/Editions/27/", "/editions/27")]
    [InlineData("/authors/Jun-Seo", "/authors/jun-seo")]
    [InlineData("/Tags/North-Korea/", "/tags/north-korea")]
    [InlineData("/ABOUT", "/about")]
    [InlineData("/Technology/2025/07/01/US-breaks-up-ring-that-put-north-korean-coders-on-american-payrolls", SamplePaper.LeadStory)]
    [InlineData(SamplePaper.LeadStory + "/", SamplePaper.LeadStory)]
    public async Task Capitals_and_a_last_slash_lead_to_the_same_page_whether_it_was_read_before_or_not(string written, string address)
    {
        await using var fresh = new SamplePaper();
        var before = await fresh.GetAsync(written);
        var page = await fresh.GetAsync(address);
        var after = await fresh.GetAsync(written);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(page.Status, before.Status);
        Assert.Equal(page.Text, before.Text);
        Assert.Equal(page.Text, after.Text);
    }

    [Fact]
    public async Task A_former_address_leads_to_the_story_in_one_step_and_keeps_the_query()
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back", "formerly:\n  - /hill/2025/06/29/ships\n  - /2019/06/old-ships\n"
                + "  - /old-ships.html\n  - /Harbour/2018/01/02/Old-Ships\n  - /archive/é/بيت");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var former in new[]
        {
            "/hill/2025/06/29/ships", "/2019/06/old-ships", "/old-ships.html", "/Harbour/2018/01/02/Old-Ships",
            "/archive/" + Uri.EscapeDataString("é") + "/" + Uri.EscapeDataString("بيت"),
        })
        {
            for (var i = 0; i < 2; i++)
            {
                var answer = await lantern.GetAsync(former + "?utm_source=letter&a=b%20c");
                Assert.True(answer.Status == HttpStatusCode.MovedPermanently, $"{former} answered {(int)answer.Status}.");
                Assert.Equal("/harbour/2025/06/30/boats?utm_source=letter&a=b%20c", answer.Header("Location"));
                Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
                Assert.Equal("/harbour/2025/06/30/boats", (await lantern.GetAsync(former)).Header("Location"));
            }
            Assert.Equal(HttpStatusCode.MovedPermanently, (await lantern.SendAsync(HttpMethod.Head, former)).Status);
        }
    }

    [Fact]
    public async Task A_story_that_moved_twice_is_one_step_away_from_each_of_its_addresses_and_may_move_back()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        const string first = "/harbour/2025/06/30/boats", second = "/harbour/2025/06/30/ships", third = "/harbour/2025/06/30/vessels";
        await MoveAsync(first, "ships");
        await MoveAsync(second, "vessels");
        foreach (var former in new[] { first, second })
            await NewsHubApp.EventuallyAsync(
                async () => (await lantern.GetAsync(former)).Header("Location") == third, $"{former} leads to {third}");
        await MoveAsync(third, "boats");
        await NewsHubApp.EventuallyAsync(
            async () => (await lantern.GetAsync(first)).Status == HttpStatusCode.OK, "the story is back at its first address");
        foreach (var former in new[] { second, third })
            await NewsHubApp.EventuallyAsync(
                async () => (await lantern.GetAsync(former)).Header("Location") == first, $"{former} leads to {first}");

        Task<int> MoveAsync(string from, string slug) =>
            lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, from,
                (story, section) => story.Readdress(section, Slug.Parse(slug), Desk.Editor, lantern.Time.GetUtcNow())));
    }

    [Fact]
    public async Task A_live_story_beats_another_one_s_former_address()
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back")
            .Story("2025-06-30", "nets", "Nets", "formerly: [/harbour/2025/06/30/boats]");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Equal("Boats are back", (await lantern.ArticleAsync("/harbour/2025/06/30/boats")).Headline);
    }

    [Fact]
    public async Task A_withdrawn_story_answers_410_with_its_notice_and_not_a_word_of_itself()
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back")
            .Story("2025-06-29", "secrets", "Sentinel headline", "kicker: \"Sentinel kicker\"\ndateline: SENTINEL\n"
                + "seoTitle: Sentinel title\ntags: [Sentinel tag]\nformerly: [/harbour/2024/01/01/sentinels]\n"
                + "withdrawn: 2025-06-30T09:00:00Z\nnotice: The interview had not been agreed to.", "Sentinel body.")
            .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-secrets");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        for (var i = 0; i < 2; i++)
        {
            var answer = await lantern.GetAsync("/harbour/2025/06/29/secrets");
            Assert.Equal(HttpStatusCode.Gone, answer.Status);
            var notice = new NoticePage(answer.Page);
            Assert.Contains("The interview had not been agreed to.", notice.Text, StringComparison.Ordinal);
            Assert.Equal("2025-06-30T09:00:00Z", notice.One("main time")!.GetAttribute("datetime"));
            Assert.DoesNotContain("sentinel", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("What secrets is about", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.True(notice.IsHiddenFromSearch);
            Assert.Null(notice.Canonical);
            Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        }
        Assert.Equal("/harbour/2025/06/29/secrets", (await lantern.GetAsync("/harbour/2024/01/01/sentinels")).Header("Location"));
        foreach (var path in new[]
        {
            "/", "/harbour", "/authors/ada-night", "/editions/1", "/editions/1/stories", "/harbour/2025/06/30/boats",
        })
        {
            Assert.DoesNotContain("sentinel", (await lantern.GetAsync(path)).Text, StringComparison.OrdinalIgnoreCase);
        }
        await lantern.ParseAsync("/tags/sentinel-tag", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_yet_published_is_not_there_and_answers_as_what_never_was()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var now = lantern.Time.GetUtcNow();
        await lantern.FromElsewhereAsync(async db =>
        {
            await Desk.DraftAsync(db, "Sentinel draft", now);
            (await Desk.DraftAsync(db, "Sentinel filed", now)).File(Desk.Editor, now);
            (await Desk.DraftAsync(db, "Sentinel scheduled", now)).Schedule(now.AddHours(1), Desk.Editor, now);
            (await Desk.DraftAsync(db, "Sentinel embargoed", now)).Embargo(now.AddDays(1), Desk.Editor, now);
            (await Desk.DraftAsync(db, "Sentinel spiked", now)).Spike(Desk.Editor, now);
            await db.SaveChangesAsync();
            // A new text of a live story that nobody has published yet.
            return await Desk.ChangeAsync(db, "/harbour/2025/06/30/boats", (story, _) =>
                story.Save(story.Revisions[0].Text with { Headline = "Sentinel working copy" },
                    HouseMarkdown.Render("Sentinel body.", _ => null), Desk.Editor, now));
        });
        var unknown = await lantern.GetAsync("/harbour/2025/07/01/never-written");
        foreach (var state in new[] { "draft", "filed", "scheduled", "embargoed", "spiked" })
        {
            var answer = await lantern.GetAsync($"/harbour/2025/07/01/sentinel-{state}");
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal(unknown.Text, answer.Text);
            Assert.Equal(unknown.Headers.Where(h => h.Key != "Date"), answer.Headers.Where(h => h.Key != "Date"));
        }
        var update = "/harbour/2025/06/30/boats";
        foreach (var path in new[] { "/", "/harbour", "/authors/ada-night", "/editions/1", "/editions/1/stories", update })
            Assert.DoesNotContain("sentinel", (await lantern.GetAsync(path)).Text, StringComparison.OrdinalIgnoreCase);
    }
}
