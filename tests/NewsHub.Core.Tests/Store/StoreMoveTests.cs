using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Transfer;
using Npgsql;

namespace NewsHub.Core.Tests.Store;

/// <summary>The sample paper and rows in every table, moved from SQLite to PostgreSQL and back.</summary>
public sealed class MovedPaper : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly PictureProcessor _pictures;
    private string _connection = "";

    public MovedPaper() => _pictures = new PictureProcessor(new FolderMediaStore(_folder["media"]));

    internal SqliteProvider First => new(_folder["first.db"]);
    internal PostgresProvider There => new(_connection);
    internal SqliteProvider Back => new(_folder["back.db"]);
    internal IReadOnlyList<long> Counts { get; private set; } = [];
    internal long Given { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (!PostgresServer.IsInstalled) return;
        _connection = await PostgresServer.MakeEmptyDatabaseAsync();
        await using (var db = First.Open())
        {
            await First.MigrateAsync(db, null, default);
            await new Importer(db, _pictures, TimeProvider.System).RunAsync(Repository.Content);
            await FullStore.FillAsync(db);
            var section = new Section(Slug.Parse("gone"), "Gone", null, 99);
            db.Add(section);
            await db.SaveChangesAsync();
            Given = section.Id.Value;
            db.Remove(section);
            await db.SaveChangesAsync();
        }
        Counts = [await StoreMove.RunAsync(First, There), await StoreMove.RunAsync(There, Back)];
    }

    internal async Task<IReadOnlyDictionary<string, string>> ExportAsync(IStoreProvider store)
    {
        using var folder = new TempFolder();
        await using var db = store.Open();
        await new Exporter(db, _pictures).RunAsync(folder.Root);
        return folder.Files();
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (_connection.Length > 0) await PostgresServer.DropAsync(_connection);
        _pictures.Dispose();
        _folder.Dispose();
    }
}

[Trait("Needs", "process")]
public sealed class StoreMoveTests(MovedPaper paper) : IClassFixture<MovedPaper>, IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private string _connection = "";

    private PostgresProvider Postgres => new(_connection);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = await PostgresServer.MakeEmptyDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (_connection.Length > 0) await PostgresServer.DropAsync(_connection);
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_row_of_every_table_goes_there_and_comes_back()
    {
        await using var first = paper.First.Open();
        await using var back = paper.Back.Open();
        var (before, after) = (await FullStore.RowsAsync(first), await FullStore.RowsAsync(back));
        Assert.All(before, table => Assert.NotEmpty(table.Value));
        Assert.Equal(before.Keys, after.Keys);
        foreach (var table in before.Keys) Assert.Equal(before[table], after[table]);
        var rows = before.Values.Sum(t => (long)t.Count);
        Assert.Equal([rows, rows], paper.Counts);
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task The_export_has_the_same_bytes_there_and_when_it_is_back()
    {
        var before = await paper.ExportAsync(paper.First);
        Assert.InRange(before.Count, 40, int.MaxValue);
        Assert.Equal(before, await paper.ExportAsync(paper.There));
        Assert.Equal(before, await paper.ExportAsync(paper.Back));
    }

    [Fact]
    public async Task Numbers_go_on_after_the_last_one_given_out_though_its_row_is_gone()
    {
        foreach (var store in new IStoreProvider[] { paper.There, paper.Back })
        {
            await using var db = store.Open();
            await using var tx = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var (section, author) = (new Section(Slug.Parse("new"), "New", null, 99), new Author(Slug.Parse("new"), "New", null, null));
            var last = await db.Authors.MaxAsync(a => a.Id, TestContext.Current.CancellationToken);
            db.AddRange(section, author);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            Assert.Equal((paper.Given + 1, last + 1), (section.Id.Value, author.Id));
        }
    }

    [Fact]
    public async Task The_index_is_made_anew_where_the_store_has_come_to()
    {
        await using var back = paper.Back.Open();
        Assert.False(await back.IndexStates.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await back.IndexedStories.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_store_that_is_not_empty_is_refused_and_stays_as_it_is()
    {
        await FillAsync(Sqlite("one"), "Ferry strike");
        await FillAsync(Postgres, "Bridge opens");
        await FillAsync(Sqlite("two"), "Nets are out");
        Assert.Contains("is not empty", await RefusedAsync(Sqlite("one"), Postgres), StringComparison.Ordinal);
        Assert.Contains("There is the file", await RefusedAsync(Postgres, Sqlite("two")), StringComparison.Ordinal);
        Assert.Contains("already", await RefusedAsync(Postgres, Postgres), StringComparison.Ordinal);
        Assert.Contains("nothing to move", await RefusedAsync(Sqlite("none"), Postgres), StringComparison.Ordinal);
        Assert.Equal(["Bridge opens"], await HeadlinesAsync(Postgres));
        Assert.Equal(["Nets are out"], await HeadlinesAsync(Sqlite("two")));
        Assert.False(File.Exists(_folder["none.db.open"]));
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task Cut_short_at_any_report_it_leaves_nothing_and_another_try_works()
    {
        await FillAsync(Sqlite("one"), "Ferry strike");
        await CutShortAsync(Sqlite("one"), Postgres);
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(Postgres));
        await CutShortAsync(Postgres, Sqlite("two"));
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(Sqlite("two")));

        async Task CutShortAsync(IStoreProvider from, IStoreProvider to)
        {
            foreach (var at in new[] { 1, 20, 40 })
            {
                await Assert.ThrowsAsync<OperationCanceledException>(() => StoreMove.RunAsync(from, to, new AtReport(at, Stop)));
                Assert.False(await to.IsThereAsync(default));
                Assert.Empty(Directory.GetFiles(_folder.Root, "two*"));
            }
            await StoreMove.RunAsync(from, to);
        }

        static void Stop() => throw new OperationCanceledException();
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task Killed_half_way_it_leaves_nothing_to_serve_and_another_try_works()
    {
        await FillAsync(Sqlite("one"), "Ferry strike");
        // The server ends the connection of whoever writes.
        var cut = await Assert.ThrowsAsync<StoreException>(() => StoreMove.RunAsync(Sqlite("one"), Postgres, new AtReport(30, Kill)));
        Assert.Equal(StorageCause.Unreachable, StorageFailure.Of(cut)?.Cause);
        Assert.False(await Postgres.IsThereAsync(default));
        await StoreMove.RunAsync(Sqlite("one"), Postgres);
        // What a killed one leaves beside the file.
        foreach (var part in new[] { "", "-wal", "-shm" }) _folder.Write($"two.db.part{part}", "half");
        await StoreMove.RunAsync(Postgres, Sqlite("two"));
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(Sqlite("two")));
        Assert.Equal(["two.db"], Directory.GetFiles(_folder.Root, "two*").Select(Path.GetFileName)
            .Where(f => f is not ("two.db-wal" or "two.db-shm")));

        void Kill()
        {
            using var own = new NpgsqlConnection(_connection);
            own.Open();
            using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND state = 'idle in transaction'", own);
            Assert.Equal(1L, command.ExecuteScalar());
        }
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task While_somebody_works_on_either_store_it_is_refused()
    {
        await FillAsync(Sqlite("one"), "Ferry strike");
        await using (await Sqlite("one").HoldAsync(default))
            Assert.Contains("is in use", await RefusedAsync(Sqlite("one"), Postgres), StringComparison.Ordinal);
        await using (await Postgres.HoldAsync(default))
            Assert.Contains("is in use", await RefusedAsync(Sqlite("one"), Postgres), StringComparison.Ordinal);
        await StoreMove.RunAsync(Sqlite("one"), Postgres, new AtReport(1, () =>
        {
            Assert.ThrowsAny<Exception>(() => Postgres.HoldAsync(default).GetAwaiter().GetResult());
            Assert.Throws<StoreException>(() => Sqlite("one").HoldAsync(default).GetAwaiter().GetResult());
        }));
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task What_PostgreSQL_cannot_hold_of_a_text_is_lost_and_what_is_too_long_is_told()
    {
        var tag = new Tag(Slug.Parse("a"), "no\0thing");
        await FillAsync(Sqlite("one"), "Ferry strike", tag);
        await StoreMove.RunAsync(Sqlite("one"), Postgres);
        await using (var db = Postgres.Open())
            Assert.True(await db.Tags.AnyAsync(t => t.Name == "nothing", TestContext.Current.CancellationToken));
        await FillAsync(Sqlite("two"), "Ferry strike");
        await using (var db = Sqlite("two").Open())
            await db.Database.ExecuteSqlRawAsync(
                """UPDATE "Tags" SET "Slug" = printf('%.200c', 'x')""", TestContext.Current.CancellationToken);
        var other = new PostgresProvider(await PostgresServer.MakeEmptyDatabaseAsync());
        var refused = await RefusedAsync(Sqlite("two"), other);
        Assert.Contains("A row of Tags cannot be copied", refused, StringComparison.Ordinal);
        Assert.Contains("column Slug", refused, StringComparison.Ordinal);
        Assert.False(await other.IsThereAsync(default));
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_server_that_does_not_let_us_in_is_told_without_the_password()
    {
        await FillAsync(Sqlite("one"), "Ferry strike");
        await PostgresServer.GuardAsync("guarded");
        var settings = new NpgsqlConnectionStringBuilder(_connection) { Password = "secret" };
        foreach (var connection in new[]
        {
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Username = "guarded" },
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "nowhere" },
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Host = "/nowhere" },
        })
        {
            foreach (var (from, to) in new (IStoreProvider, IStoreProvider)[]
            {
                (Sqlite("one"), new PostgresProvider(connection.ConnectionString)),
                (new PostgresProvider(connection.ConnectionString), Sqlite("two")),
            })
            {
                var refused = await RefusedAsync(from, to);
                Assert.Contains("cannot be used", refused, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", refused, StringComparison.Ordinal);
            }
        }
        Assert.False(File.Exists(_folder["two.db"]));
    }

    private SqliteProvider Sqlite(string name) => new(_folder[$"{name}.db"]);

    private static async Task<string> RefusedAsync(IStoreProvider from, IStoreProvider to) =>
        (await Assert.ThrowsAsync<StoreException>(() => StoreMove.RunAsync(from, to))).Message;

    private static async Task FillAsync(IStoreProvider store, string headline, params object[] more)
    {
        await using var db = store.Open();
        await store.MigrateAsync(db, null, default);
        var copy = await Copy.SetAsync(db);
        db.Stories.Add(copy.Live(headline));
        db.AddRange(more);
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> HeadlinesAsync(IStoreProvider store)
    {
        await using var db = store.Open();
        return await db.Revisions.Select(r => r.Text.Headline).ToListAsync();
    }
}
