using Npgsql;

namespace NewsHub.Web.Options;

/// <summary>The database that the store is in, where it is no file.</summary>
public sealed class StoreOptions
{
    [Setting("Store:Postgres", "a database of PostgreSQL 15 or newer that holds stories, accounts and counts, and searches them, such as "
        + "`Host=db.lantern.example;Database=lantern;Username=lantern;Password=…`",
        Otherwise = "none: the file `news.db` of the data folder", IsSecret = true)]
    [Connection]
    public string? Postgres { get; init; }

    internal sealed class ConnectionAttribute : RuleAttribute
    {
        private const string Form = "it has to be a connection string such as Host=db.lantern.example;Database=lantern;Username=lantern;"
            + "Password=…";

        public override string? Wrong(string value)
        {
            try
            {
                var read = new NpgsqlConnectionStringBuilder(value);
                return string.IsNullOrEmpty(read.Host) || string.IsNullOrEmpty(read.Database)
                    ? $"{Form}, with a host and a database."
                    : null;
            }
            // What the driver says may have the value in it.
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException
                or KeyNotFoundException or NotSupportedException)
            {
                return value.Contains("://", StringComparison.Ordinal) ? $"{Form}. An address with postgres:// is not read." : $"{Form}.";
            }
        }
    }
}
