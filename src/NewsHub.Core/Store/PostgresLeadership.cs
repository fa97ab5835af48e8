using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>
/// Which node does a work that one alone should do: whoever holds an advisory lock of the work's name. The lock goes with its connection, so
/// a node that dies gives it up. A node that is cut off may hold itself for the leader until it is noticed: what is done so must not be
/// wrong when two do it.
/// </summary>
internal sealed class PostgresLeadership(string connection) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private NpgsqlConnection? _own;

    public async Task<bool> LeadsAsync(string work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _own ??= await PostgresStore.OpenToListenAsync(connection, cancel);
            await using var command = _own.CreateCommand();
            // Where it is held already, that the connection is still there is asked.
            command.CommandText = _held.Contains(work) ? "SELECT true" : "SELECT pg_try_advisory_lock(hashtextextended($1, 4))";
            if (!_held.Contains(work)) command.Parameters.Add(new NpgsqlParameter { Value = work });
            var leads = (bool)(await command.ExecuteScalarAsync(cancel))!;
            if (leads) _held.Add(work);
            return leads;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            if (_own is not null) await _own.DisposeAsync();
            _own = null;
            _held.Clear();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
        _turn.Dispose();
    }
}
