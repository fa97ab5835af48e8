using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Tests.Media;
using NewsHub.Core.Text;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Transfer;

public sealed class ImporterTests : IAsyncLifetime
{
    private const string Ferry = "2025-07-01-ferry-strike";
    private Desk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await Desk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_picture_that_a_later_import_cuts_anew_leaves_its_old_address_working()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ImportCleanAsync();
        await desk.ImportCleanAsync();
        Assert.DoesNotContain(desk.Media, f => f.Contains("addresses", StringComparison.Ordinal));
        string old;
        await using (var db = desk.Store.Db()) old = (await db.Pictures.SingleAsync()).Key;
        desk.Content.Write("media/pictures.json",
            """[{ "file": "cables.jpg", "alt": "Cables", "caption": "A bridge", "credit": "A. Osei", "focus": [0.9, 0.4] }]""");
        await desk.ImportCleanAsync();
        Assert.Contains(desk.Media, f => f.Replace('\\', '/').EndsWith($"addresses/{old}.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_transaction_is_open_while_a_picture_is_looked_at_and_kept()
    {
        await using var db = _desk.Store.Db();
        var media = new MemoryMedia { Saving = () => Assert.Null(db.Database.CurrentTransaction) };
        using var pictureProcessor = new PictureProcessor(media);
        var result = await new Importer(db, pictureProcessor, _desk.Clock).RunAsync(_desk.Content.Root);
        Assert.Empty(result.Problems);
        Assert.Single(media.Saves);
    }

    [Fact]
    public async Task A_crop_comes_in_with_its_picture_and_goes_where_the_file_names_none()
    {
        const string entry = """[{ "file": "cables.jpg", "alt": "Cables", "credit": "A. Osei", "crop": [10, 5, 40, 30] }]""";
        _desk.Content.Write("media/pictures.json", entry);
        await _desk.ImportCleanAsync();
        Assert.Equal(new CropArea(10, 5, 40, 30), await _desk.ReadAsync(async db => (await db.Pictures.SingleAsync()).Area));
        Assert.Equal((0, 0), await _desk.ImportCleanAsync() is var again ? (again.New, again.Changed) : default);

        _desk.Content.Write("media/pictures.json", entry.Replace("40, 30", "400, 30", StringComparison.Ordinal));
        Assert.Contains("crop: lies outside cables.jpg, which is 60 × 40", await WrongAsync(), StringComparison.Ordinal);
        _desk.Content.Write("media/pictures.json", entry.Replace("10, 5, ", "-1, ", StringComparison.Ordinal));
        Assert.Contains("crop: is four whole numbers", await WrongAsync(), StringComparison.Ordinal);

        _desk.Content.Write("media/pictures.json", entry.Replace(""", "crop": [10, 5, 40, 30]""", "", StringComparison.Ordinal));
        await _desk.ImportCleanAsync();
        Assert.False(await _desk.ReadAsync(async db => (await db.Pictures.SingleAsync()).IsCropped));

        async Task<string> WrongAsync() => (await _desk.ImportAsync()).Problems[0].ToString();
    }

    [Fact]
    public async Task Entries_of_a_live_story_come_in_once_and_what_is_wrong_with_them_is_named_by_line()
    {
        _desk.WriteStory("2025-07-01-final", Desk.Story("The final").Replace("kind: news", "kind: live", StringComparison.Ordinal));
        _desk.Content.Write("live/2025-07-01-final.json", """[{ "at": "2025-07-01T09:00:00Z", "by": "Ada", "text": "Off." }, """
            + """{ "at": "2025-07-01T09:30:00Z", "headline": "Goal", "by": "Ada", "key": "true", "pinned": "true", "text": "A goal." }]""");
        await _desk.ImportCleanAsync();
        Assert.Equal((0, 0), await _desk.ImportCleanAsync() is var again ? (again.New, again.Changed) : default);
        Assert.Equal([("Off.", false, false), ("A goal.", true, true)], await _desk.ReadAsync(
            async db => (await db.LiveEntries.OrderBy(e => e.At).ToListAsync()).Select(e => (e.Text, e.IsKey, e.IsPinned)).ToList()));
        _desk.Content.Write("live/2025-07-01-final.json", "[{ \"at\": \"2025-07-01T09:00:00Z\", \"by\": \"Ada\", \"text\": \"Off "
            + "they are.\" },\n{ \"at\": \"noon\", \"by\": \"Ada\", \"text\": \"x\" },\n"
            + "{ \"at\": \"2025-07-01T10:00:00Z\", \"text\": \"x\", \"key\": \"true\" }]");
        _desk.Content.Write("live/2025-07-01-none.json", "[]");
        var result = await _desk.ImportAsync();
        Assert.Equal([
            "live/2025-07-01-final.json:2: at: 'noon' is not an instant such as 2025-07-01T18:05:00Z.",
            "live/2025-07-01-final.json:3: by: is missing.",
            "live/2025-07-01-none.json:1: There is no story stories/2025-07-01-none.md.",
        ], result.Problems.Select(p => p.ToString()));
        Assert.Equal(2, await _desk.ReadAsync(db => db.LiveEntries.CountAsync()));
    }

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        var first = await _desk.ImportCleanAsync();
        Assert.Equal((9, 0, 0), (first.New, first.Changed, first.Unchanged));
        var rows = _desk.Store.Rows();
        var second = await _desk.ImportCleanAsync();
        Assert.Equal((0, 0, 9), (second.New, second.Changed, second.Unchanged));
        Assert.Equal(rows, _desk.Store.Rows());
    }

    [Fact]
    public async Task A_story_is_published_as_its_file_says()
    {
        await _desk.ImportCleanAsync();
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal((StoryState.Live, "/business/2025/07/01/ferry-strike", new DateTimeOffset(2025, 7, 1, 8, 10, 0, TimeSpan.Zero)),
            (story.State, story.Address, story.FirstPublishedAt));
        Assert.Null(story.UpdatedAt);
        var text = story.Revisions[0].Text;
        Assert.Equal(("Amara Ọkafọ̀r", "in Lagos"), (text.Bylines[0].Name, text.Bylines[0].Role));
        Assert.Equal(
            ("cables.jpg", "A bridge", 60, 40), (text.Picture!.File, text.Picture.Caption, text.Picture.Width, text.Picture.Height));
        Assert.Equal(["Ferries", "Labour"], text.Tags.Select(t => t.Name));
        Assert.Equal([Act.Save, Act.Publish], story.Events.OrderBy(e => e.Id).Select(e => e.Act));
        Assert.Contains("<figure", story.Revisions[0].BodyHtml, StringComparison.Ordinal);
        Assert.Equal(_desk.Clock.GetUtcNow(), await _desk.ReadAsync(db => db.Sites.Select(s => s.ImportedAt).SingleAsync()));
        Assert.Single(_desk.Media);
    }

    [Fact]
    public async Task A_changed_file_is_a_new_revision_and_an_update()
    {
        await _desk.ImportCleanAsync();
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike ends", "updated: 2025-07-02T00:00:00Z\n"));
        var result = await _desk.ImportCleanAsync();
        Assert.Equal((0, 1, 8), (result.New, result.Changed, result.Unchanged));
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal((2, 2, "/business/2025/07/01/ferry-strike"), (story.LiveRevision, story.Revisions.Count, story.Address));
        Assert.Equal(new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero), story.UpdatedAt);
        Assert.Equal(new DateTimeOffset(2025, 7, 1, 8, 10, 0, TimeSpan.Zero), story.FirstPublishedAt);
        Assert.Equal([Act.Save, Act.Publish, Act.Save, Act.Update], story.Events.OrderBy(e => e.Id).Select(e => e.Act));
    }

    [Fact]
    public async Task A_picture_cut_anew_is_printed_anew_where_it_stands()
    {
        await _desk.ImportCleanAsync();
        var before = (await _desk.StoryAsync(Ferry)).Revisions[0].Text.Picture!.Key;
        _desk.Content.Write("media/pictures.json",
            """[{ "file": "cables.jpg", "alt": "Cables", "caption": "A bridge", "credit": "A. Osei", "focus": [0.75, 0.4] }]""");
        await _desk.ImportCleanAsync();
        var revision = (await _desk.StoryAsync(Ferry)).Revisions.Single();
        var now = await _desk.ReadAsync(db => db.Pictures.Select(p => p.Key).SingleAsync());
        Assert.NotEqual(before, now);
        Assert.Equal((now, "A bridge"), (revision.Text.Picture!.Key, revision.Text.Picture.Caption));
        Assert.Contains($"/media/{now}/", revision.BodyHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(before, revision.BodyHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credit_put_right_is_right_where_the_picture_stands()
    {
        await _desk.ImportCleanAsync();
        _desk.Content.Write("media/pictures.json",
            """[{ "file": "cables.jpg", "alt": "Cables", "caption": "A bridge", "credit": "Ama Osei", "focus": [0.25, 0.4] }]""");
        await _desk.ImportCleanAsync();
        var revision = (await _desk.StoryAsync(Ferry)).Revisions.Single();
        Assert.Equal("Ama Osei", revision.Text.Picture!.Credit);
        Assert.Contains("Photo: Ama Osei", revision.BodyHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_in_front_matter_is_named_and_ends_nothing()
    {
        _desk.Content.Write("stories/2025-06-01-loop.md", "---\n? &a [*a]\n: x\n---\nBody.\n");
        var result = await _desk.ImportAsync();
        Assert.Contains(
            result.Problems, p => p.File == "stories/2025-06-01-loop.md" && p.Message.Contains("Aliases", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_section_or_slug_that_changes_moves_the_story_and_leaves_a_way()
    {
        await _desk.ImportCleanAsync();
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike", "slug: strike\n", section: "world"));
        await _desk.ImportCleanAsync();
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal("/world/2025/07/01/strike", story.Address);
        Assert.Equal(["/business/2025/07/01/ferry-strike"], story.FormerAddresses.Select(f => f.Path));
        Assert.Contains(story.Listings, l => l.List == ListOf.Section);
    }

    [Theory]
    [InlineData("language: he\n", true)]
    [InlineData("language: he\ndirection: ltr\n", false)]
    [InlineData("language: pa-Arab\n", true)]
    [InlineData("language: en\ndirection: rtl\n", true)]
    [InlineData("", false)]
    public async Task A_file_without_a_direction_runs_as_its_language_is_written(string fields, bool backwards)
    {
        _desk.WriteStory(Ferry, Desk.Story("Ferries", fields));
        await _desk.ImportCleanAsync();
        Assert.Equal(backwards, (await _desk.StoryAsync(Ferry)).Revisions[0].Text.RightToLeft);
    }

    [Fact]
    public async Task A_file_whose_markup_is_not_all_kept_comes_in()
    {
        _desk.WriteStory(Ferry, Desk.Story("Ferries") + "\n\n<details><summary>More</summary>Hidden.</details>\n");
        await _desk.ImportCleanAsync();
        Assert.Contains("More Hidden.", (await _desk.StoryAsync(Ferry)).Revisions[0].BodyHtml.Replace("  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrections_former_addresses_and_direction_are_taken_in()
    {
        _desk.WriteStory(Ferry, Desk.Story("\"إضراب: العبّارات\"", "language: ar\ndirection: rtl\nformerly: [/old/1, /old/2]\n"
            + "corrections:\n  - at: 2025-07-01T11:42:00Z\n    note: It is five.\n"));
        await _desk.ImportCleanAsync();
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal(("ar", true, "إضراب: العبّارات"),
            (story.Revisions[0].Text.Language, story.Revisions[0].Text.RightToLeft, story.Revisions[0].Text.Headline));
        Assert.Equal(["/old/1", "/old/2"], story.FormerAddresses.Select(f => f.Path).Order());
        Assert.Equal(
            ("It is five.", new DateTimeOffset(2025, 7, 1, 11, 42, 0, TimeSpan.Zero)), (story.Corrections[0].Note, story.UpdatedAt));

        _desk.WriteStory(Ferry, Desk.Story("Ferries",
            "corrections:\n  - at: 2025-07-01T11:42:00Z\n    note: It is five.\n  - at: 2025-07-03T00:00:00Z\n    note: It is six.\n"));
        await _desk.ImportCleanAsync();
        Assert.Equal(["It is five.", "It is six."], (await _desk.StoryAsync(Ferry)).Corrections.OrderBy(c => c.At).Select(c => c.Note));
    }

    [Fact]
    public async Task An_address_claimed_by_two_files_stops_neither()
    {
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike", "formerly: [/old/1]\n"));
        _desk.WriteStory("2025-07-01-second", Desk.Story("Second", "formerly: [/old/1]\n"));
        await _desk.ImportCleanAsync();
    }

    [Fact]
    public async Task A_story_is_withdrawn_changed_and_brought_back_by_its_file()
    {
        await _desk.ImportCleanAsync();
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike", "withdrawn: 2025-07-05T00:00:00Z\nnotice: It was wrong.\n"));
        await _desk.ImportCleanAsync();
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal((StoryState.Withdrawn, "It was wrong.", new DateTimeOffset(2025, 7, 5, 0, 0, 0, TimeSpan.Zero)),
            (story.State, story.WithdrawalNotice, story.WithdrawnAt));
        Assert.Empty(story.Listings);

        _desk.WriteStory(Ferry, Desk.Story("Ferry strike", "withdrawn: 2025-07-05T00:00:00Z\nnotice: It was quite wrong.\n"));
        await _desk.ImportCleanAsync();
        story = await _desk.StoryAsync(Ferry);
        Assert.Equal((StoryState.Withdrawn, "It was quite wrong."), (story.State, story.WithdrawalNotice));
        Assert.Empty(story.Listings);

        _desk.WriteStory(Ferry, Desk.Story("Ferry strike again"));
        await _desk.ImportCleanAsync();
        story = await _desk.StoryAsync(Ferry);
        Assert.Equal(StoryState.Live, story.State);
        Assert.Equal(4, story.Listings.Count);
    }

    [Theory]
    [InlineData("# Two\n", "Write a crosshead")]
    [InlineData("#### Four\n", "Write a crosshead")]
    [InlineData("![x](none.jpg)\n", "There is no picture 'none.jpg'")]
    [InlineData("[![x](cables.jpg)](https://example.org/)\n", "A picture cannot be a link")]
    [InlineData(":::note\nInside\n:::\n", "is not a known element")]
    [InlineData(":::embed\nhttp://example.org/x\n:::\n", "Write an embed as")]
    public async Task What_an_editor_may_publish_a_file_may_too_and_is_told_by_line(string body, string notice)
    {
        _desk.WriteStory("2025-07-01-odd", Desk.Story("Odd", body: "One.\n\n" + body));
        var result = await _desk.ImportAsync();
        Assert.Empty(result.Problems);
        var told = Assert.Single(result.Notices, n => n.Message.Contains(notice, StringComparison.Ordinal));
        Assert.Equal(("stories/2025-07-01-odd.md", "body"), (told.File, told.Field));
        Assert.Contains(
            "\n" + body.Split('\n')[0] + "\n",
            "\n" + string.Join('\n', _desk.Content.Read("stories/2025-07-01-odd.md").Split('\n').Skip(told.Line - 1)),
            StringComparison.Ordinal);
        Assert.Equal(StoryState.Live, (await _desk.StoryAsync("2025-07-01-odd")).State);
    }

    [Fact]
    public async Task A_picture_that_nobody_has_described_comes_in_and_is_not_printed()
    {
        _desk.Content.Write("media/bare.jpg", File.ReadAllBytes(_desk.Content["media/cables.jpg"]));
        _desk.Content.Write(
            "media/pictures.json", """[{ "file": "cables.jpg", "alt": "Cables", "credit": "A. Osei" }, { "file": "bare.jpg" }]""");
        _desk.WriteStory("2025-07-01-bare", Desk.Story("Bare", "picture: bare.jpg\n"));
        var result = await _desk.ImportAsync();
        Assert.Equal("stories/2025-07-01-bare.md:1: The picture has no alt text.", Assert.Single(result.Problems).ToString());
        Assert.Equal(2, await _desk.ReadAsync(db => db.Pictures.CountAsync()));
    }

    [Fact]
    public async Task An_editors_withdrawal_stands_and_the_file_is_named()
    {
        await _desk.ImportCleanAsync();
        await _desk.ReadAsync(async db =>
        {
            (await db.LoadForEditingAsync((await db.Stories.SingleAsync(s => s.SourceKey == Ferry)).Id))!.Withdraw(
                "Not true.", "hoax", Copy.Editor, _desk.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        Assert.Empty((await _desk.ImportAsync()).Problems);
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike, mended"));

        Assert.Contains("stories/2025-07-01-ferry-strike.md:1: ed withdrew this story",
            (await _desk.ImportAsync()).Problems.Select(p => p.ToString()).First(), StringComparison.Ordinal);
        var story = await _desk.StoryAsync(Ferry);
        Assert.Equal((StoryState.Withdrawn, "Not true.", 1), (story.State, story.WithdrawalNotice, story.Revisions.Count));

        // A file that says the same is taken in, and the story stays withdrawn.
        _desk.WriteStory(Ferry, Desk.Story("Ferry strike, mended", "withdrawn: 2025-07-05T00:00:00Z\nnotice: Not true.\n"));
        Assert.Empty((await _desk.ImportAsync()).Problems);
        Assert.Equal(StoryState.Withdrawn, (await _desk.StoryAsync(Ferry)).State);
    }

    [Fact]
    public async Task Entries_of_one_minute_are_each_their_own_and_come_in_once()
    {
        _desk.WriteStory("2025-07-01-final", Desk.Story("The final").Replace("kind: news", "kind: live", StringComparison.Ordinal));
        string[] texts = ["Off.", "A goal.", "Another.", "Off."];
        Write("A goal.");
        await _desk.ImportCleanAsync();
        Assert.Equal(texts, await TextsAsync());
        var again = await _desk.ImportCleanAsync();
        Assert.Equal((0, 0), (again.New, again.Changed));
        // One is put right, and stays the entry that it was.
        var ids = await _desk.ReadAsync(db => db.LiveEntries.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync());
        Write("An own goal.");
        Assert.Equal(1, (await _desk.ImportCleanAsync()).Changed);
        Assert.Equal(["Off.", "An own goal.", "Another.", "Off."], await TextsAsync());
        Assert.Equal(ids, await _desk.ReadAsync(db => db.LiveEntries.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync()));
        Assert.Equal(0, (await _desk.ImportCleanAsync()).Changed);

        void Write(string second) => _desk.Content.Write("live/2025-07-01-final.json", $$"""
            [{ "at": "2025-07-01T09:00:00Z", "by": "Ada", "text": "Off." },
             { "at": "2025-07-01T09:00:00Z", "by": "Ada", "headline": "Goal", "text": "{{second}}" },
             { "at": "2025-07-01T09:00:00Z", "by": "Ada", "headline": "Goal", "text": "Another." },
             { "at": "2025-07-01T09:00:00Z", "by": "Ben", "text": "Off." }]
            """);

        Task<List<string>> TextsAsync() => _desk.ReadAsync(db => db.LiveEntries.OrderBy(e => e.Id).Select(e => e.Text).ToListAsync());
    }

    [Fact]
    public async Task A_second_pinned_entry_is_named_by_line()
    {
        _desk.WriteStory("2025-07-01-final", Desk.Story("The final").Replace("kind: news", "kind: live", StringComparison.Ordinal));
        _desk.Content.Write("live/2025-07-01-final.json", "[{ \"at\": \"2025-07-01T09:00:00Z\", \"by\": \"Ada\", \"text\": \"a\", "
            + "\"pinned\": \"true\" },\n{ \"at\": \"2025-07-01T09:01:00Z\", \"by\": \"Ada\", \"text\": \"b\", \"pinned\": \"true\" }]");
        Assert.StartsWith("live/2025-07-01-final.json:2: pinned: ", Assert.Single((await _desk.ImportAsync()).Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_one_file_does_to_the_program_the_others_come_in()
    {
        // The store refuses a second story at one address in a way that no rule of the importer foresees.
        await _desk.Store.RefuseAsync("Revisions", "NEW.\"Headline\" = 'Second'", "a fault nobody foresaw");
        var result = await _desk.ImportAsync();
        var problem = result.Problems[0];
        Assert.Equal(("stories/2025-07-01-second.md", 1), (problem.File, problem.Line));
        Assert.Contains("a fault nobody foresaw", problem.Message, StringComparison.Ordinal);
        Assert.Equal(StoryState.Live, (await _desk.StoryAsync(Ferry)).State);
        Assert.Equal(["editions/001.json", "stories/2025-07-01-second.md"], result.Problems.Select(p => p.File).Distinct().Order());
        await _desk.Store.RefuseNoMoreAsync("Revisions");
        Assert.Equal(2, (await _desk.ImportCleanAsync()).New);
    }

    [Fact]
    public async Task A_time_of_publication_that_a_file_puts_right_is_right_in_every_list()
    {
        await _desk.ImportCleanAsync();
        _desk.WriteStory("2025-07-01-second", Desk.Story("Second", "slug: second\ntags: [Labour]\n", published: "2025-06-30T07:00:00Z"));
        await _desk.ImportCleanAsync();
        var story = await _desk.StoryAsync("2025-07-01-second");
        var at = new DateTimeOffset(2025, 6, 30, 7, 0, 0, TimeSpan.Zero);
        Assert.Equal((at, "/business/2025/06/30/second"), (story.FirstPublishedAt, story.Address));
        Assert.All(story.Listings, l => Assert.Equal(at, l.LiveAt));
        Assert.Equal(["/business/2025/07/01/second"], story.FormerAddresses.Select(f => f.Path));
    }

    [Fact]
    public async Task A_time_that_is_finer_than_a_store_keeps_it_is_the_same_the_next_time()
    {
        const string more = "slug: second\ncorrections:\n  - at: 2025-07-02T09:00:00.7654321Z\n    note: It is five.\n";
        foreach (var body in new[] { "Text.\n", "Other text.\n" })
        {
            _desk.WriteStory("2025-07-01-second", Desk.Story("Second", more, body, published: "2025-07-01T08:10:00.1234567Z"));
            await _desk.ImportCleanAsync();
        }
        var story = await _desk.StoryAsync("2025-07-01-second");
        Assert.Single(story.Corrections);
        Assert.DoesNotContain(story.Events, e => e.Act is Act.Redate);
        Assert.Contains(story.Events, e => e.Act is Act.Update);
    }

    [Fact]
    public async Task Text_is_taken_in_as_it_was_written_and_as_every_door_takes_it()
    {
        _desk.Content.Write("authors.json",
            "[{ \"slug\": \"amara-okafor\", \"name\": \"Amara\u00A0Ọkafọ̀r\" }, { \"slug\": \"ben\", \"name\": \"Be\u0301n\" }]");
        _desk.WriteStory("2025-07-01-text", Desk.Story(
            "\"Control \\x10 in \\x02 headline\"",
            "kicker: \"Pourquoi\u00A0? \u3000\u202F!\"\ndateline: \"テ\u3099ータ\"\ntags: [\"Cafe\u0301\"]\n",
            "A wrongly nested\u0010 dash, an \u001F separator\u0000, a \uFFFF and a form\ffeed.\n\n\u3000段落。\n"));
        _desk.WriteStory("2025-07-01-raw", Desk.Story("Raw\u0010 \u0000head\u007F"));
        await _desk.ImportCleanAsync();
        var text = (await _desk.StoryAsync("2025-07-01-text")).Revisions[0].Text;
        Assert.Equal(("Control in headline", "Pourquoi\u00A0? \u3000\u202F!", "データ", "Caf\u00E9"),
            (text.Headline, text.Kicker, text.Dateline, text.Tags[0].Name));
        Assert.Equal("A wrongly nested dash, an  separator, a  and a form\nfeed.\n\n\u3000段落。", text.Body);
        Assert.Equal("Raw head", (await _desk.StoryAsync("2025-07-01-raw")).Revisions[0].Text.Headline);
        Assert.Equal(
            "B\u00E9n", await _desk.ReadAsync(db => db.Authors.Where(a => a.Slug == Slug.Parse("ben")).Select(a => a.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_file_whose_name_a_file_system_took_apart_is_one_story_with_its_entries_and_its_place_on_a_front()
    {
        _desk.WriteStory("2025-07-01-e\u0301te\u0301", Desk.Story("Été")
            .Replace("published", "slug: ete\npublished", StringComparison.Ordinal)
            .Replace("kind: news", "kind: live", StringComparison.Ordinal));
        _desk.Content.Write("live/2025-07-01-e\u0301te\u0301.json", """[{ "at": "2025-07-01T09:00:00Z", "by": "Ada", "text": "a" }]""");
        _desk.Content.Write("editions/002.json", "{ \"number\": 2, \"date\": \"2025-07-02\", \"title\": \"x\", \"slots\": [{ \"place\": "
            + "\"lead\", \"story\": \"2025-07-01-\u00E9t\u00E9\" }] }");
        await _desk.ImportCleanAsync();
        Assert.Equal("/business/2025/07/01/ete", (await _desk.StoryAsync("2025-07-01-\u00E9t\u00E9")).Address);
    }

    [Fact]
    public async Task A_story_of_the_future_is_not_let_out_early()
    {
        _desk.WriteStory("2025-09-01-embargoed", Desk.Story("Embargoed", published: "2025-09-01T00:00:00Z"));
        Assert.Equal("stories/2025-09-01-embargoed.md:9: published: is in the future: a file holds what was published.",
            Assert.Single((await _desk.ImportAsync()).Problems).ToString());
        Assert.False(await _desk.ReadAsync(db => db.Stories.AnyAsync(s => s.SourceKey == "2025-09-01-embargoed")));
    }

    [Fact]
    public async Task A_story_that_leaves_the_front_leaves_its_edition()
    {
        await _desk.ImportCleanAsync();
        Assert.NotNull((await _desk.StoryAsync("2025-07-01-second")).EditionId);
        _desk.Content.Write("editions/001.json", """{ "number": 1, "date": "2025-07-01", "title": "First", "slots": [{ "place": "lead","""
            + """ "story": "2025-07-01-ferry-strike" }] }""");
        await _desk.ImportCleanAsync();
        Assert.Null((await _desk.StoryAsync("2025-07-01-second")).EditionId);
        Assert.NotNull((await _desk.StoryAsync(Ferry)).EditionId);
    }

    [Fact]
    public async Task A_rehearsal_keeps_nothing_and_tells_the_same()
    {
        _desk.WriteStory("2025-07-01-bad", "no front matter");
        var rows = _desk.Store.Rows();
        var dry = await _desk.ImportAsync(dryRun: true);
        Assert.Equal(rows, _desk.Store.Rows());
        Assert.Empty(_desk.Media);
        var real = await _desk.ImportAsync();
        Assert.Equal((real.New, real.Changed, real.Unchanged), (dry.New, dry.Changed, dry.Unchanged));
        Assert.Equal(real.Problems, dry.Problems);
        Assert.Equal(9, real.New);

        rows = _desk.Store.Rows();
        _desk.WriteStory(Ferry, Desk.Story("Changed", "tags: [Brand new]\n"));
        Assert.Equal(1, (await _desk.ImportAsync(dryRun: true)).Changed);
        Assert.Equal(rows, _desk.Store.Rows());
    }

    [Fact]
    public async Task One_importer_may_rehearse_and_then_import()
    {
        using var pictureProcessor = new Core.Media.PictureProcessor(new Core.Media.FolderMediaStore(_desk.Content["kept"]));
        await using var db = _desk.Store.Db();
        var importer = new Importer(db, pictureProcessor, _desk.Clock);
        await importer.RunAsync(_desk.Content.Root, dryRun: true);
        var real = await importer.RunAsync(_desk.Content.Root);
        Assert.Equal((9, 0), (real.New, real.Unchanged));
        var tags = await db.Tags.Select(t => t.Id).ToListAsync();
        Assert.All(await db.Listings.Where(l => l.List == ListOf.Tag).Select(l => l.Subject).ToListAsync(), t => Assert.Contains(t, tags));
    }

    [Fact]
    public async Task A_cancelled_import_goes_on_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Inline(p => { if (p.File.EndsWith("ferry-strike.md", StringComparison.Ordinal)) stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.ImportAsync(progress: progress, cancel: stop.Token));
        Assert.Null(await _desk.ReadAsync(db => db.Sites.Select(s => s.ImportedAt).SingleAsync()));
        var rest = await _desk.ImportCleanAsync();
        Assert.Equal((2, 7), (rest.New, rest.Unchanged));
    }

    public static TheoryData<string, string, string, string> Bad() => new()
    {
        { "stories/2025-07-01-bad.md", "x", ":1: The file does not start", "" },
        { "stories/2025-07-01-bad.md", "---\nheadline: x\n", ":1: There is no second '---'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("a: b: c"), ":2: ", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "headlin: y\n"), ":10: headlin: is not a field", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "headline: y\n"), ":10: ", "" },
        { "stories/2025-07-01-bad.md", Desk.Story(""), ":2: headline: is missing", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("[a]"), ":2: headline: is one value", "" },
        { "stories/2025-07-01-bad.md", Desk.Story(new string('x', 401)), ":2: headline: is longer", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", section: "sports"), ":4: section: 'sports'", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x").Replace("amara-okafor", "nobody", StringComparison.Ordinal), ":7: author: 'nobody'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x").Replace("kind: news", "kind: 1", StringComparison.Ordinal), ":5: kind: '1'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x").Replace("kind: news", "kind: -1", StringComparison.Ordinal), ":5: kind: '-1'", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x").Replace("kind: news", "kind: news,live", StringComparison.Ordinal), ":5: kind: 'news,live'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", published: "yesterday"), ":9: published: 'yesterday'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", published: "2025-07-01"), ":9: published: '2025-07-01'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", published: "2025-07-02T00:00:00Z"), ":9: published: is on 2025-07-02", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "updated: 2025-06-01T00:00:00Z\n"), ":10: updated: is before", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "picture: none.jpg\n"), ":10: picture: 'none.jpg'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "direction: up\n"), ":10: direction: 'up'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "slug: Not one\n"), ":10: slug: 'Not one'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "slug: live\n"), ":10: slug: 'live' is one of the paper's own", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x", $"tags: [{string.Join(", ", Enumerable.Range(1, 21))}]\n"), ":10: tags: has more than 20", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "tags: [\"Paris, Texas\"]\n"), ":10: tags: 'Paris, Texas' has a comma", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", $"kicker: {new string('x', 81)}\n"), ":10: kicker: is longer than 80", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x", "formerly: [\"/?page=about\"]\n"), ":10: formerly: '/?page=about' asks the front page", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x", "formerly: [/%41bout/]\n"), ":10: formerly: '/%41bout/' is one of the paper's own", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "formerly: [\"/a#b\"]\n"), ":10: formerly: '/a#b' has a #", "" },
        { "stories/2025-07-01-bad.md",
            Desk.Story("x", "formerly: [//example.org/a]\n"), ":10: formerly: '//example.org/a' names another site", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "tags: [😀]\n"), ":10: tags: '😀'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "withdrawn: 2025-07-02T00:00:00Z\n"), "notice: is missing", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "formerly: [old]\n"), ":10: formerly: 'old'", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "corrections:\n  - at: 2025-07-02T00:00:00Z\n    not: x\n"),
            ":12: not: is not a field", ":11: note: is missing" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", "dateline: []\n"), ":10: dateline: is one value", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", body: "\n\nOne.\n\n{fx 5 USDD}\n"), ":15: body: ", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", body: "\n"), "body: is empty", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", body: new string('x', 2 * 1024 * 1024)), ":1: The file is larger", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("x", body: new string('x', 200 * 1024)), "body: The body is longer than 128 KB", "" },
        { "stories/2025-07-01-bad.md", "---\nheadline: " + new string('[', 100_000) + "\n---\nx\n", ":2: More than 50 levels", "" },
        { "stories/2025-07-01-bad.md", Desk.Story("\"\\ud83d\""), ":2: ", "" },
        { "stories/bad.md", Desk.Story("x"), "published: is on 2025-07-01, but the file's name", ":2: slug: 'bad'" },
        { "stories/2025-07-01-Bad.md", Desk.Story("x"), "slug: 'Bad'", "" },
        { "pages/About us.md", "---\ntitle: a\ndescription: b\n---\nx\n", ":1: The file's name is not a slug", "" },
        { "pages/colophon.md", "---\ntitle: a\n---\nx\n", "description: is missing", "" },
        { "editions/002.json", """{ "number": 2, """, ":2: ", "" },
        { "editions/002.json", "{ \"number\": 0,\n\"date\": \"2025-13-01\",\n\"title\": \"x\",\n\"slots\": [] }",
            ":1: number: '0'", ":2: date: '2025-13-01'" },
        { "editions/002.json", "{ \"number\": 2, \"date\": \"2025-07-02\", \"title\": \"x\", \"slots\": [\n"
            + "{ \"place\": \"lead\", \"story\": \"2025-07-01-nothing\" }] }", ":2: story: '2025-07-01-nothing'", "" },
        { "editions/002.json", "{ \"number\": 2, \"date\": \"2025-07-02\", \"title\": \"x\", \"slots\": [\n"
            + "{ \"place\": \"lead\", \"story\": \"2025-07-01-second\" },\n"
            + "{ \"place\": \"lead\", \"story\": \"2025-07-01-ferry-strike\" }] }", ":3: place: A front has exactly one lead", "" },
        { "editions/002.json", "{ \"number\": 2, \"date\": \"2025-07-02\", \"title\": \"x\", \"slots\": [\n"
            + "{ \"place\": \"lead\", \"story\": \"2025-07-01-second\" },\n"
            + "{ \"place\": \"brief\", \"story\": \"2025-07-01-second\" }] }", ":3: story: '2025-07-01-second' stands", "" },
        { "editions/002.json", "{ \"number\": 2, \"date\": \"2025-07-02\", \"title\": \"x\", \"slots\": [\n"
            + "{ \"place\": \"top\", \"story\": \"2025-07-01-second\" }] }", ":2: place: 'top'", "" },
        { "editions/002.json",
            """{ "number": 2, "date": "2025-07-02", "title": "x", "slots": [{ "place": "brief", "story": "2025-07-01-second" }] }""",
            "exactly one lead",
            "" },
        { "editions/002.json", """{ "number": 2, "date": "2025-07-02", "title": "x", "slots": [] }""", "empty edition", "" },
        { "editions/002.json",
            """{ "number": 1, "date": "2025-07-02", "title": "x", "slots": [{ "place": "lead", "story": "2025-07-01-second" }] }""",
            ":1: number: 1 is the number of another",
            "" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_file_is_named_with_its_lines_and_the_others_are_imported(
        string file, string text, string problem, string another)
    {
        _desk.Content.Write(file, text);
        var result = await _desk.ImportAsync();
        Assert.Equal(9, result.New);
        Assert.All(result.Problems, p => Assert.Equal(file, p.File));
        Assert.Contains(result.Problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
        Assert.Contains(result.Problems, p => p.ToString().Contains(another, StringComparison.Ordinal));
        if (another.Length > 0) Assert.Equal(2, result.Problems.Count);
        else Assert.True(result.Problems.Count == 1, string.Join('\n', result.Problems));
        Assert.Null(await _desk.ReadAsync(db => db.Sites.Select(s => s.ImportedAt).SingleAsync()));
    }

    [Theory]
    [InlineData("site.json", "{ \"name\": \"x\",\n\"timeZone\": \"Mars/Base\" }", "site.json:2: timeZone: 'Mars/Base'")]
    [InlineData(
        "site.json", "{ \"name\": \"x\",\n\"currency\": { \"base\": \"USD\",\n\"quotes\": [\"EURO\"] } }", "site.json:3: quotes: 'EURO'")]
    [InlineData("site.json", "{ \"nam\": \"x\" }", "site.json:1: nam: is not a field|site.json:1: name: is missing")]
    [InlineData("sections.json", "[{ \"slug\": \"admin\",\n\"name\": \"x\" }]", "sections.json:1: slug: 'admin'")]
    [InlineData("sections.json", "[{ \"slug\": \"a b\", \"name\": \"x\" },\n{ \"slug\": \"c\" }]",
        "sections.json:1: slug: 'a b'|sections.json:2: name: is missing")]
    [InlineData("sections.json", "{ \"slug\": \"a\" }", "sections.json:1: A list is expected")]
    [InlineData("authors.json", "[{ \"slug\": \"a\" }", "authors.json:2: ")]
    [InlineData("authors.json", "[\n1]", "authors.json:2: Each entry")]
    [InlineData(
        "rates.json",
        "{ \"source\": \"x\", \"base\": \"USD\", \"days\": [{ \"date\": \"2025-07-01\", \"rates\": {\n\"EUR\": -1,\n\"GBP\": 0,\n"
        + "\"eur\": 1,\n\"JPY\": 1e3 } }] }",
        "rates.json:2: EUR: '-1'|rates.json:3: GBP: is not greater than 0|rates.json:4: eur: |rates.json:5: JPY: '1e3'")]
    [InlineData("rates.json", "{ \"source\": \"x\", \"base\": \"USD\", \"days\": [{ \"date\": \"July\", \"rates\": {} }] }",
        "rates.json:1: date: 'July'")]
    [InlineData(
        "media/pictures.json",
        "[{ \"file\": \"cables.jpg\", \"alt\": \"a\", \"credit\": \"c\",\n\"focus\": [0.5, 1.5] },\n"
        + "{ \"file\": \"none.jpg\", \"alt\": \"a\" }]",
        "media/pictures.json:2: focus: |media/pictures.json:3: file: There is no file media/none.jpg")]
    [InlineData("media/pictures.json", "[{ \"file\": \"../site.json\", \"alt\": \"a\", \"credit\": \"c\" }]",
        "media/pictures.json:1: file: '../site.json' is not the name")]
    [InlineData("media/pictures.json", "[{ \"file\": \"pictures.json\", \"alt\": \"a\", \"credit\": \"c\" }]",
        "media/pictures.json:1: file: pictures.json is not a JPEG")]
    public async Task What_the_stories_stand_on_is_checked_too(string file, string text, string problems)
    {
        _desk.Content.Write(file, text);
        var result = await _desk.ImportAsync();
        var told = result.Problems.Where(p => p.File == file).Select(p => p.ToString()).ToList();
        foreach (var problem in problems.Split('|')) Assert.Contains(told, t => t.StartsWith(problem, StringComparison.Ordinal));
        Assert.True(told.Count == problems.Split('|').Length, string.Join('\n', told));
        Assert.Equal(1, await _desk.ReadAsync(db => db.StaticPages.CountAsync()));
    }

    [Fact]
    public async Task Of_a_list_the_good_entries_come_in_and_every_bad_one_is_named()
    {
        _desk.Content.Write("sections.json", "[{ \"slug\": \"admin\", \"name\": \"x\" },\n{ \"slug\": \"business\", \"name\": \"Business\" "
            + "},\n7,\n{ \"slug\": \"world\" },\n{ \"slug\": \"sport\", \"name\": \"Sport\" }]");
        _desk.Content.Write("authors.json", "[{ \"slug\": \"a b\", \"name\": \"x\" },\n{ \"slug\": \"amara-okafor\", \"name\": \"Amara\", "
            + "\"age\": 7 },\n{ \"slug\": \"ben\", \"name\": \"Ben\" }]");
        _desk.Content.Write("media/torn.jpg", "no picture"u8.ToArray());
        _desk.Content.Write("media/pictures.json", "[{ \"file\": \"none.jpg\", \"alt\": \"a\", \"credit\": \"c\" },\n"
            + "{ \"file\": \"torn.jpg\", \"alt\": \"a\", \"credit\": \"c\" },\n{ \"file\": \"cables.jpg\", \"alt\": \"Cables\", "
            + "\"credit\": \"A. Osei\" }]");
        var result = await _desk.ImportAsync();
        string[] named = [
            "sections.json:1: slug: 'admin'", "sections.json:3: Each entry", "sections.json:4: name: is missing",
            "authors.json:1: slug: 'a b'", "authors.json:2: age: is not a field", "media/pictures.json:1: file: There is no",
            "media/pictures.json:2: file: torn.jpg is not a JPEG",
        ];
        var told = result.Problems
            .Where(p => p.File.EndsWith(".json", StringComparison.Ordinal) && !p.File.StartsWith("editions", StringComparison.Ordinal))
            .Select(p => p.ToString())
            .ToList();
        Assert.Equal(named.Length, told.Count);
        Assert.All(named.Zip(told), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Equal(["business", "sport"],
            await _desk.ReadAsync(db => db.Sections.OrderBy(s => s.Position).Select(s => s.Slug.Value).ToListAsync()));
        Assert.Equal(["ben"], await _desk.ReadAsync(db => db.Authors.Select(a => a.Slug.Value).ToListAsync()));
        Assert.Equal(["cables.jpg"], await _desk.ReadAsync(db => db.Pictures.Select(p => p.File).ToListAsync()));
        // site.json, rates.json and the about page: lists in part are files with problems.
        Assert.Equal(3, result.New);
    }

    [Fact]
    public async Task A_picture_whose_entry_went_bad_stays_as_it_was()
    {
        await _desk.ImportCleanAsync();
        var before = await _desk.ReadAsync(db => db.Pictures.Select(p => p.Key).SingleAsync());
        _desk.Content.Write("media/cables.jpg", "torn"u8.ToArray());
        _desk.Content.Write("media/pictures.json", """[{ "file": "cables.jpg", "alt": "Other", "credit": "Other" }]""");
        Assert.StartsWith("media/pictures.json:1: file: cables.jpg", Assert.Single((await _desk.ImportAsync()).Problems).ToString(),
            StringComparison.Ordinal);
        Assert.Equal((before, "Cables"),
            await _desk.ReadAsync(db => db.Pictures.Select(p => new ValueTuple<string, string>(p.Key, p.Alt)).SingleAsync()));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_named()
    {
        _desk.Content.Write("stories/2025-07-01-bad.md", [.. System.Text.Encoding.UTF8.GetBytes(Desk.Story("x")), 0xFF, 0xFE]);
        Assert.Equal("stories/2025-07-01-bad.md:1: The file is not UTF-8.", Assert.Single((await _desk.ImportAsync()).Problems).ToString());
    }

    [Fact]
    public async Task A_missing_or_empty_folder_is_no_content()
    {
        using var empty = new TempFolder();
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _desk.ImportAsync(folder: empty.Root));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _desk.ImportAsync(folder: empty["none"]));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task The_papers_own_content_has_no_problem()
    {
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var result = await _desk.ImportAsync(dryRun: true, folder: Repository.Content);
        Assert.Empty(result.Problems);
        Assert.True(result.New > 10);
    }

    private sealed class Inline(Action<ImportProgress> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told(value);
    }
}
