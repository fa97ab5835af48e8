using System.Diagnostics;
using NewsHub.Core.Sharing;
using StackExchange.Redis;

namespace NewsHub.Core.Tests;

/// <summary>
/// A Redis of one test's own, in a temp folder, by a socket alone and without persistence. A shell holds it, and stops and removes it as
/// soon as this process is gone, however it ends.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Script = """
        dir=$(mktemp -d /tmp/newshub-redis-XXXXXX) || exit 1
        trap 'rm -rf "$dir"' EXIT
        start() {
          redis-server --port 0 --unixsocket "$dir/socket" --save '' --appendonly no --dir "$dir" >"$dir/log" 2>&1 </dev/null & pid=$!
          until redis-cli -s "$dir/socket" ping >/dev/null 2>&1; do
            kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
            sleep 0.02
          done
        }
        stop() { kill -KILL "$pid"; wait "$pid" 2>/dev/null; rm -f "$dir/socket"; }
        hang() { kill -STOP "$pid"; }
        goon() { kill -CONT "$pid"; }
        start
        echo "$dir"
        while read -r word; do "$word"; echo done; done
        stop
        """;

    /// <summary>Why tests of it are skipped where it is not.</summary>
    public const string Missing = "There is no Redis here; tests/run installs it where apt-get has it.";

    private readonly Process _shell;

    private RedisServer(string folder, Process shell) => (Address, _shell) = ($"!{folder}/socket", shell);

    /// <summary>Whether its programs are here: those that the script starts.</summary>
    public static bool IsInstalled { get; } = OperatingSystem.IsLinux() && Array.TrueForAll(["redis-server", "redis-cli"], program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, program))));

    /// <summary>As the setting would have it.</summary>
    public string Address { get; }

    /// <summary>A new one, with nothing in it; where it is not installed the test is skipped, by name and with the reason.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        Assert.SkipUnless(IsInstalled, Missing);
        var shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        if (await shell.StandardOutput.ReadLineAsync() is not { } folder)
            throw new InvalidOperationException($"Redis does not start: {await shell.StandardError.ReadToEndAsync()}");
        return new RedisServer(folder, shell);
    }

    /// <summary>Stops it from one moment to the next, and waits until it has stopped.</summary>
    public Task StopAsync() => TellAsync("stop");

    /// <summary>Starts it again, with nothing in it.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    /// <summary>From now on it takes connections and answers nothing.</summary>
    public Task HangAsync() => TellAsync("hang");

    public Task GoOnAsync() => TellAsync("goon");

    /// <summary>A connection for what only an administrator may do.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var options = RedisAddress.Read(Address)!;
        options.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
    }

    private async Task TellAsync(string word)
    {
        await _shell.StandardInput.WriteLineAsync(word);
        await _shell.StandardInput.FlushAsync();
        Assert.Equal("done", await _shell.StandardOutput.ReadLineAsync());
    }
}
