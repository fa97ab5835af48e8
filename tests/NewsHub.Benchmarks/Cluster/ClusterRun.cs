using System.Diagnostics;
using System.Runtime.InteropServices;
using NewsHub.Core.Tests;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>
/// Several nodes of the paper as processes on one machine: trials of what readers and editors see, each a row of a table. What the readers
/// of the trials do takes place on the same processors.
/// </summary>
internal sealed class ClusterRun(bool isQuick, IReadOnlyCollection<string> chosen, CancellationToken stop)
{
    private readonly List<Row> _rows = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <returns>0 where all bounds are held, 1 where one is not, 2 where the words were not understood.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        var chosen = words.Where(word => word != "--quick").ToList();
        if (chosen.Exists(word => word is not [>= '1' and <= '9']))
        {
            await Console.Error.WriteLineAsync("cluster [--quick] [1 to 9, the trials; without any, all of them]");
            return 2;
        }
        if (!PostgresServer.IsInstalled)
        {
            await Console.Error.WriteLineAsync(PostgresServer.Missing);
            return 1;
        }
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await new ClusterRun(words.Contains("--quick"), chosen, stop.Token).RunAsync();
        }
        // What is cut short ends in various ways.
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The paper does not start. {e.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<int> RunAsync()
    {
        var busy = await LoadAsync();
        string version;
        await using (var paper = await Paper.StartAsync(stop))
        {
            version = await paper.Store.VersionAsync(stop);
            await Console.Error.WriteLineAsync(Invariant($"{_clock.Elapsed.TotalSeconds,4:0} s  The paper has started."));
            await TryAsync(paper);
        }
        Console.WriteLine(Table.Of(_rows));
        Console.WriteLine(Invariant($"{Environment.ProcessorCount} processors for the nodes, PostgreSQL {version} without fsync, ")
            + Invariant($"the proxy and the trials' own readers; load of the machine {busy} before and {await LoadAsync()} after ")
            + Invariant($"{_clock.Elapsed.TotalSeconds:0} s."));
        return _rows.Any(row => row.IsHeld == false) ? 1 : 0;
    }

    private async Task TryAsync(Paper paper)
    {
        await TrialAsync("1", paper, cancel => NewsTrials.PublishAsync(paper, cancel));
        await TrialAsync("2", paper, cancel => NewsTrials.SumsAsync(paper, isQuick ? 1 : 5, cancel));
        if (!isQuick) await TrialAsync("3", paper, cancel => LoadTrials.ReactionsAsync(paper, cancel));
        if (paper.Proxy is { } proxy)
        {
            await TrialAsync("4", paper, cancel => FailureTrials.KillsAsync(paper, proxy, isQuick ? 4 : 20, cancel));
            await TrialAsync("5", paper, cancel => FailureTrials.RollAsync(paper, proxy, cancel));
        }
        else
        {
            Add(Row.LeftOut("4 kill -9, 5 SIGTERM", "there is no haproxy here; apt-get install haproxy has it"));
        }
        await TrialAsync("6", paper, cancel => NewsTrials.DeafAsync(paper, cancel));
        await TrialAsync("7", paper, cancel => FailureTrials.DatabaseAsync(paper, cancel));
        if (isQuick) return;
        await TrialAsync("8", paper, cancel => LoadTrials.FloodAsync(paper, cancel));
        await TrialsAsync("9", paper, cancel => LoadTrials.NodesAsync(paper, cancel));
    }

    private Task TrialAsync(string name, Paper paper, Func<CancellationToken, Task<Row>> trial) =>
        TrialsAsync(name, paper, async cancel => [await trial(cancel)]);

    private async Task TrialsAsync(string name, Paper paper, Func<CancellationToken, Task<IReadOnlyList<Row>>> trials)
    {
        if (chosen.Count > 0 && !chosen.Contains(name)) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(isQuick ? 5 : 20));
        try
        {
            await paper.MendAsync(patience.Token);
            foreach (var row in await trials(patience.Token)) Add(row);
        }
        // Whatever goes wrong in one trial is said of it, and the next one is tried.
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Add(new Row(name, $"{e.GetType().Name}: {e.Message}", "it comes to its end", false));
        }
    }

    private void Add(Row row)
    {
        _rows.Add(row);
        Console.Error.WriteLine(Invariant($"{_clock.Elapsed.TotalSeconds,4:0} s  {row.Trial}: {row.Seen}"));
    }

    /// <summary>How many processes want a processor, by the last minute.</summary>
    private static async Task<string> LoadAsync() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
}
