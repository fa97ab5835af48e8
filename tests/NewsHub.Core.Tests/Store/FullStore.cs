using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

/// <summary>A SQLite store with rows in every table, made up from the model where it has none: what is added to the model is in
/// it.</summary>
internal static class FullStore
{
    private static readonly string[] OfIndex = ["IndexStates", "IndexedStories", "IndexedWords"];

    /// <summary>Adds two rows to each table that has none, one of them with NULL wherever that may be.</summary>
    public static async Task FillAsync(NewsDb db)
    {
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var tables = db.Model.GetRelationalModel().Tables.ToDictionary(t => t.Name);
        foreach (var table in StoreCopy.Tables(db.Model).Select(t => tables[t.Name]))
        {
            if (Ask(connection, $"SELECT count(*) FROM \"{table.Name}\"", r => r.GetInt64(0))[0] > 0) continue;
            for (var row = 0; row < 2; row++) Insert(connection, table, row);
        }
    }

    /// <summary>Every row of every table that the database has, but the index's own and the list of migrations, as text: with instants
    /// to the microsecond, and the members of JSON in order.</summary>
    public static async Task<SortedDictionary<string, List<string>>> RowsAsync(NewsDb db)
    {
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var columns = db.Model.GetRelationalModel().Tables.ToDictionary(t => t.Name, t => t.Columns.ToDictionary(c => c.Name));
        var rows = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var names = Ask(connection, """
            SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '__EF'
            AND name NOT LIKE 'SearchText%' AND name NOT LIKE 'SearchHeadlines%'
            """, r => r.GetString(0));
        foreach (var name in names.Except(OfIndex))
        {
            var ofModel = columns.GetValueOrDefault(name);
            rows[name] = Ask(connection, $"SELECT * FROM \"{name}\"", r => string.Join(" | ", Enumerable.Range(0, r.FieldCount)
                .Select(i => (Name: r.GetName(i), Value: r.GetValue(i)))
                .OrderBy(v => v.Name, StringComparer.Ordinal)
                .Select(v => $"{v.Name}={Text(v.Value, ofModel?.GetValueOrDefault(v.Name))}")));
            rows[name].Sort(StringComparer.Ordinal);
        }
        return rows;
    }

    private static string Text(object value, IColumn? column) => value switch
    {
        DBNull => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        string at when column?.ProviderClrType == typeof(DateTime) => at.Length > 26 ? at[..26].TrimEnd('0') : at,
        string json when column is { PropertyMappings.Count: 0 } =>
            string.Join(", ", JsonNode.Parse(json)!.AsObject().Select(p => $"{p.Key}: {p.Value}").Order(StringComparer.Ordinal)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    private static void Insert(SqliteConnection connection, ITable table, int row)
    {
        using var command = connection.CreateCommand();
        var values = new List<string>();
        foreach (var column in table.Columns)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"@p{values.Count}");
            values.Add(number);
            var isKey = table.PrimaryKey!.Columns.Contains(column);
            var refers = table.ForeignKeyConstraints.FirstOrDefault(k => k.Columns.Contains(column));
            var value = row == 1 && column.IsNullable && !isKey ? DBNull.Value
                : refers is null ? Made(column, row)
                : Referred(connection, refers, column, row);
            command.Parameters.AddWithValue(number, value);
        }
#pragma warning disable CA2100 // Names of the model's.
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))}) "
            + $"VALUES ({string.Join(", ", values)})";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static object Referred(SqliteConnection connection, IForeignKeyConstraint key, IColumn column, int row)
    {
        var principal = key.PrincipalColumns[key.Columns.ToList().IndexOf(column)].Name;
        return Ask(connection, $"SELECT \"{principal}\" FROM \"{key.PrincipalTable.Name}\" ORDER BY rowid DESC LIMIT 1 OFFSET {row}",
            r => r.GetValue(0))[0];
    }

    private static object Made(IColumn column, int row)
    {
        var most = column.PropertyMappings.Count == 0 ? null : column.PropertyMappings[0].Property.GetMaxLength();
        var type = column.PropertyMappings.Count == 0 ? typeof(JsonNode) : column.ProviderClrType;
        var n = 7_000_000 + row;
        return type switch
        {
            _ when type == typeof(JsonNode) => $$"""{"Name": "Öl {{row}}", "Keys": [1, 2.5, null], "At": "2025-07-01T08:10:00.1234567Z"}""",
            _ when type == typeof(string) => Cut(string.Create(CultureInfo.InvariantCulture, $"{row}é😀'\"\n\t東"), most),
            _ when type == typeof(bool) => row == 0,
            _ when type == typeof(int) => n,
            _ when type == typeof(long) => n + (1L << 40),
            _ when type == typeof(double) => 0.1 + row,
            _ when type == typeof(decimal) => 1530.10m + row,
            _ when type == typeof(Guid) => Guid.Parse($"6f9619ff-8b86-d011-b42d-00c04fc964f{row}"),
            _ when type == typeof(byte[]) => new byte[] { 0, 255, (byte)row },
            _ when type == typeof(DateOnly) => new DateOnly(2025, 7, 1 + row),
            // SQLite keeps tenths of a microsecond.
            _ when type == typeof(DateTime) => row == 0 ? new DateTime(2025, 7, 1, 8, 10, 0).AddTicks(1_234_567) : DateTime.MinValue,
            _ => throw new NotSupportedException($"{column.Table.Name}.{column.Name} is of the type {type}: say here what is in it."),
        };

        static string Cut(string text, int? most) => text.Length <= most || most is null ? text : text[..most.Value];
    }

    private static List<T> Ask<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the store's own catalogue.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
