using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Transfer;

namespace NewsHub.Benchmarks;

/// <summary>What a page asks of the store on a miss, in a small paper and a large one.</summary>
[MemoryDiagnoser]
public class PublishedNewsBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newshub-benchmark-").FullName;
    private PooledDbContextFactory<NewsDb>? _pool;
    private readonly SiteSnapshot.Current _snapshot = new();
    private SectionLine _section = null!;
    private string _address = "";
    private Cursor _deep;

    [Params(1_000, 20_000)]
    public int Stories { get; set; }

    private string File => Path.Combine(_folder, "news.db");

    [GlobalSetup]
    public async Task SeedAsync()
    {
        await using var db = Db();
        await SqliteStore.MigrateAsync(db, File);
        await new Seeder(db, TimeProvider.System).RunAsync(Stories);
        await _snapshot.ReadAsync(db);
        _section = _snapshot.Now.Sections[0];
        _address = await db.Stories.OrderBy(s => s.Id).Skip(Stories / 2).Select(s => s.Address!).FirstAsync();
        var middle = await db.Listings
            .Where(l => l.List == ListOf.Section && l.Subject == _section.Id.Value)
            .OrderBy(l => l.LiveAt)
            .Skip(Stories / 20)
            .FirstAsync();
        _deep = new Cursor(middle.LiveAt, middle.StoryId.Value);
    }

    [GlobalCleanup]
    public void Clear()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task<ArticleAnswer> Article() => AskAsync(n => n.ArticleAsync(_address));

    [Benchmark]
    public Task<FrontView?> Front() => AskAsync(n => n.FrontAsync());

    [Benchmark]
    public Task<StoryPage> Section() => AskAsync(n => n.SectionAsync(_section, null));

    [Benchmark]
    public Task<StoryPage> DeepInASection() => AskAsync(n => n.SectionAsync(_section, _deep));

    // From a pool, as pages have it: a context of its own would open the store and prepare its statements each time.
    private NewsDb Db() => (_pool ??= new PooledDbContextFactory<NewsDb>(
        (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(File).Options)).CreateDbContext();

    private async Task<T> AskAsync<T>(Func<PublishedNews, Task<T>> question)
    {
        await using var db = Db();
        return await question(
            new PublishedNews(db, _snapshot, new CurrentReaders(TimeProvider.System), new NewsHub.Core.Search.SqliteSearch(db)));
    }
}
