using Npgsql;
using NpgsqlTypes;

namespace NewsHub.Core.Store;

internal static class PostgresCommands
{
    /// <summary>The value of the next <c>$1</c>, <c>$2</c> … of a command.</summary>
    public static void Add(this NpgsqlCommand command, NpgsqlDbType type, object value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
}
