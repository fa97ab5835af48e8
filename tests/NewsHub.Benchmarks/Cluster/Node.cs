using System.Collections.Concurrent;
using System.Diagnostics;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>One node: the built program as a process of its own, with a folder and a port that it keeps when it is started again.</summary>
internal sealed class Node(int number, Guard guard, Readers readers, string database, params string[] settings)
{
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;

    public string Name { get; } = Invariant($"node{number}");

    public Uri Address { get; } = new(Invariant($"http://127.0.0.1:{Clock.FreePort()}"));

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public Task<TimeSpan> StartAsync(CancellationToken cancel)
    {
        _process = guard.Start(Command("serve", [
            $"--urls={Address.GetLeftPart(UriPartial.Authority)}", "--Rates:Refresh=false", "--Media:MakeAhead=false",
            "--Proxies:Known=127.0.0.1", "--Logging:Level=Warning", .. settings,
        ]));
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return Clock.UntilAsync($"{Name} answers", async () => IsRunning
            ? (await readers.GetAsync(Address, "/healthz")).Status == 200
            : throw new InvalidOperationException($"{Name} ended: {string.Join(' ', _said)}"), cancel, patience: 90, pause: 50);
    }

    /// <summary>Runs another command of the program on the same store, and waits until it is done.</summary>
    public async Task RunAsync(string command, string[] words, CancellationToken cancel)
    {
        using var process = guard.Start(Command(command, words));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{command}: {await errors}");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            guard.Forget(process);
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public Task KillAsync()
    {
        if (IsRunning) _process!.Kill();
        return GoneAsync(CancellationToken.None);
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var id = Invariant($"{_process!.Id}");
        using (var kill = Process.Start("kill", ["-TERM", id])) await kill.WaitForExitAsync(cancel);
        await GoneAsync(cancel);
        return clock.Elapsed;
    }

    private async Task GoneAsync(CancellationToken cancel)
    {
        if (_process is not { } process) return;
        await process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(60), cancel);
        guard.Forget(process);
        process.Dispose();
        _process = null;
    }

    private ProcessStartInfo Command(string command, string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NewsHub.Web.dll"), command, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = guard.Folder,
        };
        // The host's own settings must not reach it.
        foreach (var name in start.Environment.Keys
            .Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["Data__Folder"] = Path.Combine(guard.Folder, Name);
        start.Environment["Store__Postgres"] = database;
        return start;
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (string.IsNullOrWhiteSpace(line.Data)) return;
        _said.Enqueue(line.Data);
        while (_said.Count > 20) _said.TryDequeue(out _);
    }
}
