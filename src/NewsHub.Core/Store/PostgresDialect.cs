using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;

namespace NewsHub.Core.Store;

/// <summary>As PostgreSQL says it.</summary>
internal sealed class PostgresDialect : StoreDialect
{
    public static readonly PostgresDialect Instance = new();

    internal override StoreRows Rows => PostgresRows.Instance;

    public override string JsonText(string column, string member) => $"(\"{column}\"::json ->> '{member}')";

    public override string DayOf(string column) => $"to_char(\"{column}\" AT TIME ZONE 'UTC', 'YYYY-MM-DD')";

#pragma warning disable EF1001 // ILIKE has no expression that is public, and a function of the same meaning would not be read as one.
    protected override SqlExpression Matches(SqlExpression text, SqlExpression pattern) =>
        new PgILikeExpression(text, pattern, new SqlConstantExpression(Like.Escape, typeMapping: null), typeMapping: null);
#pragma warning restore EF1001
}
