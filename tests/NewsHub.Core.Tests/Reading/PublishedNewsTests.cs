using System.Text.Json;
using NewsHub.Core.Editions;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Reading;

public sealed class PublishedNewsTests : IAsyncLifetime
{
    private Paper _paper = null!;

    private Copy Desk => _paper.Copy;

    public async ValueTask InitializeAsync() => _paper = await Paper.OpenAsync();

    public ValueTask DisposeAsync() => _paper.DisposeAsync();

    [Fact]
    public async Task What_was_not_published_appears_nowhere()
    {
        const string Sentinel = "SENTINEL";
        var live = Desk.Live("Live one", section: Desk.Technology);
        await _paper.KeepAsync(live);
        var draft = Desk.Draft(Sentinel + " draft", Sentinel);
        var filed = Desk.Draft(Sentinel + " filed", Sentinel);
        filed.File(Copy.Editor, Copy.Noon);
        var scheduled = Desk.Draft(Sentinel + " scheduled", Sentinel);
        scheduled.Schedule(Copy.Noon.AddDays(1), Copy.Editor, Copy.Noon);
        var embargoed = Desk.Draft(Sentinel + " embargoed", Sentinel);
        embargoed.Embargo(Copy.Noon.AddDays(1), Copy.Editor, Copy.Noon);
        embargoed.AddFormerAddress("/technology/2025/07/01/sentinel-embargoed");
        var spiked = Desk.Draft(Sentinel + " spiked", Sentinel);
        spiked.Spike(Copy.Editor, Copy.Noon);
        var withdrawn = Desk.Live(Sentinel + " withdrawn", body: Sentinel);
        withdrawn.NoteCorrection(Sentinel, Copy.Editor, Copy.Noon);
        withdrawn.AddFormerAddress("/old/withdrawn");
        foreach (var story in new[] { draft, filed, scheduled, embargoed, spiked, withdrawn }) await _paper.KeepAsync(story);
        await _paper.PublishAsync(1, Copy.Noon, (SlotKind.Lead, live), (SlotKind.Second, withdrawn));
        await using (var db = _paper.Store.Db())
        {
            db.AttachRange(live, withdrawn);
            withdrawn.Withdraw("We took it back.", Sentinel + " reason", Copy.Editor, Copy.Noon);
            // An edition that is being made, with a draft in it.
            var next = new Edition(2, new DateOnly(2025, 7, 2), Sentinel);
            next.Compose([(SlotKind.Lead, draft.Id)]);
            db.Editions.Add(next);
            live.Save(Desk.Text(Sentinel + " working copy", Sentinel) with { Standfirst = Sentinel, Kicker = Sentinel },
                Copy.Render(Sentinel), Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }

        var answers = new List<object?>();
        foreach (var slug in new[] { "sentinel-draft", "sentinel-filed", "sentinel-scheduled", "sentinel-embargoed", "sentinel-spiked" })
            Assert.IsType<ArticleAnswer.Unknown>(await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/" + slug)));
        var gone = Assert.IsType<ArticleAnswer.Withdrawn>(
            await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/sentinel-withdrawn")));
        Assert.Equal(("We took it back.", Copy.Noon), (gone.Notice, gone.At));
        answers.Add(gone);
        answers.Add(
            Assert.IsType<ArticleAnswer.Found>(await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/live-one"))).Article);
        answers.Add(await _paper.AskAsync(n => n.FrontAsync()));
        answers.Add(await _paper.AskAsync(n => n.EditionAsync(1)));
        answers.Add(await _paper.AskAsync(n => n.EditionStoriesAsync(1, 0)));
        answers.Add(await _paper.AskAsync(n => n.ArchiveAsync(null)));
        answers.Add(await _paper.AskAsync(n => n.ArchiveAsync(2025)));
        foreach (var section in await _paper.AskAsync(n => Task.FromResult(n.Snapshot.Sections)))
            answers.Add(await _paper.AskAsync(n => n.SectionAsync(section, null)));
        foreach (var kind in Enum.GetValues<Kind>()) answers.Add(await _paper.AskAsync(n => n.KindAsync(kind, null)));
        answers.Add(await _paper.AskAsync(n => n.AuthorAsync("ada", null)));
        answers.Add(await _paper.AskAsync(n => n.TagAsync("ferries", null)));
        answers.Add(await _paper.AskAsync(n => n.CorrectionsAsync(null)));
        answers.Add(await _paper.AskAsync(n => n.PageAsync("about")));
        foreach (var answer in answers)
            Assert.DoesNotContain(
                Sentinel, JsonSerializer.Serialize(answer, answer?.GetType() ?? typeof(object)), StringComparison.OrdinalIgnoreCase);
        Assert.Null(await _paper.AskAsync(n => n.EditionAsync(2)));
        Assert.Null(await _paper.AskAsync(n => n.EditionStoriesAsync(2, 0)));
    }

    [Fact]
    public async Task An_article_has_all_that_its_page_shows()
    {
        var text = Desk.Text() with { Picture = Copy.Cables, Kicker = "Transport", Dateline = "LAGOS", SeoTitle = "seo" };
        var story = Copy.New(text);
        Desk.Publish(story);
        story.NoteCorrection("Second.", Copy.Editor, Copy.Noon.AddHours(2));
        story.NoteCorrection("First.", Copy.Editor, Copy.Noon.AddHours(1));
        await _paper.KeepAsync(story);
        var others = new List<Story>();
        for (var n = 1; n <= 8; n++)
        {
            others.Add(Desk.Live($"Other {n}"));
            await _paper.KeepAsync(others[^1]);
        }
        await _paper.PublishAsync(
            7, Copy.Noon, [(SlotKind.Lead, others[0]), (SlotKind.Second, story), .. others.Skip(1).Select(o => (SlotKind.Brief, o))]);

        var article =
            Assert.IsType<ArticleAnswer.Found>(await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/ferry-strike"))).Article;

        Assert.Equal(("Ferry strike", "Technology", "Transport", "LAGOS", "seo"),
            (article.Story.Headline, article.Story.Section.Name, article.Story.Kicker, article.Dateline, article.SeoTitle));
        Assert.Equal(["First.", "Second."], article.Corrections.Select(c => c.Note));
        Assert.Equal(7, article.Edition!.Number);
        Assert.Equal([("like", 0), ("sad", 0)], article.Reactions.Select(r => (r.Key, r.Count)));
        Assert.Equal(["Other 1", "Other 2", "Other 3", "Other 4", "Other 5", "Other 6"], article.More.Stories.Select(s => s.Headline));
        Assert.Equal(Copy.Cables, article.Story.Picture);
        Assert.Equal(Copy.Noon.AddHours(2), article.Story.UpdatedAt);
        var rest = await _paper.AskAsync(
            n => n.EditionStoriesAsync(7, int.Parse(article.More.Next!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["Other 7", "Other 8"], rest!.Stories.Stories.Select(s => s.Headline));
        Assert.Null(rest.Stories.Next);
    }

    [Fact]
    public async Task A_former_address_leads_on_in_one_hop_and_a_live_story_beats_it()
    {
        var story = Desk.Live("Old name");
        story.Readdress(Desk.World, Slug.Parse("middle"), Copy.Editor, Copy.Noon);
        story.Readdress(Desk.World, Slug.Parse("new-name"), Copy.Editor, Copy.Noon);
        await _paper.KeepAsync(story);
        foreach (var former in new[] { "/technology/2025/07/01/old-name", "/world/2025/07/01/middle" })
            Assert.Equal("/world/2025/07/01/new-name",
                Assert.IsType<ArticleAnswer.Moved>(await _paper.AskAsync(n => n.ArticleAsync(former))).Address);

        var heir = Desk.Live("Old name");
        await _paper.KeepAsync(heir);
        Assert.IsType<ArticleAnswer.Found>(await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/old-name")));
        await using (var db = _paper.Store.Db())
        {
            db.Attach(heir);
            heir.Readdress(Desk.Technology, Slug.Parse("heir"), Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }
        Assert.Equal("/technology/2025/07/01/heir",
            Assert.IsType<ArticleAnswer.Moved>(await _paper.AskAsync(n => n.ArticleAsync("/technology/2025/07/01/old-name"))).Address);
    }

    [Fact]
    public async Task The_front_is_the_latest_edition_as_composed_and_what_came_after_it()
    {
        Assert.Null(await _paper.AskAsync(n => n.FrontAsync()));
        async Task<Story> LiveAsync(string headline, int minutes, Section? section = null)
        {
            var story = Desk.Live(headline, Copy.Noon.AddMinutes(minutes), section);
            await _paper.KeepAsync(story);
            return story;
        }
        var (lead, second, brief, opinion) = (
            await LiveAsync("Lead", 0), await LiveAsync("Second", 0), await LiveAsync("Brief", 0), await LiveAsync("Opinion", 0));
        var old = await LiveAsync("Before it", -5);
        var inSections = new List<Story>();
        for (var n = 1; n <= 5; n++) inSections.Add(await LiveAsync($"World {n}", 0, Desk.World));
        var tech = await LiveAsync("Tech", 0);
        await _paper.PublishAsync(1, Copy.Noon.AddDays(-1), (SlotKind.Lead, old));
        await _paper.PublishAsync(2, Copy.Noon.AddMinutes(1),
            [(SlotKind.Brief, brief), (SlotKind.Section, inSections[0]), (SlotKind.Lead, lead), (SlotKind.Section, tech), (
                SlotKind.Second, second), (SlotKind.Opinion, opinion), .. inSections.Skip(1).Select(s => (SlotKind.Section, s))]);
        for (var n = 1; n <= 10; n++) await LiveAsync($"After {n:00}", 10 + n);

        var front = (await _paper.AskAsync(n => n.FrontAsync()))!;

        Assert.Equal((2, "Lead"), (front.Edition.Number, front.Lead!.Headline));
        Assert.Equal(["Second"], front.Seconds.Select(s => s.Headline));
        Assert.Equal(["Brief"], front.Briefs.Select(s => s.Headline));
        Assert.Equal(["Opinion"], front.Opinions.Select(s => s.Headline));
        Assert.Equal(["World", "Technology"], front.Sections.Select(s => s.Section.Name));
        Assert.Equal("World 1", front.Sections[0].Lead.Headline);
        Assert.Equal(["World 2", "World 3", "World 4"], front.Sections[0].Lines.Select(s => s.Headline));
        Assert.Equal(Enumerable.Range(3, 8).Reverse().Select(n => $"After {n:00}"), front.Latest.Select(s => s.Headline));
        var asEdition = (await _paper.AskAsync(n => n.EditionAsync(2)))!;
        Assert.Empty(asEdition.Latest);
        Assert.Equal(1, asEdition.Previous!.Number);
    }

    [Fact]
    public async Task Editions_have_neighbours_and_an_archive_by_year()
    {
        var story = Desk.Live();
        await _paper.KeepAsync(story);
        foreach (var (number, year) in new[] { (1, 2023), (2, 2023), (5, 2025), (9, 2025) })
            await _paper.PublishAsync(
                number, new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero).AddDays(number - 9), (SlotKind.Lead, story));
        foreach (var (number, previous, next) in new (int, int?, int?)[] { (1, null, 2), (2, 1, 5), (5, 2, 9), (9, 5, null) })
        {
            var edition = (await _paper.AskAsync(n => n.EditionAsync(number)))!;
            Assert.Equal((previous, next), (edition.Previous?.Number, edition.Next?.Number));
        }
        foreach (var unknown in new[] { 0, -1, 3, int.MaxValue }) Assert.Null(await _paper.AskAsync(n => n.EditionAsync(unknown)));
        var newest = (await _paper.AskAsync(n => n.ArchiveAsync(null)))!;
        Assert.Equal(2025, newest.Year);
        Assert.Equal([2025, 2023], newest.Years);
        Assert.Equal([9, 5], newest.Editions.Select(e => e.Number));
        Assert.Equal([2, 1], (await _paper.AskAsync(n => n.ArchiveAsync(2023)))!.Editions.Select(e => e.Number));
        foreach (var year in new[] { 2024, 0, -5, 9999, 10000, int.MaxValue })
            Assert.Null(await _paper.AskAsync(n => n.ArchiveAsync(year)));
    }

    [Fact]
    public async Task A_list_is_walked_without_repeat_or_skip_while_others_are_published()
    {
        for (var n = 0; n < 105; n++) await _paper.KeepAsync(Desk.Live($"Story {n}", Copy.Noon.AddMinutes(n / 35)));
        var section = (await _paper.AskAsync(n => Task.FromResult(n.Snapshot.Section("technology"))))!;
        var seen = new List<string>();
        Cursor? after = null;
        for (var page = 0; ; page++)
        {
            var stories = await _paper.AskAsync(n => n.SectionAsync(section, after));
            seen.AddRange(stories.Stories.Select(s => s.Headline));
            // Newer, and older ones at an instant that many share, appear meanwhile.
            await _paper.KeepAsync(Desk.Live($"New {page}", Copy.Noon.AddDays(1)));
            if (stories.Next is null) break;
            Assert.Equal(PublishedNews.PageSize, stories.Stories.Count);
            Assert.True(Cursor.TryParse(stories.Next, out var next));
            after = next;
        }
        Assert.Equal(Enumerable.Range(0, 105).Reverse().Select(n => $"Story {n}"), seen);
        Assert.Empty((await _paper.AskAsync(n => n.SectionAsync(section, new Cursor(DateTimeOffset.MinValue, 0)))).Stories);
    }

    [Fact]
    public async Task Lists_hold_what_is_theirs()
    {
        await _paper.KeepAsync(Desk.Live("Tech"));
        await _paper.KeepAsync(Desk.Live("World", section: Desk.World));
        var analysis = Copy.New(Desk.Text("Analysis") with
        {
            Kind = Kind.Analysis,
            Tags = [],
            Bylines = [new Byline(Desk.Ben.Id, "ben", "Ben Ford", "in Lagos"), new Byline(Desk.Ada.Id, "ada", "Ada Obi", null)],
        });
        Desk.Publish(analysis);
        await _paper.KeepAsync(analysis);
        Assert.Equal(["Analysis"], (await _paper.AskAsync(n => n.KindAsync(Kind.Analysis, null))).Stories.Select(s => s.Headline));
        Assert.Equal(["World", "Tech"], (await _paper.AskAsync(n => n.TagAsync("ferries", null)))!.Stories.Stories.Select(s => s.Headline));
        Assert.Equal(["Analysis", "World", "Tech"],
            (await _paper.AskAsync(n => n.AuthorAsync("ada", null)))!.Stories.Stories.Select(s => s.Headline));
        Assert.Equal(["Analysis"], (await _paper.AskAsync(n => n.AuthorAsync("ben", null)))!.Stories.Stories.Select(s => s.Headline));
        foreach (var unknown in new[] { "nobody", "", "../x", "Ada", "a' OR 1=1" })
        {
            Assert.Null(await _paper.AskAsync(n => n.AuthorAsync(unknown, null)));
            Assert.Null(await _paper.AskAsync(n => n.TagAsync(unknown, null)));
            Assert.Null(await _paper.AskAsync(n => n.PageAsync(unknown)));
        }
    }

    [Fact]
    public async Task The_log_of_corrections_is_newest_first_and_paged()
    {
        var story = Desk.Live();
        for (var n = 0; n < 45; n++) story.NoteCorrection($"Note {n}", Copy.Editor, Copy.Noon.AddMinutes(n / 10));
        await _paper.KeepAsync(story);
        var seen = new List<string>();
        Cursor? after = null;
        do
        {
            var page = await _paper.AskAsync(n => n.CorrectionsAsync(after));
            seen.AddRange(page.Corrections.Select(c => c.Note));
            Assert.All(
                page.Corrections, c => Assert.Equal(("Ferry strike", "/technology/2025/07/01/ferry-strike"), (c.Headline, c.Address)));
            after = Cursor.TryParse(page.Next, out var next) ? next : null;
        }
        while (after is not null);
        Assert.Equal(Enumerable.Range(0, 45).Reverse().Select(n => $"Note {n}"), seen);
    }
}
