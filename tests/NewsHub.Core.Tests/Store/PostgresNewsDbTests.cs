using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

/// <summary>The model of PostgreSQL, which no server is needed for.</summary>
public sealed class PostgresNewsDbTests : IDisposable
{
    private readonly PostgresNewsDb _db = new(
        (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore("Host=never-asked").Options);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void The_migration_is_the_models() => Assert.False(_db.Database.HasPendingModelChanges());

    [Fact]
    public void Every_text_is_compared_by_code_points_and_every_instant_has_its_zone()
    {
        var columns = _db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(t => t.Columns).ToList();
        Assert.NotEmpty(columns);
        var texts = columns.Where(c => c.ProviderClrType == typeof(string) && c.StoreType != "jsonb").ToList();
        Assert.All(texts, c => Assert.True(c.Collation == "C", $"{c.Table.Name}.{c.Name}: {c.Collation ?? "as the database says"}"));
        Assert.All(columns.Where(c => c.ProviderClrType == typeof(DateTime)), c => Assert.Equal("timestamp with time zone", c.StoreType));
    }
}
