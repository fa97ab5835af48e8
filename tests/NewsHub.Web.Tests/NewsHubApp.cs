using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Store;
using NewsHub.Web.Assets;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests;

/// <summary>The whole program over a data folder of its own, with the repository's sample paper or a made-up one.</summary>
public class NewsHubApp : WebApplicationFactory<Program>
{
    /// <summary>The same files for every app: each would spend a second or two of the machine on making them small.</summary>
    private static readonly AssetStore Wwwroot = new(Path.Combine(AppContext.BaseDirectory, "wwwroot"));

    /// <summary>What the framework learns of the pages' properties: the same for every app, and a sixth of the tests' time if each learned
    /// it.</summary>
    private static IModelMetadataProvider? _learned;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-");
    private readonly Lazy<HttpClient> _client;

    public NewsHubApp()
    {
        _client = new(() => CreateClient(new WebApplicationFactoryClientOptions
        {
            AllowAutoRedirect = false,
            HandleCookies = false,
            BaseAddress = ClientOptions.BaseAddress,
        }));
    }

    /// <summary>Whether each app's store is a database of PostgreSQL, by the same variable as in the tests of the Core.</summary>
    public static bool OnPostgres { get; } = Environment.GetEnvironmentVariable("NEWSHUB_TEST_STORE") == "postgres";

    /// <summary>Whether this app's store is one.</summary>
    public bool UsesPostgres { get; init; } = OnPostgres;

    public string Content { get; init; } = Repository.Content;
    public string Data => _data.FullName;

    /// <summary>The connection string of its database, where its store is no file.</summary>
    public string? Database { get; private set; }

    /// <summary>The folder and the database of another app, on which this one goes on, or works beside it where it has a folder of its
    /// own; null for new ones.</summary>
    public (string? Data, string? Database)? GoesOnFrom { get; init; }

    /// <summary>Whether the usual widths of pictures are made before anybody asks.</summary>
    public bool MakesAhead { get; init; }

    /// <summary>The afternoon of the sample paper's latest edition.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 7, 1, 15, 0, 0, TimeSpan.Zero));

    public HttpClient Client => _client.Value;

    internal async Task<Answer> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal async Task<IHtmlDocument> ParseAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == status, $"{path} answered {(int)answer.Status}, not {(int)status}.");
        return answer.Page;
    }

    internal async Task<FrontPage> FrontAsync() => new(await ParseAsync("/"));

    internal async Task<ArticlePage> ArticleAsync(string path) => new(await ParseAsync(path));

    internal async Task<ListPage> ListAsync(string path) => new(await ParseAsync(path));

    internal async Task<EditionPage> EditionAsync(int number) => new(await ParseAsync($"/editions/{number}"));

    /// <summary>The store, as another process on the same data folder has it: nothing in this program is told.</summary>
    internal async Task<T> FromElsewhereAsync<T>(Func<NewsDb, Task<T>> act)
    {
        _ = Client;
        await using var db = StoreFromElsewhere();
        return await act(db);
    }

    /// <summary>The store, as another process has it, for as long as the caller wants.</summary>
    internal NewsDb StoreFromElsewhere() => Database is null
        ? new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Path.Combine(Data, "news.db")).Options)
        : new PostgresNewsDb(
            (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(Database).Options);

    /// <summary>Leaves a test out where the store is PostgreSQL's.</summary>
    internal static void SkipOnPostgres(string because) => Assert.SkipWhen(OnPostgres, because);

    /// <summary>Asks until it is so, as a reader who reloads. News is to be on every page within a second; a busy machine is
    /// given half a minute.</summary>
    internal static Task EventuallyAsync(Func<Task<bool>> so, string sentence) => EventuallyAsync(so, () => sentence);

    /// <param name="sentence">What is waited for, and what is so instead, told when time is up.</param>
    internal static async Task EventuallyAsync(Func<Task<bool>> so, Func<string> sentence)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await so())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Half a minute went by, and still not: {sentence()}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private protected virtual bool BeginsWithCopy => true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (GoesOnFrom is not null) Database = GoesOnFrom.Value.Database;
        else if (BeginsWithCopy && !_data.EnumerateFileSystemInfos().Any())
            Database = StartedStores.CopyTo(Data, Content, Time.GetUtcNow(), UsesPostgres);
        else if (UsesPostgres) Database ??= PostgresServer.MakeEmptyDatabaseAsync().GetAwaiter().GetResult();
        if (Database is not null) builder.UseSetting("Store:Postgres", Database);
        builder.UseSetting("Data:Folder", GoesOnFrom?.Data ?? Data);
        builder.UseSetting("Content:Folder", Content);
        builder.UseSetting("Logging:Level", "Error");
        // No test goes out by itself.
        builder.UseSetting("Rates:Refresh", "false");
        // Hundreds of papers are made here, and few of their pictures are looked at.
        builder.UseSetting("Media:MakeAhead", MakesAhead ? "true" : "false");
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Wwwroot)
            .AddSingleton<IModelMetadataProvider>(app => _learned ??= new DefaultModelMetadataProvider(
                app.GetRequiredService<ICompositeMetadataDetailsProvider>(), app.GetRequiredService<IOptions<MvcOptions>>()))
            // Passwords are slow on purpose, and hundreds of colleagues sign in here.
            .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !_data.Exists) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Leave(_data);
    }

    /// <summary>The program has stopped; nothing of its folder is needed.</summary>
    private protected virtual void Leave(DirectoryInfo data)
    {
        data.Delete(recursive: true);
        if (Database is not null && GoesOnFrom is null) PostgresServer.DropAsync(Database).GetAwaiter().GetResult();
    }
}

/// <summary>One answer, read to its end.</summary>
internal sealed record Answer(string Path, HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private IHtmlDocument? _page;

    public IHtmlDocument Page => _page ??= new HtmlParser().ParseDocument(Text);

    public bool IsPage => Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(string path, HttpResponseMessage answer) => new(
        path,
        answer.StatusCode,
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        answer.Headers
            .Concat(answer.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
}
