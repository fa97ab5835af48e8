using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Commands;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

/// <summary>What another process commits is on every page within a second; what has not changed stays as it was.</summary>
public sealed class FreshnessTests
{
    private const string Boats = "/harbour/2025/06/30/boats";
    private static readonly string[] Pages =
        ["/", "/editions/1", "/editions/1/stories", "/harbour", "/authors/ada-night", "/tags/boats", Boats, "/harbour/2025/06/29/nets"];

    private static async Task WithPaperAsync(Func<NewsHubApp, MadeUpPaper, Task> test)
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back", "tags: [Boats]").Story("2025-06-29", "nets", "Nets are out", "tags: [Boats]")
            .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-nets");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        // Every page is read, and so kept, before anything happens.
        foreach (var page in Pages) await lantern.ParseAsync(page);
        await test(lantern, made);
    }

    private static Task ShowsAsync(NewsHubApp app, string path, string words) =>
        NewsHubApp.EventuallyAsync(async () => new PaperPage((await app.GetAsync(path)).Page).Says(words), $"{path} says “{words}”");

    private static Task DropsAsync(NewsHubApp app, string path, string words) =>
        NewsHubApp.EventuallyAsync(
            async () => !(await app.GetAsync(path)).Text.Contains(words, StringComparison.Ordinal), $"{path} no longer says “{words}”");

    [Fact]
    public Task A_published_story_is_on_the_front_in_its_section_and_under_its_author() => WithPaperAsync(async (lantern, _) =>
    {
        var address = await lantern.FromElsewhereAsync(db => Desk.PublishAsync(db, "Just in", lantern.Time.GetUtcNow()));
        foreach (var page in new[] { "/", "/harbour", "/authors/ada-night" }) await ShowsAsync(lantern, page, "Just in");
        Assert.Equal(["Just in"], (await lantern.FrontAsync()).Latest);
        Assert.Equal("Just in", (await lantern.ArticleAsync(address)).Headline);
        Assert.DoesNotContain("Just in", (await lantern.EditionAsync(1)).Headlines);
    });

    [Fact]
    public Task An_address_that_was_asked_for_before_is_there_once_the_story_is_out() => WithPaperAsync(async (lantern, _) =>
    {
        const string early = "/harbour/2025/07/01/just-in";
        for (var i = 0; i < 3; i++) await lantern.ParseAsync(early, HttpStatusCode.NotFound);
        Assert.Equal(early, await lantern.FromElsewhereAsync(db => Desk.PublishAsync(db, "Just in", lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () => (await lantern.GetAsync(early)).Status == HttpStatusCode.OK, "the story is there");
    });

    [Fact]
    public Task An_updated_headline_is_new_wherever_the_story_stands() => WithPaperAsync(async (lantern, _) =>
    {
        await lantern.FromElsewhereAsync(db => Desk.UpdateAsync(db, Boats, "Boats are gone again", lantern.Time.GetUtcNow()));
        foreach (var page in Pages)
        {
            await ShowsAsync(lantern, page, "Boats are gone again");
            Assert.DoesNotContain("Boats are back", (await lantern.GetAsync(page)).Text, StringComparison.Ordinal);
        }
        Assert.Contains("Updated 1 July 2025, 15:00 UTC", (await lantern.ArticleAsync(Boats)).Dateline, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_correction_is_at_the_story_and_in_the_log() => WithPaperAsync(async (lantern, _) =>
    {
        await lantern.ParseAsync("/corrections");
        await lantern.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, Boats, (s, _) => s.NoteCorrection("There are five boats.", Desk.Editor, lantern.Time.GetUtcNow())));
        foreach (var page in new[] { Boats, "/corrections" }) await ShowsAsync(lantern, page, "There are five boats.");
    });

    [Trait("Needs", "time")]
    [Fact]
    public Task A_withdrawn_story_is_gone_from_every_page_and_a_restored_one_is_back() => WithPaperAsync(async (lantern, _) =>
    {
        await lantern.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, Boats, (s, _) => s.Withdraw("It was not true.", "hoax", Desk.Editor, lantern.Time.GetUtcNow())));
        foreach (var page in Pages) await DropsAsync(lantern, page, "Boats are back");
        Assert.Equal(HttpStatusCode.Gone, (await lantern.GetAsync(Boats)).Status);
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, Boats, (s, _) => s.Restore(Desk.Editor, lantern.Time.GetUtcNow())));
        foreach (var page in Pages) await ShowsAsync(lantern, page, "Boats are back");
    });

    [Fact]
    public Task A_new_edition_is_the_front_and_every_page_names_it() => WithPaperAsync(async (lantern, _) =>
    {
        await lantern.ParseAsync("/editions");
        await lantern.FromElsewhereAsync(async db =>
        {
            await Desk.PublishAsync(db, "Just in", lantern.Time.GetUtcNow());
            var story = await db.Stories.SingleAsync(s => s.Address == "/harbour/2025/07/01/just-in");
            var edition = new Edition(2, new DateOnly(2025, 7, 1), "The second");
            db.Editions.Add(edition);
            edition.Compose([(SlotKind.Lead, story.Id)]);
            await db.SaveChangesAsync();
            db.Events.Add(edition.Publish([story], Desk.Editor, lantern.Time.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        foreach (var page in Pages) await ShowsAsync(lantern, page, "No. 2");
        var front = await lantern.FrontAsync();
        Assert.Equal("Just in", front.Lead);
        Assert.Empty(front.Latest);
        Assert.Equal("/editions/2", (await lantern.EditionAsync(1)).Next);
        await ShowsAsync(lantern, "/editions", "The second");
    });

    [Fact]
    [NeedsProcess]
    public Task Changed_files_are_on_the_pages_once_another_process_has_imported_them() => WithPaperAsync(async (lantern, made) =>
    {
        made.Story("2025-07-01", "gulls", "Gulls take the fish", "tags: [Boats]")
            .Story("2025-06-29", "nets", "Nets are in", "tags: [Boats]")
            .Write("site.json", """{ "name": "The Beacon", "currency": { "base": "USD", "quotes": ["EUR"] } }""")
            .Write("rates.json", """{ "source": "Bank", "base": "USD", "days": [{ "date": "2025-07-01", "rates": { "EUR": 0.9 } }] }""");
        var import = await Commands.Program.RunAsync(["import", made.Folder, "--data", lantern.Data]);
        Assert.Equal((0, ""), (import.Code, import.Errors));
        foreach (var page in new[] { "/", "/harbour", "/authors/ada-night", "/tags/boats" })
            await ShowsAsync(lantern, page, "Gulls take the fish");
        foreach (var page in new[] { "/", "/editions/1", "/harbour/2025/06/29/nets" }) await ShowsAsync(lantern, page, "Nets are in");
        foreach (var page in Pages)
        {
            await ShowsAsync(lantern, page, "The Beacon");
            // Another file, another transaction: the name may be on the page a moment before the rates.
            await ShowsAsync(lantern, page, "0.90");
            Assert.Equal(["EUR 0.90"], new PaperPage((await lantern.GetAsync(page)).Page).Ticker!.Runs[0].Pairs);
        }
    });

    [Fact]
    public Task At_midnight_every_page_has_the_new_day() => WithPaperAsync(async (lantern, _) =>
    {
        foreach (var page in Pages)
            Assert.Contains("1 July 2025", new PaperPage(await lantern.ParseAsync(page)).Folio, StringComparison.Ordinal);
        lantern.Time.Advance(TimeSpan.FromHours(9.1));
        foreach (var page in Pages)
            Assert.Contains("2 July 2025", new PaperPage(await lantern.ParseAsync(page)).Folio, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_page_that_nothing_touched_keeps_its_tag() => WithPaperAsync(async (lantern, _) =>
    {
        var before = (await lantern.GetAsync("/hill")).Header("ETag");
        Assert.NotNull(before);
        await lantern.FromElsewhereAsync(db => Desk.PublishAsync(db, "Just in", lantern.Time.GetUtcNow()));
        await ShowsAsync(lantern, "/harbour", "Just in");
        Assert.Equal(before, (await lantern.GetAsync("/hill")).Header("ETag"));
    });
}
