namespace NewsHub.Core.Store;

/// <summary>Moves the store into another, of either kind, which is empty. What it was stays as it is.</summary>
public static class StoreMove
{
    /// <param name="progress">In rows.</param>
    /// <returns>How many rows were copied.</returns>
    /// <exception cref="StoreException">There is nothing to move, the other is not empty, or one of them is in use. Nothing was
    /// changed.</exception>
    public static async Task<long> RunAsync(
        IStoreProvider from, IStoreProvider to, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        if (from.Name == to.Name) throw new StoreException($"The store is in {from.Name} already.");
        if (!await from.IsThereAsync(cancel)) throw new StoreException($"There is no store in {from.Name}: nothing to move.");
        await using var alone = await from.HoldAloneAsync(cancel);
        await using var db = from.Open();
        await from.MigrateAsync(db, waits: null, cancel);
        return await to.FillAsync(db, progress, cancel);
    }
}
