namespace NewsHub.Core.Store;

/// <summary>Whether something could be kept at this moment. Asked as often as one likes, it is tried four times a second at most.</summary>
/// <param name="store">Where the store is.</param>
/// <param name="data">The folder of everything that the paper keeps.</param>
public sealed class StoreHealth(IStoreProvider store, string data) : IDisposable
{
    private const int Patience = 2;
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _turn = new(1, 1);

    // By the machine's own clock: what is measured is the machine.
    private long? _at;
    private StorageFailure? _failure;

    /// <returns>Why nothing could be kept; null where all is well.</returns>
    public async Task<StorageFailure?> CheckAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_at is { } at && TimeProvider.System.GetElapsedTime(at) < Fresh) return _failure;
            _failure = await Task.Run(Try, CancellationToken.None);
            _at = TimeProvider.System.GetTimestamp();
            return _failure;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private StorageFailure? Try()
    {
        try
        {
            store.TryWriting(Patience);
            DataFolder.TryWriting(data);
            return null;
        }
        catch (Exception e) when (StorageFailure.Of(e) is { } failure)
        {
            return failure;
        }
    }
}
