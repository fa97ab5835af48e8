using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Planning;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Transfer;

public sealed class ExporterTests
{
    [Fact]
    public async Task Export_import_export_gives_the_same_bytes()
    {
        await using var first = await Desk.OpenAsync();
        first.WriteStory("2025-07-01-quotes", Desk.Story("\"He said: “it’s # \\\"fine\\\"” — 😀 \\\\ end\"", "kicker: 'It''s'\n"
            + "dateline: \"LAGOS: 1\"\nseoTitle: '# no comment'\nseoDescription: \"{a: b}\"\n"
            + "tags: [\"Yes: no\", 'Ọ̀ṣun', 東京]\n", "Body with --- and “quotes”.\n\n---\n\n    code\n"));
        first.WriteStory("2025-07-01-corrected", Desk.Story("Corrected", "formerly: [/old/b, \"/old/a: x\"]\n"
            + "updated: 2025-07-03T00:00:00.1234567Z\ncorrections:\n  - at: 2025-07-02T00:00:00Z\n"
            + "    note: \"An earlier version: “four”.\"\n  - at: 2025-07-02T00:00:00Z\n    note: A second at once.\n"));
        first.WriteStory("2025-07-01-withdrawn", Desk.Story("Withdrawn", "withdrawn: 2025-07-05T00:00:00Z\nnotice: \"It was: wrong.\"\n"));
        first.WriteStory("2025-07-01-arabic",
            Desk.Story("إضراب", "language: ar\ndirection: rtl\nslug: إضراب\npicture: cables.jpg\ncaption: \"Own: caption\"\n"));
        first.WriteStory("2025-07-01-final", Desk.Story("The final").Replace("kind: news", "kind: live", StringComparison.Ordinal));
        first.Content.Write("live/2025-07-01-final.json", """[{ "at": "2025-07-01T09:00:00Z", "by": "Ada Obi", "text": "They are """
            + """“off”.\n\nTwo: {fx 5 USD NGN}." }, { "at": "2025-07-01T09:30:00.5Z", "headline": "One–nil: # """
            + """yes", "by": "Ben", "key": "true", "pinned": "true", "text": "A **goal**." }]""");
        first.Content.Write("rates.json", """[{ "source": "European Central Bank", "base": "USD", "days": """
            + """[{ "date": "2025-07-01", "rates": { "EUR": 0.85 } }] }, { "source": "File", "base": "USD", "days": """
            + """[{ "date": "2025-07-01", "rates": { "NGN": 1530.38 } }] }]""");
        first.Content.Write("editions/002.json", """{ "number": 2, "date": "2025-07-02", "title": "Zwei \"2\" """
            + """😀", "published": "2025-07-02T05:00:00Z", "slots": [{ "place": "lead", "story": "2025-07-01-withdrawn" }, """
            + """{ "place": "opinion", "story": "2025-07-01-arabic" }] }""");
        first.Content.Write("media/pictures.json",
            """[{ "file": "cables.jpg", "alt": "Cables", "credit": "A. Osei", "focus": [0.25, 0.4], "crop": [4, 2, 40, 30] }]""");
        await first.ImportCleanAsync();
        // What only editors can write: line ends of a form, blanks, a story without a file, two of one name on one day.
        await first.ReadAsync(async db =>
        {
            var sections = await db.Sections.ToListAsync();
            var author = await db.Authors.FirstAsync();
            foreach (var section in sections)
            {
                var text = new StoryText
                {
                    Section = section.Id,
                    Kind = Kind.Opinion,
                    Headline = " Twin\t1 \u2028 x\u0085y\u0001 ",
                    Standfirst = "Line\nbreak",
                    Kicker = " ",
                    Body = "One.\r\n\r\nTwo.\r\n",
                    Bylines = [new Byline(author.Id, author.Slug.Value, author.Name, null)],
                };
                var story = new Story(text, HouseMarkdown.Render(text.Body, _ => null), Copy.Editor, Copy.Noon);
                story.Publish(story.Revisions[0], section, Slug.Parse("twin"), Copy.Editor, Copy.Noon);
                db.Stories.Add(story);
            }
            var draft = new StoryText
            {
                Section = sections[0].Id,
                Kind = Kind.News,
                Headline = "SENTINEL",
                Standfirst = "SENTINEL",
                Body = "SENTINEL",
                Bylines = [],
            };
            db.Stories.Add(new Story(draft, HouseMarkdown.Render("SENTINEL", _ => null), Copy.Editor, Copy.Noon));
            var plan = new AssignmentPlan { Slug = Slug.Parse("sentinel"), Line = "SENTINEL", Note = "SENTINEL", Day = new(2025, 7, 4) };
            db.Assignments.Add(new Assignment(plan, Copy.Editor, Copy.Noon));
            return await db.SaveChangesAsync();
        });
        using var one = new TempFolder();
        await first.ExportAsync(one.Root);

        await using var second = await Desk.OpenAsync(withContent: false);
        var again = await second.ImportAsync(folder: one.Root);
        Assert.Empty(again.Problems);
        using var two = new TempFolder();
        await second.ExportAsync(two.Root);

        Assert.Equal(one.Files().Keys.Order(StringComparer.Ordinal), two.Files().Keys.Order(StringComparer.Ordinal));
        foreach (var file in one.Files().Keys) Assert.Equal(one.Read(file), two.Read(file));
        Assert.Equal(one.Files().OrderBy(f => f.Key, StringComparer.Ordinal), two.Files().OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.Equal(9, one.Files().Keys.Count(f => f.StartsWith("stories/", StringComparison.Ordinal)));
        Assert.DoesNotContain(one.Files().Keys, f => one.Read(f).Contains("SENTINEL", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("“it’s # \\\"fine\\\"” — 😀", one.Read("stories/2025-07-01-quotes.md"), StringComparison.Ordinal);
        var slots = await second.ReadAsync(db => db.FrontSlots.CountAsync(s => s.Place == SlotKind.Lead));
        Assert.Equal(2, slots);
    }

    [Fact]
    public async Task What_a_slot_has_on_the_front_alone_is_exported_and_imported()
    {
        await using var first = await Desk.OpenAsync();
        await first.ImportCleanAsync();
        await first.ReadAsync(async db =>
        {
            var edition = await db.Editions.Include(e => e.Slots).OrderBy(e => e.Number).FirstAsync();
            var picture = await db.Pictures.FirstAsync();
            edition.PrintSlot(edition.Slots[0].StoryId, "On the front", picture.Use(alt: "What it shows here"), Copy.Editor, Copy.Noon);
            return await db.SaveChangesAsync();
        });
        using var folder = new TempFolder();
        await first.ExportAsync(folder.Root);

        await using var second = await Desk.OpenAsync(withContent: false);
        Assert.Empty((await second.ImportAsync(folder: folder.Root)).Problems);
        var slot = Assert.Single(await second.ReadAsync(db => db.FrontSlots.AsNoTracking().Where(s => s.Headline != null).ToListAsync()));
        Assert.Equal(("On the front", "What it shows here"), (slot.Headline, slot.Picture!.Alt));
    }

    [Fact]
    public async Task What_was_exported_is_unchanged_to_the_store_it_came_from()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ImportCleanAsync();
        using var folder = new TempFolder();
        await desk.ExportAsync(folder.Root);
        await desk.ImportAsync(folder: folder.Root);
        var rows = desk.Store.Rows();
        var again = await desk.ImportAsync(folder: folder.Root);
        Assert.Equal(0, again.New + again.Changed);
        Assert.Equal(rows, desk.Store.Rows());
    }

    [Fact]
    public async Task An_empty_store_has_an_empty_paper()
    {
        await using var desk = await Desk.OpenAsync(withContent: false);
        using var folder = new TempFolder();
        await desk.ExportAsync(folder.Root);
        Assert.Equal(["authors.json", "sections.json", "site.json"], folder.Files().Keys.Order(StringComparer.Ordinal));
    }
}
