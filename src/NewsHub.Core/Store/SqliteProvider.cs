using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Core.Store;

/// <summary>The store as one SQLite file.</summary>
/// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
public sealed class SqliteProvider(string file, int patience = 15) : IStoreProvider
{
    public string Name => $"the file {file}";

    public void Use(DbContextOptionsBuilder options) => options.UseSqliteStore(file, patience);

    public NewsDb Open() =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(file, patience).Options);

    public void Check()
    {
        using var hold = SqliteStore.Hold(file);
        SqliteStore.Check(file);
    }

    public Task MigrateAsync(NewsDb db, Action? waits, CancellationToken cancel) => SqliteStore.MigrateAsync(db, file, waits, cancel);

    public Task<IAsyncDisposable> HoldAsync(CancellationToken cancel) => Task.FromResult<IAsyncDisposable>(SqliteStore.Hold(file));

    public Task<IAsyncDisposable> HoldAloneAsync(CancellationToken cancel) =>
        Task.FromResult<IAsyncDisposable>(SqliteStore.HoldAlone(file));

    public Task<bool> IsThereAsync(CancellationToken cancel) => Task.FromResult(File.Exists(file));

    /// <summary>Written beside, and put in its place at the end: until then there is no store to serve.</summary>
    public async Task<long> FillAsync(NewsDb from, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (File.Exists(file))
            throw new StoreException($"There is {Name} already. Choose another, or move that one away. Nothing was changed.");
        var draft = file + ".part";
        // What a killed one left.
        SqliteFiles.Delete(draft);
        try
        {
            var rows = await FillAsync(new SqliteProvider(draft, patience), from, progress, cancel);
            File.Move(draft, file);
            return rows;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteStore.CannotOpen(file, e);
        }
        finally
        {
            SqliteFiles.Delete(draft);
        }
    }

    private static async Task<long> FillAsync(
        SqliteProvider draft, NewsDb from, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        await using var db = draft.Open();
        try
        {
            await draft.MigrateAsync(db, waits: null, cancel);
            return await StoreCopy.RunAsync(from, db, replaces: false, progress, cancel);
        }
        finally
        {
            // The next who opens a file of this name must not get this one from the pool.
            SqliteFiles.Release(db);
        }
    }

    public Task CopyToAsync(string copy, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        SqliteFiles.Copy(file, copy);
        return Task.CompletedTask;
    }

    public Task ReplaceAsync(string by, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        SqliteFiles.Replace(file, by);
        return Task.CompletedTask;
    }

    public void TryWriting(int patience) => SqliteStore.TryLocking(file, patience);

    public Task<bool> LeadsAsync(string work, CancellationToken cancel) => Task.FromResult(true);
}
