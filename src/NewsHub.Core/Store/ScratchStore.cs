namespace NewsHub.Core.Store;

/// <summary>A copy of the store to try something on, a SQLite file in the temp folder, gone when it is disposed. Nobody who writes to the
/// store itself has to wait for it. (On PostgreSQL a transaction that is given up would keep other writers waiting at each name that it
/// takes, and writes as much.)</summary>
public sealed class ScratchStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-");

    private ScratchStore() => Db = new SqliteProvider(File).Open();

    public NewsDb Db { get; }

    private string File => Path.Combine(_folder.FullName, "news.db");

    /// <exception cref="StoreException">There is no room for the copy.</exception>
    public static async Task<ScratchStore> CopyAsync(IStoreProvider store, CancellationToken cancel = default)
    {
        var scratch = new ScratchStore();
        try
        {
            await store.CopyToAsync(scratch.File, progress: null, cancel);
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
        SqliteFiles.Release(Db);
        await Db.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
