using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using Npgsql;

namespace NewsHub.Core.Tests;

/// <summary>
/// A PostgreSQL of this run's own, in a temp folder and by a socket alone, started when the first test needs it. A shell holds it, and
/// stops and removes it as soon as this process is gone, however it ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Where Debian and others put each version; whatever is in the path comes first.</summary>
    private const string Script = """
        bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
        dir=$(mktemp -d /tmp/newshub-postgres-XXXXXX) || exit 1
        trap 'rm -rf "$dir"' EXIT
        "$bin/initdb" -D "$dir/data" -A trust -U postgres --locale=C.UTF-8 -E UTF8 --no-sync >"$dir/initdb" 2>&1 \
          || { cat "$dir/initdb" >&2; exit 1; }
        start() {
          "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -s start \
            -o "-k $dir -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=400" \
            || { cat "$dir/log" >&2; exit 1; }
        }
        stop() { "$bin/pg_ctl" -D "$dir/data" -w -s -m immediate stop; }
        start
        echo "$dir"
        while read -r word; do "$word"; echo done; done
        stop
        """;

    /// <summary>Why tests of it are skipped where it is not.</summary>
    public const string Missing = "There is no PostgreSQL here; tests/run installs it where apt-get has it.";

    private static readonly Lazy<Task<PostgresServer>> Running = new(StartAsync);

    private readonly string _folder;
    private readonly Process _shell;
    private readonly Lazy<Task> _template;
    private int _databases;

    private PostgresServer(string folder, Process shell) => (_folder, _shell, _template) = (folder, shell, new(MakeTemplateAsync));

    /// <summary>The connection string of a server's own first database.</summary>
    public string Database => To("postgres");

    /// <summary>A server of one test's own, which may be stopped.</summary>
    public static Task<PostgresServer> OfItsOwnAsync() => StartAsync();

    /// <summary>Stops it, and waits until it has stopped.</summary>
    public Task StopAsync() => TellAsync("stop");

    /// <summary>Starts it again.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
    }

    /// <summary>Whether its programs are here: those that the script starts.</summary>
    public static bool IsInstalled { get; } = OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                : [])
            .Any(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <returns>The connection string of a new database with the schema in it.</returns>
    public static async Task<string> MakeDatabaseAsync()
    {
        var server = await Running.Value;
        await server._template.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"news_{Interlocked.Increment(ref server._databases)}");
        await server.RunAsync($"""CREATE DATABASE "{name}" TEMPLATE news_template STRATEGY file_copy""");
        return server.To(name);
    }

    /// <returns>The connection string of a new database with all that is in another one, which nobody may be in.</returns>
    public static async Task<string> CopyAsync(string connection)
    {
        var server = await Running.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"copy_{Interlocked.Increment(ref server._databases)}");
        await server.RunAsync($"""CREATE DATABASE "{name}" TEMPLATE "{DatabaseOf(connection)}" STRATEGY file_copy""");
        return server.To(name);
    }

    /// <returns>The connection string of a new database with nothing in it.</returns>
    public static async Task<string> MakeEmptyDatabaseAsync()
    {
        var server = await Running.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"empty_{Interlocked.Increment(ref server._databases)}");
        await server.RunAsync($"""CREATE DATABASE "{name}" """);
        return server.To(name);
    }

    public static async Task DropAsync(string connection) =>
        await (await Running.Value).RunAsync($"""DROP DATABASE "{DatabaseOf(connection)}" WITH (FORCE)""");

    /// <summary>Sets what each connection to a database begins with, and ends those that there are.</summary>
    public static async Task SetAsync(string connection, string setting, bool on)
    {
        var server = await Running.Value;
        await server.RunAsync($"""ALTER DATABASE "{DatabaseOf(connection)}" SET {setting} = {(on ? "on" : "off")}""");
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Makes a user who is let in by a password alone, which nobody knows.</summary>
    public static async Task GuardAsync(string user)
    {
        var server = await Running.Value;
        await server.RunAsync($"""
            CREATE ROLE "{user}" LOGIN PASSWORD '{Guid.NewGuid()}';
            DO $$ BEGIN EXECUTE format('COPY (VALUES (%L), (%L)) TO %L', 'local all {user} scram-sha-256', 'local all all trust',
            current_setting('hba_file')); END $$;
            SELECT pg_reload_conf();
            """);
    }

    private static string DatabaseOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Database!;

    private string To(string database) => $"Host={_folder};Username=postgres;Database={database}";

    private async Task RunAsync(string sql)
    {
        await using var own = new NpgsqlConnection(To("postgres"));
        await own.OpenAsync();
#pragma warning disable CA2100 // Names are made above.
        await using var command = new NpgsqlCommand(sql, own);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task MakeTemplateAsync()
    {
        await RunAsync("CREATE DATABASE news_template");
        // Nobody may be in a database that is copied.
        var connection = To("news_template") + ";Pooling=false";
        await using var db = new PostgresNewsDb(
            (DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(connection).Options);
        await PostgresStore.MigrateAsync(db, connection);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        // The server refuses to be run by the administrator.
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", "sh", "-c", Script] : ["sh", "-c", Script];
        var shell = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        if (await shell.StandardOutput.ReadLineAsync() is not { } folder)
            throw new InvalidOperationException($"PostgreSQL does not start: {await shell.StandardError.ReadToEndAsync()}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            shell.StandardInput.Close();
            shell.WaitForExit(TimeSpan.FromSeconds(10));
        };
        return new PostgresServer(folder, shell);
    }

    private async Task TellAsync(string word)
    {
        await _shell.StandardInput.WriteLineAsync(word);
        await _shell.StandardInput.FlushAsync();
        await _shell.StandardOutput.ReadLineAsync();
    }
}
