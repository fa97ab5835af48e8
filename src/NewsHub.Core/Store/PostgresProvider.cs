using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>The store in a database of PostgreSQL.</summary>
/// <param name="connection">A connection string of Npgsql's.</param>
/// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
public sealed class PostgresProvider(string connection, int patience = 15) : IStoreProvider, IAsyncDisposable
{
    private readonly PostgresLeadership _leadership = new(connection);

    public string Connection => connection;

    public string Name => PostgresStore.NameOf(connection);

    public void Use(DbContextOptionsBuilder options) => options.UsePostgresStore(connection, patience);

    public NewsDb Open() => new PostgresNewsDb(
        (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(connection, patience).Options);

    public void Check() => PostgresStore.Check(connection);

    public Task MigrateAsync(NewsDb db, Action? waits, CancellationToken cancel) =>
        PostgresStore.MigrateAsync(db, connection, waits, cancel);

    public Task<IAsyncDisposable> HoldAsync(CancellationToken cancel) => PostgresStore.HoldAsync(connection, cancel: cancel);

    public Task<IAsyncDisposable> HoldAloneAsync(CancellationToken cancel) =>
        PostgresStore.HoldAsync(connection, alone: true, cancel);

    public async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        await using var db = Open();
        var tables = StoreCopy.Tables(db.Model).Select(t => t.Name);
        return await PostgresStore.HasRowsAsync(connection, tables, cancel);
    }

    /// <summary>In one transaction. What a try that was cut short leaves is an empty schema.</summary>
    public async Task<long> FillAsync(NewsDb from, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        await using var alone = await HoldAloneAsync(cancel);
        return await TakeAsync(from, replaces: false, progress, cancel);
    }

    public async Task CopyToAsync(string copy, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        await using var db = Open();
        var applied = await PostgresStore.AppliedAsync(connection, cancel);
        if (!applied.SequenceEqual(db.Database.GetMigrations()))
            throw new StoreException($"The store in {Name} was made by another version of this program. Use that one, or start the paper "
                + "once with this one, which brings an older store up to date.");
        await new SqliteProvider(copy).FillAsync(db, progress, cancel);
    }

    /// <summary>The rows of both are changed for each other in one transaction.</summary>
    public async Task ReplaceAsync(string by, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var file = new SqliteProvider(by);
        await using var from = file.Open();
        try
        {
            await file.MigrateAsync(from, waits: null, cancel);
            await TakeAsync(from, replaces: true, progress, cancel);
        }
        finally
        {
            SqliteFiles.Release(from);
        }
    }

    public void TryWriting(int patience) => PostgresStore.TryWriting(connection, patience);

    public Task<bool> LeadsAsync(string work, CancellationToken cancel) => _leadership.LeadsAsync(work, cancel);

    public ValueTask DisposeAsync() => _leadership.DisposeAsync();

    private async Task<long> TakeAsync(NewsDb from, bool replaces, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        try
        {
            await using var db = Open();
            await MigrateAsync(db, waits: null, cancel);
            return await StoreCopy.RunAsync(from, db, replaces, progress, cancel);
        }
        catch (NpgsqlException e)
        {
            throw PostgresStore.CannotOpen(connection, e);
        }
    }
}
