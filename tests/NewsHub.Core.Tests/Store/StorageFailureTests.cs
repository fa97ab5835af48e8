using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

public sealed class StorageFailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder["news.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", StorageCause.DiskFull)]
    [InlineData("PRAGMA query_only = 1", StorageCause.ReadOnly)]
    public void What_sqlite_does_not_write_is_told_apart(string pragma, StorageCause cause)
    {
        using var connection = Open();
        Execute(connection, "CREATE TABLE t (x)");
        Execute(connection, pragma);
        var failed = Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (zeroblob(100000))"));
        Assert.Equal(cause, StorageFailure.Of(failed)?.Cause);
        // As EF Core and we hand it on.
        Assert.Equal(cause, StorageFailure.Of(new StoreException("x", new DbUpdateException("x", failed)))?.Cause);
        Assert.Equal(cause, StorageFailure.Of(new AggregateException(new FormatException(), failed))?.Cause);
    }

    [Trait("Needs", "time")]
    [Fact]
    public void A_store_that_another_program_has_locked_is_told_within_the_time_given()
    {
        using var other = Open();
        Execute(other, "PRAGMA journal_mode = WAL");
        SqliteStore.TryLocking(File, patience: 1);
        Execute(other, "BEGIN IMMEDIATE");
        Assert.Equal(
            StorageCause.Locked, StorageFailure.Of(Assert.Throws<SqliteException>(() => SqliteStore.TryLocking(File, patience: 1)))?.Cause);
        Assert.Contains("Another program holds the store locked.", Assert.Throws<StoreException>(() => SqliteStore.Check(File)).Message,
            StringComparison.Ordinal);
        Execute(other, "ROLLBACK");
        SqliteStore.Check(File);
    }

    [Fact]
    public void A_store_that_is_gone_or_no_store_is_told()
    {
        Assert.Equal(StorageCause.Missing,
            StorageFailure.Of(Assert.Throws<SqliteException>(() => SqliteStore.TryLocking(File, patience: 1)))?.Cause);
        _folder.Write("news.db", new string('x', 5000));
        Assert.Contains("damaged", Assert.Throws<StoreException>(() => SqliteStore.Check(File)).Message, StringComparison.Ordinal);
        Assert.Equal(StorageCause.Missing,
            StorageFailure.Of(Assert.Throws<DirectoryNotFoundException>(() => DataFolder.TryWriting(_folder["nowhere"])))?.Cause);
    }

    [Fact]
    public void A_store_of_a_newer_program_is_told_without_opening_it_by_the_program()
    {
        using (var connection = Open())
        {
            Execute(connection, "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT)");
            Execute(connection, "INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Telepathy', '99')");
        }
        Assert.Contains("newer version of this program", Assert.Throws<StoreException>(() => SqliteStore.Check(File)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_operating_system_says_is_told_apart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The numbers are those of Unix.");
        foreach (var (number, cause) in new[] { (28, StorageCause.DiskFull), (30, StorageCause.ReadOnly), (5, StorageCause.DiskFault) })
        {
            Assert.Equal(cause, StorageFailure.Of(new IOException("x", number))?.Cause);
            Assert.Equal(cause, StorageFailure.Of(new CryptographicException("x", new IOException("x", number)))?.Cause);
        }
        Assert.Equal(StorageCause.ReadOnly, StorageFailure.Of(new UnauthorizedAccessException())?.Cause);
    }

    [Fact]
    public void What_is_no_fault_of_the_machine_is_none()
    {
        using var connection = Open();
        Execute(connection, "CREATE TABLE t (x UNIQUE)");
        Execute(connection, "INSERT INTO t VALUES (1)");
        Exception[] others =
        [
            Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (1)")),
            Assert.Throws<SqliteException>(() => Execute(connection, "SELECT")),
            new DbUpdateConcurrencyException(),
            new IOException("the connection was reset"),
            new IOException("x", new System.Net.Sockets.SocketException(32)),
            new FileNotFoundException(),
            new OperationCanceledException(),
            new InvalidOperationException(),
            new StoreException("More is being sent in than can be counted."),
            new CryptographicException(),
            new EndOfStreamException(),
        ];
        Assert.All(others, e => Assert.Null(StorageFailure.Of(e)));
        Assert.Null(StorageFailure.Of(null));
    }

    [Fact]
    public void Each_cause_has_its_sentence_and_what_to_do()
    {
        var all = Enum.GetValues<StorageCause>().Select(StorageFailure.For).ToList();
        Assert.All(all, f => Assert.True(f.Sentence.EndsWith('.') && f.Remedy.EndsWith('.')));
        Assert.Equal(all.Count, all.Select(f => f.Sentence).Distinct().Count());
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
