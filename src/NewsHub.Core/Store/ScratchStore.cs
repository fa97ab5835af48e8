using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Core.Store;

/// <summary>A copy of the store to try something on, in the temp folder, gone when it is disposed. Nobody who writes to the store
/// itself has to wait for it.</summary>
public sealed class ScratchStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-");

    private ScratchStore() =>
        Db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(File).Options);

    public NewsDb Db { get; }

    private string File => Path.Combine(_folder.FullName, "news.db");

    /// <exception cref="SqliteException">There is no room for the copy.</exception>
    public static async Task<ScratchStore> CopyAsync(NewsDb db, CancellationToken cancel = default)
    {
        var scratch = new ScratchStore();
        try
        {
            PrivateFiles.CreateEmpty(scratch.File);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {scratch.File}", cancel);
            return scratch;
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Db.Database.GetDbConnection() is SqliteConnection connection) SqliteConnection.ClearPool(connection);
        await Db.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
