using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Planning;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Pages.Stories;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Reader;

/// <summary>A paper with one story in each state in which readers may know nothing of it, each word of which begins with one that
/// stands nowhere else; and with assignments, of which they may know nothing ever.</summary>
internal sealed class Sentinels : IAsyncDisposable
{
    /// <summary>Then comes the story's name, then where the word stands: <c>xylophantspikedkicker</c>.</summary>
    public const string Stem = "xylophant";

    /// <summary>Authors are known once an editor has made them, at their own page; nothing leads there, and
    /// nothing else names them.</summary>
    public const string AuthorStem = "quillfeather";

    public const int Unpublished = 7;
    public const string Live = "/harbour/2025/07/01/pilots";
    public const string Withdrawn = $"/harbour/2025/07/01/{Stem}withdrawnslug";

    private readonly MadeUpPaper _paper = new();

    private Sentinels()
    {
        for (var day = 1; day <= 25; day++) _paper.Story($"2025-06-{day:00}", $"boats-{day}", $"Boats, day {day}", "tags: [Boats]");
        _paper.Edition(1, "2025-06-25", "2025-06-25-boats-25", "2025-06-24-boats-24");
        App = new NewsHubApp { Content = _paper.Folder };
    }

    public NewsHubApp App { get; }

    /// <summary>Numbers by name.</summary>
    public Dictionary<string, StoryId> Stories { get; } = [];

    /// <summary>What the addresses of their pictures' renditions are made of.</summary>
    public List<string> PictureKeys { get; } = [];
    public List<string> PictureNames { get; } = [];

    /// <summary>Preview links that lead nowhere any more.</summary>
    public List<string> Previews { get; } = [];

    private DateTimeOffset Now => App.Time.GetUtcNow();

    /// <summary>The paper, as it is after a day in which much was written and little printed.</summary>
    public static async Task<Sentinels> SetAsync()
    {
        var paper = new Sentinels();
        _ = paper.App.Client;
        await paper.WriteAsync();
        return paper;
    }

    private async Task WriteAsync()
    {
        await WriteAsync("draft", (_, story) => story.AddFormerAddress($"/{Stem}draftformer/address"));
        await WriteAsync("filed", (_, story) => story.File(Desk.Editor, Now));
        await WriteAsync("returned", (_, story) =>
        {
            story.File(Desk.Editor, Now);
            story.Return($"{Stem}returnednote lacks a source.", Desk.Editor, Now);
        });
        await WriteAsync("approved", (_, story) =>
        {
            story.File(Desk.Editor, Now);
            story.Approve(story.Newest(), Desk.Editor, Now);
        });
        await WriteAsync("scheduled", (_, story) => story.Schedule(Now.AddDays(2), Desk.Editor, Now));
        await WriteAsync("embargoed", (_, story) => story.Embargo(Now.AddDays(3), Desk.Editor, Now));
        await WriteAsync("spiked", (_, _) => { });
        await WriteAsync("withdrawn", (_, _) => { });
        var working = await WriteAsync("working", (_, story) => story.ChooseSlug(Slug.Parse("pilots")), "Pilots wait for the tide");
        await ChangeAsync("working", async (db, story) =>
        {
            await db.PublishAsync(story, story.Newest(), Desk.Editor, Now);
            story.NoteCorrection("The tide was late, not the pilots.", Desk.Editor, Now);
            story.Save(working.Text, working.Body, Desk.Editor, Now);
        });

        // A link lives as long as its maker's account.
        await WithStoreAsync(async db =>
        {
            db.Staff.Add(
                new NewsHub.Core.Staff.StaffMember("desk@lantern.example", Desk.Editor.Name, NewsHub.Core.Events.Role.Editor, Now));
            return await db.SaveChangesAsync();
        });
        // One link of each kind; all are read while they are open, so that a page that was kept would be found.
        await ChangeAsync("filed", (db, story) => db.PreviewLinks.Add(story.SharePreview(Now.AddHours(1), Desk.Editor, Now)));
        await ChangeAsync("scheduled", (db, story) => db.PreviewLinks.Add(story.SharePreview(Now.AddDays(9), Desk.Editor, Now)));
        await ChangeAsync("spiked", (db, story) => db.PreviewLinks.Add(story.SharePreview(Now.AddDays(9), Desk.Editor, Now)));
        var keys = App.Services.GetRequiredService<IDataProtectionProvider>();
        Previews.AddRange(await WithStoreAsync(async db => (await db.PreviewLinks.OrderBy(l => l.Id).ToListAsync())
            .Select(l => PreviewToken.PathOf(keys, l))
            .ToList()));
        foreach (var link in Previews)
        {
            var shown = (await App.GetAsync(link)).Text;
            Assert.Contains(Stem, shown, StringComparison.Ordinal);
            Assert.DoesNotContain($"{Stem}note", shown, StringComparison.Ordinal);
        }
        await ChangeAsync("scheduled",
            async (db, story) => story.RevokePreview(await db.PreviewLinks.SingleAsync(l => l.StoryId == story.Id), Desk.Editor, Now));
        await ChangeAsync("spiked", (_, story) => story.Spike(Desk.Editor, Now));
        App.Time.Advance(TimeSpan.FromHours(1));

        // What is planned is the newsroom's alone: before there is a story, and beside the story that it became.
        await WithStoreAsync(async db =>
        {
            foreach (var name in new[] { "open", "started" })
            {
                var word = $"{Stem}assignment{name}";
                var plan = new AssignmentPlan
                {
                    Slug = Slug.Parse($"{word}slug"),
                    Line = $"{word}line",
                    Note = $"{word}note",
                    Day = new DateOnly(2025, 7, 2),
                    Section = await db.Sections.OrderBy(s => s.Position).Select(s => s.Id).FirstAsync(),
                };
                var assignment = new Assignment(plan, Desk.Editor, Now);
                db.Assignments.Add(assignment);
                await db.SaveChangesAsync();
                db.Events.Add(assignment.Made());
                var owner = await db.Staff.Select(m => m.Id).FirstAsync();
                if (name == "started") db.Events.Add(assignment.Start(Stories["draft"], owner, Desk.Editor, Now));
            }
            return await db.SaveChangesAsync();
        });

        // Fronts hold stories before they are live: an edition that is being made, and one that is out and is to bring more.
        await WithStoreAsync(async db =>
        {
            var next = new Edition(Unpublished, new DateOnly(2031, 3, 3), $"{Stem}editiontitle");
            next.Compose(Stories.Select(s => (s.Key == "working" ? SlotKind.Lead : SlotKind.Second, s.Value)));
            db.Editions.Add(next);
            var out1 = await db.Editions.Include(e => e.Slots).SingleAsync(e => e.Number == 1);
            out1.Compose([.. out1.Slots.Select(s => (s.Place, s.StoryId)), .. Stories.Values.Select(id => (SlotKind.Brief, id))]);
            return await db.SaveChangesAsync();
        });

        // It was on every page, and was read there, before it was withdrawn.
        await ChangeAsync("withdrawn", async (db, story) =>
        {
            await db.PublishAsync(story, story.Newest(), Desk.Editor, Now);
            story.NoteCorrection($"{Stem}withdrawncorrection was wrong.", Desk.Editor, Now);
            story.Flag(Now.AddHours(5), Desk.Editor, Now);
        });
        await ShowsAsync("/corrections", $"{Stem}withdrawncorrection");
        foreach (var path in new[]
        {
            "/", "/harbour", "/editions/1", $"/tags/{Stem}withdrawntag", $"/authors/{AuthorStem}-withdrawn", "/corrections", "/about",
            "/nowhere", Withdrawn,
        })
        {
            await ShowsAsync(path, Stem);
        }
        await ChangeAsync("withdrawn", (_, story) => story.Withdraw("It was not true.", $"{Stem}withdrawnreason", Desk.Editor, Now));
        await NewsHubApp.EventuallyAsync(
            async () => (await App.GetAsync(Withdrawn)).Status is System.Net.HttpStatusCode.Gone, "the withdrawn story is gone");
    }

    /// <summary>Takes it in, with a picture, a tag and an author of its own.</summary>
    /// <param name="live">A headline for readers: the story is first written in public words, and the sentinels
    /// are its working copy.</param>
    private Task<TypesetCopy> WriteAsync(string name, Action<NewsDb, Story> then, string? live = null) => WithStoreAsync(async db =>
    {
        var pictureProcessor = App.Services.GetRequiredService<PictureProcessor>();
        var word = Stem + name;
        // Of a size of its own, so that its bytes are too.
        var bytes = Shots.Jpeg(330 + 2 * Stories.Count, 220, creator: $"{word}iptccreator", caption: $"{word}iptccaption");
        var picture = await db.TakeInAsync(pictureProcessor, $"{word}file.jpg", bytes, Desk.Editor, Now);
        await db.DescribePictureAsync(
            pictureProcessor, picture,
            new PictureDescription($"{word}alt", $"{word}caption", $"{word}credit", $"{word}licence", $"{word}source", 0.4, 0.6),
            Desk.Editor, Now);
        PictureKeys.Add(picture.Key);
        PictureNames.AddRange(
            from crop in Enum.GetValues<Crop>()
            from width in Rendition.Widths(crop, picture.Width, picture.Height)
            from format in Rendition.Formats
            select new Rendition(picture.Key, crop, width, format).Address);
        var author = new Author(Slug.Parse($"{AuthorStem}-{name}"), $"{AuthorStem} {name}", null, null);
        db.Authors.Add(author);
        await db.SaveChangesAsync();

        var copy = await new Manuscript
        {
            Section = "harbour",
            Kind = Kind.Analysis,
            Kicker = $"{word}kicker",
            Headline = $"{word}headline",
            Standfirst = $"{word}standfirst",
            Body = $"""
                {word}body stands here.

                > {word}pullquote

                ![{word}figurealt]({picture.File} "{word}figurecaption")
                """,
            Bylines = [new() { Author = author.Slug.Value, Role = $"{word}role" }],
            Dateline = $"{word}dateline",
            Picture = picture.File,
            PictureCaption = $"{word}owncaption",
            Tags = $"{word}tag",
            SeoTitle = $"{word}seotitle",
            SeoDescription = $"{word}seodescription",
        }.SetAsync(db);
        Assert.Empty(copy.Problems);
        Assert.Empty(copy.Body.Problems);
        var first = live is null ? copy : await new Manuscript
        {
            Section = "harbour",
            Kind = Kind.News,
            Headline = live,
            Standfirst = "The tide is late.",
            Body = "They wait.",
            Bylines = [new() { Author = "ada-night" }],
            Tags = "Boats",
        }.SetAsync(db);
        var story = new Story(first.Text, first.Body, Desk.Editor, Now);
        if (live is null) story.ChooseSlug(Slug.Parse($"{word}slug"));
        then(db, story);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        Stories.Add(name, story.Id);
        // What colleagues say among themselves is not let out with the story either: its word is no word of the story's name.
        var note = new StoryNote(story.Id, NotePart.Headline, 0, word, $"{Stem}note{name} is to be asked about.", Desk.Editor, 0, Now);
        note.Answer($"{Stem}answer{name} was asked.", Desk.Editor, 0, Now);
        db.StoryNotes.Add(note);
        await db.SaveChangesAsync();
        return copy;
    });

    public Task ChangeAsync(string name, Action<NewsDb, Story> act) => ChangeAsync(name, (db, story) =>
    {
        act(db, story);
        return Task.CompletedTask;
    });

    public Task ChangeAsync(string name, Func<NewsDb, Story, Task> act) => WithStoreAsync(async db =>
    {
        await act(db, (await db.LoadForEditingAsync(Stories[name]))!);
        return await db.SaveChangesAsync();
    });

    public async Task ShowsAsync(string path, string word) =>
        await NewsHubApp.EventuallyAsync(
            async () => (await App.GetAsync(path)).Text.Contains(word, StringComparison.Ordinal), $"{path} says “{word}”");

    private async Task<T> WithStoreAsync<T>(Func<NewsDb, Task<T>> act)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<NewsDb>());
    }

    /// <summary>Where each could stand if it stood anywhere, on the days on which it could.</summary>
    public IEnumerable<string> ArticleAddresses =>
        from day in new[] { Now, Now.AddDays(2), Now.AddDays(3) }
        from section in new[] { "harbour", "hill" }
        from last in Stories.Keys.SelectMany(n => new[] { $"{Stem}{n}slug", $"{Stem}{n}headline", Stories[n].ToString() })
        select string.Create(CultureInfo.InvariantCulture, $"/{section}/{day.UtcDateTime:yyyy/MM/dd}/{last}");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _paper.Dispose();
    }
}
