using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace NewsHub.Core.Store;

/// <summary>For <c>dotnet ef migrations add --context PostgresNewsDb</c>; no database is asked.</summary>
internal sealed class DesignTimePostgresStore : IDesignTimeDbContextFactory<PostgresNewsDb>
{
    public PostgresNewsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNewsDb>().UseNpgsql("Host=design").Options);
}
