using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NetVips;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Transfer;

/// <summary>A content folder of its own, and a store and a media folder to import it into.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly byte[] Cables = Paint();
    private readonly TempFolder _media = new();
    private PictureProcessor _pictureProcessor = null!;

    public TempFolder Content { get; } = new();
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero));
    public TestStore Store { get; private set; } = null!;

    public IEnumerable<string> Media => _media.Files().Keys;

    public static async Task<Desk> OpenAsync(bool withContent = true)
    {
        var desk = new Desk { Store = await TestStore.OpenAsync() };
        desk._pictureProcessor = new PictureProcessor(new FolderMediaStore(desk._media.Root));
        if (withContent) desk.WriteAll();
        return desk;
    }

    public void WriteAll()
    {
        Content.Write("site.json", """{ "name": "E-News", "subtitle": "Entertainment News Hub", "timeZone": "Africa/Lagos", "currency": """
            + """{ "base": "USD", "quotes": ["EUR", "NGN"] }, "reactions": [{ "key": "like", "label": "Like" }] }""");
        Content.Write("sections.json",
            """[{ "slug": "business", "name": "Business" }, { "slug": "world", "name": "World", "description": "Far & near 😀" }]""");
        Content.Write("authors.json", """[{ "slug": "amara-okafor", "name": "Amara Ọkafọ̀r", "title": "Reporter", "bio": "Says \"no\"." """
            + """}, { "slug": "ben", "name": "Ben" }]""");
        Content.Write("rates.json", """{ "source": "File", "base": "USD", "days": [{ "date": "2025-06-30", "rates": { "EUR": """
            + """0.8530, "NGN": 1530.38 } }, { "date": "2025-07-01", "rates": { "EUR": 0.8487, "NGN": 1530.1 } }] }""");
        Content.Write("pages/about.md", "---\ntitle: About\ndescription: \"Who: we are\"\n---\nWe are **here**.\n");
        Content.Write("media/cables.jpg", Cables);
        Content.Write("media/pictures.json",
            """[{ "file": "cables.jpg", "alt": "Cables", "caption": "A bridge", "credit": "A. Osei", "focus": [0.25, 0.4] }]""");
        Content.Write("stories/2025-07-01-ferry-strike.md",
            Story("Ferry strike", "picture: cables.jpg\ntags: [Ferries, Labour]\n", "It began.\n\n![](cables.jpg)\n"));
        Content.Write("stories/2025-07-01-second.md", Story("Second", "tags: [Labour]\n"));
        Content.Write("editions/001.json", """{ "number": 1, "date": "2025-07-01", "title": "First", "slots": [{ "place": "lead","""
            + """ "story": "2025-07-01-ferry-strike" }, { "place": "brief", "story": "2025-07-01-second" }] }""");
    }

    public static string Story(
        string headline,
        string more = "",
        string body = "Text.\n",
        string published = "2025-07-01T08:10:00Z",
        string section = "business") =>
            $"---\nheadline: {headline}\nstandfirst: In short.\nsection: {section}\nkind: news\nbylines:\n  - author: amara-okafor\n"
            + $"    role: in Lagos\npublished: {published}\n{more}---\n{body}";

    public void WriteStory(string stem, string text) => Content.Write($"stories/{stem}.md", text);

    public async Task<ImportResult> ImportAsync(
        bool dryRun = false, IProgress<ImportProgress>? progress = null, string? folder = null, CancellationToken cancel = default)
    {
        await using var db = Store.Db();
        return await new Importer(db, _pictureProcessor, Clock).RunAsync(folder ?? Content.Root, dryRun, progress, cancel);
    }

    public async Task<ImportResult> ImportCleanAsync()
    {
        var result = await ImportAsync();
        Assert.Empty(result.Problems);
        return result;
    }

    /// <returns>How many files the exporter says it wrote.</returns>
    public async Task<int> ExportAsync(string folder)
    {
        await using var db = Store.Db();
        return await new Exporter(db, _pictureProcessor).RunAsync(folder);
    }

    public async Task<Core.Stories.Story> StoryAsync(string stem)
    {
        await using var db = Store.Db();
        return await db.Stories.AsNoTracking().Include(s => s.Revisions).Include(s => s.Listings).Include(s => s.Corrections)
            .Include(s => s.FormerAddresses).Include(s => s.Events).AsSplitQuery().SingleAsync(s => s.SourceKey == stem);
    }

    public async Task<T> ReadAsync<T>(Func<NewsDb, Task<T>> read)
    {
        await using var db = Store.Db();
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        _pictureProcessor.Dispose();
        await Store.DisposeAsync();
        Content.Dispose();
        _media.Dispose();
    }

    private static byte[] Paint()
    {
        using var image = (Image.Black(60, 40, bands: 3) + 90).Cast(Enums.BandFormat.Uchar);
        return image.JpegsaveBuffer();
    }
}
