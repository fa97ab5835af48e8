using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using Npgsql;

namespace NewsHub.Core.Tests.Store;

/// <summary>What holds of the store on PostgreSQL beside what holds of every store.</summary>
[Trait("Needs", "process")]
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = await PostgresServer.MakeEmptyDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.Length > 0) await PostgresServer.DropAsync(_connection);
    }

    [Fact]
    public async Task Several_at_once_make_one_schema_and_a_second_time_nothing_is_done()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));
        await MigrateAsync();
        await using var db = Db();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        Assert.False(await db.Stories.AnyAsync());
        PostgresStore.Check(_connection);
        PostgresStore.TryWriting(_connection, patience: 1);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_a_sentence()
    {
        await MigrateAsync();
        await using var db = Db();
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('20991231000000_Telepathy', '99.0.0')""");
        foreach (var refused in new[]
        {
            await Assert.ThrowsAsync<StoreException>(MigrateAsync),
            Assert.Throws<StoreException>(() => PostgresStore.Check(_connection)),
        })
        {
            Assert.Contains("newer version of this program", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Telepathy", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_without_the_password()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_connection) { Database = "nowhere", Password = "secret" }.ConnectionString;
        await using var db = Db();
        foreach (var refused in new[]
        {
            await Assert.ThrowsAsync<StoreException>(() => PostgresStore.MigrateAsync(db, nowhere)),
            await Assert.ThrowsAsync<StoreException>(() => PostgresStore.HoldAsync(nowhere)),
            Assert.Throws<StoreException>(() => PostgresStore.Check(nowhere)),
        })
        {
            Assert.Contains("\"nowhere\" does not exist", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(StorageCause.Unreachable, StorageFailure.Of(Assert.Throws<StoreException>(
            () => PostgresStore.Check("Host=/nowhere;Username=nobody")))?.Cause);
    }

    [Fact]
    public async Task A_server_that_may_only_be_read_is_told()
    {
        await MigrateAsync();
        await PostgresServer.SetAsync(_connection, "default_transaction_read_only", on: true);
        var refused = Assert.Throws<StoreException>(() => PostgresStore.Check(_connection));
        Assert.Equal(StorageCause.ReadOnly, StorageFailure.Of(refused)?.Cause);
        await using var db = Db();
        db.Tags.Add(new Tag(Slug.Parse("a"), "A"));
        var failed = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.Equal(StorageCause.ReadOnly, StorageFailure.Of(failed)?.Cause);
    }

    [Fact]
    public async Task The_event_log_is_only_ever_added_to()
    {
        await MigrateAsync();
        await using var db = Db();
        db.Events.Add(Event());
        await db.SaveChangesAsync();
        foreach (var sql in new[] { """UPDATE "Events" SET "Note" = ''""", """DELETE FROM "Events" """, """TRUNCATE "Events" CASCADE""" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql));
            Assert.Contains("only ever added to", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1, await db.Events.CountAsync());
    }

    [Fact]
    public async Task Of_2000_events_by_8_writers_a_follower_misses_none()
    {
        await MigrateAsync();
        var seen = new List<long>();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(WriteAsync)));
        while (!writers.IsCompleted) await FollowAsync();
        await writers;
        await FollowAsync();
        await using var db = Db();
        Assert.Equal(2000, seen.Count);
        Assert.Equal(await db.Events.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(), seen);

        async Task WriteAsync()
        {
            for (var i = 0; i < 125; i++)
            {
                await using var db = Db();
                // One in a transaction that goes on after it has its number, one that is saved alone.
                await using (var tx = await db.Database.BeginTransactionAsync())
                {
                    db.Events.Add(Event());
                    await db.SaveChangesAsync();
                    await db.Tags.AnyAsync();
                    await tx.CommitAsync();
                }
                db.Events.Add(Event());
                await db.SaveChangesAsync();
            }
        }

        async Task FollowAsync()
        {
            await using var db = Db();
            var last = seen.Count == 0 ? 0 : seen[^1];
            seen.AddRange(await db.Events.Where(e => e.Id > last).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync());
        }
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task Whoever_writes_keeps_all_other_writers_waiting_and_no_reader()
    {
        await MigrateAsync();
        await using var one = Db();
        one.Tags.Add(new Tag(Slug.Parse("a"), "A"));
        await one.SaveChangesAsync();
        await using var tx = await one.Database.BeginTransactionAsync();
        await using var other = Db(patience: 1);
        Assert.Equal("A", (await other.Tags.AsNoTracking().SingleAsync()).Name);
        other.Tags.Add(new Tag(Slug.Parse("b"), "B"));
        // What is saved alone, a transaction, and a statement that has none.
        foreach (var write in new Func<Task>[]
        {
            () => other.SaveChangesAsync(),
            () => other.Database.BeginTransactionAsync(),
            () => other.Tags.ExecuteUpdateAsync(t => t.SetProperty(x => x.Name, "C")),
            () => other.Database.ExecuteSqlAsync($"""DELETE FROM "Tags" WHERE "Name" = {"A"}"""),
        })
        {
            Assert.Equal(StorageCause.Locked, StorageFailure.Of(await Assert.ThrowsAnyAsync<Exception>(write))?.Cause);
        }
        Assert.Equal(StorageCause.Locked, StorageFailure.Of(
            Assert.ThrowsAny<Exception>(() => PostgresStore.TryWriting(_connection, patience: 1)))?.Cause);
        await tx.CommitAsync();
        await other.SaveChangesAsync();
        Assert.Equal(2, await other.Tags.ExecuteUpdateAsync(t => t.SetProperty(x => x.Name, "C")));
        Assert.Equal(2, await other.Database.ExecuteSqlAsync($"""DELETE FROM "Tags" WHERE "Name" = {"C"}"""));
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_writer_that_falls_silent_keeps_the_others_waiting_for_its_time_only()
    {
        await MigrateAsync();
        // What the connection string says goes before what the program says.
        var silent = new NpgsqlConnectionStringBuilder(_connection) { Options = "-c idle_in_transaction_session_timeout=500ms" };
        await using var one = Db(silent.ConnectionString);
        await using var tx = await one.Database.BeginTransactionAsync();
        one.Tags.Add(new Tag(Slug.Parse("a"), "A"));
        await one.SaveChangesAsync();
        await using var other = Db();
        other.Tags.Add(new Tag(Slug.Parse("b"), "B"));
        await other.SaveChangesAsync();
        Assert.Equal(StorageCause.Unreachable, StorageFailure.Of(await Assert.ThrowsAnyAsync<Exception>(() => tx.CommitAsync()))?.Cause);
        Assert.Equal("B", (await other.Tags.AsNoTracking().SingleAsync()).Name);
    }

    [Fact]
    public async Task A_context_from_the_pool_saves_in_transactions_each_time()
    {
        var pool = new PooledDbContextFactory<PostgresNewsDb>(
            (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(_connection).Options);
        for (var pages = 0; pages < 3; pages++)
        {
            await using var db = await pool.CreateDbContextAsync();
            Assert.Equal(AutoTransactionBehavior.Always, db.Database.AutoTransactionBehavior);
        }
    }

    [Fact]
    public async Task A_connection_has_what_the_program_needs()
    {
        await using var db = Db();
        foreach (var (setting, value) in new[]
        {
            ("idle_in_transaction_session_timeout", "10s"), ("lock_timeout", "15s"), ("transaction_isolation", "read committed"),
            ("jit", "off"), ("application_name", "NewsHub"),
        })
        {
            Assert.Equal(value, await db.Database.SqlQuery<string>($"SELECT current_setting({setting}) AS \"Value\"").SingleAsync());
        }
        Assert.Equal(20, new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxPoolSize);
    }

    [Fact]
    public async Task A_text_loses_what_the_database_refuses_and_an_instant_what_is_less_than_a_microsecond()
    {
        await MigrateAsync();
        await using var db = Db();
        var at = Copy.Noon.AddTicks(1_234_567);
        db.Tags.Add(new Tag(Slug.Parse("a"), "\0no\0thing \uD83D"));
        db.Events.Add(new NewsEvent(Act.ChangeTag, new Actor("e\0d"), at, [], "no\0te"));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        Assert.Equal("nothing ", (await db.Tags.SingleAsync(t => t.Name == "not\0hing \uDE00")).Name);
        var kept = await db.Events.SingleAsync();
        Assert.Equal(("ed", "note", at.ToMicrosecond()), (kept.By.Name, kept.Note, kept.At));
        Assert.NotEqual(at, kept.At);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_apart_from_other_refusals()
    {
        await MigrateAsync();
        await using var db = Db();
        db.AddRange(new Tag(Slug.Parse("a"), "A"), new Tag(Slug.Parse("a"), "B"));
        Assert.True((await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())).IsTaken());
        db.ChangeTracker.Clear();
        db.PreviewLinks.Add(new PreviewLink(new StoryId(99), Copy.Editor, Copy.Noon, Copy.Noon.AddDays(1)));
        Assert.False((await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())).IsTaken());
    }

    [Fact]
    public async Task What_each_database_says_in_its_own_words_means_the_same()
    {
        foreach (var open in new[] { SqliteTestStore.OpenAsync, PostgresTestStore.OpenAsync })
        {
            await using var store = await open();
            await using var db = store.Db();
            db.Events.Add(Event());
            await db.SaveChangesAsync();
            var day = $"""SELECT {db.Dialect.DayOf("At")} AS "Value" FROM "Events" """;
            Assert.Equal("2025-07-01", await db.Database.SqlQueryRaw<string>(day).SingleAsync());
            var alt = $"""SELECT {db.Dialect.JsonText("P", "alt")} AS "Value" FROM (SELECT {"'{\"alt\":\"a “b”\"}'"} AS "P") AS "T" """;
            Assert.Equal("a “b”", await db.Database.SqlQueryRaw<string>(alt.Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal)).SingleAsync());
        }
    }

    [Fact]
    public async Task Stores_of_both_kinds_are_read_in_one_process()
    {
        foreach (var open in new[] { SqliteTestStore.OpenAsync, PostgresTestStore.OpenAsync, SqliteTestStore.OpenAsync })
        {
            await using var store = await open();
            await using var db = store.Db();
            var copy = await Copy.SetAsync(db);
            var (story, other) = (copy.Live("Ferry strike"), copy.Live("Another"));
            db.AddRange(story, other);
            await db.SaveChangesAsync();
            story.SetRelated([other.Id]);
            await db.SaveChangesAsync();
            var snapshot = new SiteSnapshot.Current();
            await snapshot.ReadAsync(db);
            var news = new PublishedNews(db, snapshot, new Core.Engagement.CurrentReaders(TimeProvider.System), db.Index);
            var found = Assert.IsType<ArticleAnswer.Found>(await news.ArticleAsync(story.Address!));
            Assert.Equal("Another", Assert.Single(found.Article.Related).Headline);
        }
    }

    [Fact]
    public async Task The_store_is_held_by_several_or_by_one_alone()
    {
        await using (await PostgresStore.HoldAsync(_connection))
        await using (await PostgresStore.HoldAsync(_connection))
            await Assert.ThrowsAsync<StoreException>(() => PostgresStore.HoldAsync(_connection, alone: true));
        await using (await PostgresStore.HoldAsync(_connection, alone: true))
            await Assert.ThrowsAsync<StoreException>(() => PostgresStore.HoldAsync(_connection));
        await using var again = await PostgresStore.HoldAsync(_connection);
    }

    private static NewsEvent Event() => new(Act.ChangeTag, Copy.Editor, Copy.Noon, [], "note");

    private async Task MigrateAsync()
    {
        await using var db = Db();
        await PostgresStore.MigrateAsync(db, _connection);
    }

    private PostgresNewsDb Db(int patience = 15) => Db(_connection, patience);

    private static PostgresNewsDb Db(string connection, int patience = 15) => new(
        (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(connection, patience).Options);
}
