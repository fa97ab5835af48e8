using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Transfer;
using Npgsql;

namespace NewsHub.Core.Tests.Store;

/// <summary>Backups of a store on PostgreSQL, and backups that are restored into one.</summary>
[Trait("Needs", "process")]
public sealed class PostgresBackupTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _connections = [];
    private PostgresProvider _store = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _store = await DatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        foreach (var connection in _connections) await PostgresServer.DropAsync(connection);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_backup_is_restored_into_a_store_of_either_kind()
    {
        await FillAsync(_store, "Ferry strike");
        _folder.Write("data/media/originals/ab/abcd", "a picture");
        _folder.Write("data/keys/key-1.xml", "a key");
        // Whoever writes meanwhile does not wait, and is not in it.
        var (file, manifest) = await Of(_store).WriteAsync(_folder["out/one.zip"], new AtReport(1, () => AddTag("late")));
        Assert.Equal(["one.zip"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName));
        Assert.Equal((1L, 1L), (manifest.Rows["Stories"], manifest.Rows["Tags"]));
        foreach (var (data, store) in new (string, IStoreProvider)[] { ("sqlite", Sqlite("sqlite")), ("postgres", await DatabaseAsync()) })
        {
            await Of(store, data).RestoreAsync(file, replace: false);
            Assert.Equal(["Ferry strike"], await HeadlinesAsync(store));
            Assert.Equal("a picture", _folder.Read($"{data}/media/originals/ab/abcd"));
            Assert.Equal("a key", _folder.Read($"{data}/keys/key-1.xml"));
            Assert.False(Directory.Exists(_folder[$"{data}/restoring"]));
            var (again, _) = await Of(store, data).WriteAsync(_folder[$"{data}.zip"]);
            await Of(store, data).RestoreAsync(again, replace: true);
            Assert.Equal(["Ferry strike"], await HeadlinesAsync(store));
        }
    }

    [Fact]
    public async Task A_store_that_is_there_is_replaced_only_by_force_and_stays_whole_when_that_fails()
    {
        await FillAsync(Sqlite("data"), "Ferry strike");
        var (file, _) = await Of(Sqlite("data")).WriteAsync(_folder["one.zip"]);
        await FillAsync(_store, "Bridge opens");
        await AddTagAsync("old");
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of(_store).RestoreAsync(file, replace: false));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        await using (await _store.HoldAsync(default))
        {
            refused = await Assert.ThrowsAsync<StoreException>(() => Of(_store).RestoreAsync(file, replace: true));
            Assert.Contains("is in use", refused.Message, StringComparison.Ordinal);
        }
        foreach (var at in new[] { 1, 2, 10, 45 })
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => Of(_store).RestoreAsync(
                file, replace: true, new AtReport(at, () => throw new OperationCanceledException())));
            Assert.Equal(["Bridge opens"], await HeadlinesAsync(_store));
        }
        await AddTagAsync("goes-on");

        await Of(_store).RestoreAsync(file, replace: true);
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(_store));
        await using var db = _store.Open();
        Assert.False(await db.Tags.AnyAsync(t => t.Name == "old", TestContext.Current.CancellationToken));
        await AddTagAsync("new");
        var kept = await Assert.ThrowsAsync<PostgresException>(() => db.Events.ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        Assert.Contains("only ever added to", kept.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_an_older_schema_is_brought_up_to_date_on_its_way_and_a_store_of_one_is_not_backed_up()
    {
        var old = Sqlite("data");
        await using (var db = old.Open())
        {
            Directory.CreateDirectory(_folder["data"]);
            await db.Database.MigrateAsync(db.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO "Tags" ("Slug", "Name") VALUES ('ferries', 'Ferries')""", TestContext.Current.CancellationToken);
        }
        var (file, _) = await Of(old).WriteAsync(_folder["one.zip"]);
        await Of(_store).RestoreAsync(file, replace: false);
        await using (var db = _store.Open())
        {
            Assert.Equal("Ferries", (await db.Tags.SingleAsync(TestContext.Current.CancellationToken)).Name);
            await db.Database.ExecuteSqlRawAsync("""
                DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")
                """, TestContext.Current.CancellationToken);
        }
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of(_store).WriteAsync(_folder["two.zip"]));
        Assert.Contains("another version of this program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["one.zip"], Directory.GetFiles(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Nothing_is_no_backup()
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of(_store).WriteAsync(_folder["one.zip"]));
        Assert.Contains("There is no store", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_rehearsal_of_an_import_knows_what_is_there_and_keeps_no_writer_waiting()
    {
        await FillAsync(_store, "Ferry strike");
        await using var db = _store.Open();
        await using var writer = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var scratch = await ScratchStore.CopyAsync(_store, TestContext.Current.CancellationToken);
        Assert.Equal("Ferry strike", (await scratch.Db.Revisions.SingleAsync(TestContext.Current.CancellationToken)).Text.Headline);
        _folder.Write(
            "content/sections.json", """[{ "slug": "technology", "name": "Technology" }, { "slug": "sport", "name": "Sport" }]""");
        using var pictures = new PictureProcessor(new FolderMediaStore(_folder["media"]));
        var result = await new Importer(scratch.Db, pictures, TimeProvider.System).RunAsync(
            _folder["content"], dryRun: true, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(result.Problems);
        await writer.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await db.Sections.CountAsync(TestContext.Current.CancellationToken));
    }

    private Backup Of(IStoreProvider store, string data = "data") =>
        new(store, _folder[data], _folder[$"{data}/media"], _folder[$"{data}/keys"], TimeProvider.System);

    private SqliteProvider Sqlite(string data) => new(_folder[$"{data}/news.db"]);

    private async Task<PostgresProvider> DatabaseAsync()
    {
        _connections.Add(await PostgresServer.MakeEmptyDatabaseAsync());
        return new PostgresProvider(_connections[^1]);
    }

    private static async Task FillAsync(IStoreProvider store, string headline)
    {
        await using var db = store.Open();
        await store.MigrateAsync(db, null, default);
        var copy = await Copy.SetAsync(db);
        db.Stories.Add(copy.Live(headline));
        await db.SaveChangesAsync();
    }

    private void AddTag(string slug) => AddTagAsync(slug).GetAwaiter().GetResult();

    private async Task AddTagAsync(string slug)
    {
        await using var db = _store.Open();
        db.Tags.Add(new Tag(Slug.Parse(slug), slug));
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> HeadlinesAsync(IStoreProvider store)
    {
        await using var db = store.Open();
        return await db.Revisions.Select(r => r.Text.Headline).ToListAsync();
    }
}
