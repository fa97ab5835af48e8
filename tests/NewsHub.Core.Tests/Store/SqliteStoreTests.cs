using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder["data/news.db"];

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private long Migrations
    {
        get
        {
            using var db = Db(File);
            return db.Database.GetMigrations().Count();
        }
    }

    [Fact]
    public async Task A_new_store_is_made_with_its_folder_and_a_second_time_nothing_is_done()
    {
        await MigrateAsync();
        Assert.Equal(0L, Scalar("SELECT count(*) FROM Stories"));
        var written = System.IO.File.GetLastWriteTimeUtc(File);
        await MigrateAsync();
        Assert.Equal(written, System.IO.File.GetLastWriteTimeUtc(File));
        Assert.Equal(Migrations, Scalar("SELECT count(*) FROM __EFMigrationsHistory"));
    }

    [Fact]
    public async Task Programs_that_start_at_once_begin_at_one_position_behind_the_newest_event()
    {
        await MigrateAsync();
        await using (var db = Db(File))
        {
            db.Events.Add(new NewsEvent(Act.ChangeSite, Copy.Editor, Copy.Noon, []));
            await db.SaveChangesAsync();
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var db = Db(File);
            await db.BeginBehindNewestAsync<NotificationPosition>();
        })));
        Assert.Equal(1L, Scalar("SELECT LastEvent FROM NotificationPositions"));
    }

    [Fact]
    public void The_migration_is_the_models()
    {
        using var db = Db(File);
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_journal_is_ahead_and_foreign_keys_hold()
    {
        await MigrateAsync();
        Assert.Equal("wal", Scalar("PRAGMA journal_mode"));
        await using var db = Db(File);
        Assert.Equal(1L, await db.Database.SqlQueryRaw<long>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync());
        Assert.Equal(2L, await db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store_with_the_same_journal()
    {
        _folder.Write("data/news.db", []);
        await MigrateAsync();
        Assert.Equal("wal", Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Several_at_once_make_one_store()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));
        Assert.Equal(Migrations, Scalar("SELECT count(*) FROM __EFMigrationsHistory"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_left_by_a_killed_migration_does_not_block(bool history)
    {
        Directory.CreateDirectory(_folder["data"]);
        if (history)
            Execute("""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);""");
        Execute("""
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2025-07-01 00:00:00');
            """);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var db = Db(File);
        await SqliteStore.MigrateAsync(db, File, limit.Token);
        Assert.Equal(0L, Scalar("SELECT count(*) FROM Stories"));
    }

    [Fact]
    public async Task A_context_from_the_pool_has_its_connection_open_and_lets_others_write()
    {
        await MigrateAsync();
        var pool = new PooledDbContextFactory<NewsDb>(
            (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(File).Options);
        for (var pages = 0; pages < 3; pages++)
        {
            await using var db = await pool.CreateDbContextAsync();
            Assert.Equal(pages > 0, db.Database.GetDbConnection().State is System.Data.ConnectionState.Open);
            Assert.Equal(pages, await db.StaticPages.CountAsync());
            Execute($"INSERT INTO StaticPages (Slug, Title, Description, Body, BodyHtml) VALUES ('page-{pages}', 't', 'd', 'b', 'h')");
        }
    }

    [Fact]
    public async Task A_kept_statement_takes_new_values_and_may_be_read_twice_at_once()
    {
        await MigrateAsync();
        foreach (var n in Enumerable.Range(0, 4))
            Execute($"INSERT INTO StaticPages (Slug, Title, Description, Body, BodyHtml) VALUES ('page-{n}', 't{n}', 'd', 'b', 'h')");
        await using var db = Db(File);
        var pairs = new List<string>();
        await foreach (var one in Titles("t1", 2))
            await foreach (var other in Titles("t0", 3)) pairs.Add(one + other);
        Assert.Equal(["t2t1", "t2t2", "t2t3", "t3t1", "t3t2", "t3t3"], pairs);
        Assert.Equal(["t3"], await Titles("t2", 9).ToListAsync());

        IAsyncEnumerable<string> Titles(string after, int atMost) =>
            db.StaticPages
                .AsNoTracking()
                .Where(p => p.Title.CompareTo(after) > 0)
                .OrderBy(p => p.Title)
                .Select(p => p.Title)
                .Take(atMost)
                .AsAsyncEnumerable();
    }

    [Fact]
    public async Task A_statement_that_failed_can_be_run_again()
    {
        await MigrateAsync();
        await using var db = Db(File);
        Execute("ALTER TABLE StaticPages RENAME TO Elsewhere");
        await Assert.ThrowsAsync<SqliteException>(() => db.StaticPages.Select(p => p.Title).ToListAsync());
        Execute("ALTER TABLE Elsewhere RENAME TO StaticPages");
        Assert.Empty(await db.StaticPages.Select(p => p.Title).ToListAsync());
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_a_sentence()
    {
        await MigrateAsync();
        Execute("INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Telepathy', '99.0.0')");
        var refused = await Assert.ThrowsAsync<StoreException>(MigrateAsync);
        Assert.Contains("newer version of this program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Telepathy", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_told()
    {
        _folder.Write("file", "x");
        foreach (var path in new[] { _folder["file/news.db"], _folder.Root })
        {
            await using var db = Db(path);
            var refused = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.MigrateAsync(db, path));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_told_and_left_alone()
    {
        _folder.Write("data/news.db", new string('x', 5000));
        await Assert.ThrowsAsync<StoreException>(MigrateAsync);
        Assert.Equal(new string('x', 5000), _folder.Read("data/news.db"));
    }

    private async Task MigrateAsync()
    {
        await using var db = Db(File);
        await SqliteStore.MigrateAsync(db, File);
    }

    private static NewsDb Db(string file) =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(file).Options);

#pragma warning disable CA2100 // The statements are written in this file.
    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
