using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace NewsHub.Core.Store;

/// <summary>What each database says in words of its own, for the few statements that LINQ has no words for.</summary>
public abstract class StoreDialect
{
    /// <summary>SQL for a text member of a JSON object; NULL where there is none.</summary>
    /// <param name="column">A column with JSON in it.</param>
    public abstract string JsonText(string column, string member);

    /// <summary>SQL for the day (UTC) of an instant, as <c>2026-11-30</c>.</summary>
    /// <param name="column">A column with an instant.</param>
    public abstract string DayOf(string column);

    /// <summary>How whole tables are read and written.</summary>
    internal abstract StoreRows Rows { get; }

    /// <summary>What <see cref="Like.Matches"/> becomes.</summary>
    protected abstract SqlExpression Matches(SqlExpression text, SqlExpression pattern);

    internal void Apply(ModelBuilder model) =>
        model.HasDbFunction(typeof(Like).GetMethod(nameof(Like.Matches))!).HasTranslation(arguments => Matches(arguments[0], arguments[1]));
}

/// <summary>As SQLite says it.</summary>
internal sealed class SqliteDialect : StoreDialect
{
    public static readonly SqliteDialect Instance = new();

    internal override StoreRows Rows => SqliteRows.Instance;

    public override string JsonText(string column, string member) => $"json_extract(\"{column}\", '$.{member}')";

    // Instants are kept as texts that begin with the day.
    public override string DayOf(string column) => $"substr(\"{column}\", 1, 10)";

    protected override SqlExpression Matches(SqlExpression text, SqlExpression pattern) =>
        new LikeExpression(text, pattern, new SqlConstantExpression(Like.Escape, typeMapping: null), typeMapping: null);
}
