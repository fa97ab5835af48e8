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

    [Fact]
    public async Task Of_keys_no_more_are_kept_than_the_bound_and_those_that_are_whole_first_go_first()
    {
        await using var counts = new PostgresCounts(_connection, mostKeys: 10);
        var noon = new DateTimeOffset(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);
        for (byte key = 1; key <= 30; key++) Assert.Null(await counts.TakeAsync([Limit(key)], noon, default));
        await counts.TidyAsync(noon, default);
        Assert.NotNull(await counts.TakeAsync([Limit(21)], noon, default));
        Assert.Null(await counts.TakeAsync([Limit(20)], noon, default));

        static SharedLimit Limit(byte key) => new([key], 1, TimeSpan.FromMinutes(key));
    }

    protected override async Task CloseAsync()
    {
        if (_one is null || _two is null) return;
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await PostgresServer.DropAsync(_connection);
    }
}
