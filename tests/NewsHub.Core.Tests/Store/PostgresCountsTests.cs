using NewsHub.Core.Sharing;
using NewsHub.Core.Store;
using NewsHub.Core.Tests.Sharing;

namespace NewsHub.Core.Tests.Store;

/// <summary>What nodes count together in PostgreSQL.</summary>
public sealed class PostgresCountsTests : SharedCountsContract
{
    private string _connection = "";
    private PostgresCounts? _one, _two;

    protected override async Task<(ISharedCounts One, ISharedCounts Two)> OpenAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = await PostgresServer.MakeDatabaseAsync();
        return (_one = new(_connection), _two = new(_connection));
    }

    protected override async Task CloseAsync()
    {
        if (_one is null || _two is null) return;
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await PostgresServer.DropAsync(_connection);
    }
}
