using System.Diagnostics;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>How much there may be of it.</summary>
internal static class LoadTrials
{
    /// <summary>3: reactions at both nodes to the same stories.</summary>
    public static async Task<Row> ReactionsAsync(Paper paper, CancellationToken cancel)
    {
        const int all = 20_000, senders = 128;
        var (stories, next, refused) = (paper.Stories.Take(20).ToList(), 0, 0);
        // What has just been started is compiled yet: for ten seconds it is not measured.
        await PerSecondAsync(senders, 10, async n => await paper.Readers.ReactAsync(
            paper.Nodes[n % paper.Nodes.Count].Address, stories[n / 2 % stories.Count].Id, paper.Readers.NewKey()) == 200);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) <= all && !cancel.IsCancellationRequested;)
            {
                var (key, node) = (paper.Readers.NewKey(), paper.Nodes[n % paper.Nodes.Count].Address);
                for (; await paper.Readers.ReactAsync(node, stories[n / 2 % stories.Count].Id, key) != 200; await Task.Delay(100, cancel))
                    Interlocked.Increment(ref refused);
            }
        }));
        var perSecond = all / clock.Elapsed.TotalSeconds;
        var counted = await paper.CountAsync(cancel);
        return new("3 20,000 reactions to 20 stories at both nodes",
            Invariant($"{perSecond:N0}/s, {refused} refused; so far {counted.InWords}"),
            "2,000/s, sums exact", perSecond >= 2000 && refused == 0 && counted.IsExact);
    }

    /// <summary>8: one address that sends too much, half of it to each of two nodes with the usual limits.</summary>
    public static async Task<Row> FloodAsync(Paper paper, CancellationToken cancel)
    {
        const int burst = 60, sent = 200;
        var nodes = paper.Others(2);
        try
        {
            foreach (var node in nodes) await node.StartAsync(cancel);
            var (taken, key, clock) = (0, paper.Readers.NewKey(), Stopwatch.StartNew());
            for (var n = 0; n < sent; n++)
                if (await paper.Readers.ReactAsync(nodes[n % 2].Address, paper.Stories[n % 20].Id, key, "192.0.2.1") == 200) taken++;
            var most = burst + (int)Math.Ceiling(clock.Elapsed.TotalSeconds);
            return new("8 a flood from one address at two nodes",
                Invariant($"{taken} of {sent} taken in {clock.Elapsed.TotalSeconds:0.0} s (wrong passwords: SeveralNodesTests)"),
                Invariant($"{burst} to {most}, as one node"), taken >= burst && taken <= most);
        }
        finally
        {
            foreach (var node in nodes) await node.KillAsync();
        }
    }

    /// <summary>9: one, two and three nodes on this machine.</summary>
    public static async Task<IReadOnlyList<Row>> NodesAsync(Paper paper, CancellationToken cancel)
    {
        foreach (var node in paper.Nodes) await node.StopAsync(cancel);
        // With a megabyte of kept pages, a thousand stories that are read in turn are made anew each time.
        var nodes = paper.OthersWithoutLimits(3, "--PageCache:MegaBytes=1");
        await nodes[0].RunAsync("seed", ["--stories", "1000"], cancel);
        var stories = await paper.Store.StoriesAsync(cancel);
        var (misses, reactions) = (new List<string>(), new List<string>());
        for (var count = 1; count <= nodes.Count; count++)
        {
            await nodes[count - 1].StartAsync(cancel);
            var some = nodes.Take(count).ToList();
            // Once without being measured: what has just been started is compiled yet.
            await PerSecondAsync(16, 3, n => ReadAsync(some[n % count], n));
            misses.Add(await PerSecondAsync(16, 6, n => ReadAsync(some[n % count], n)));
            await PerSecondAsync(128, 2, n => ReactAsync(some[n % count], n));
            reactions.Add(await PerSecondAsync(128, 6, n => ReactAsync(some[n % count], n)));
        }
        foreach (var node in nodes) await node.StopAsync(cancel);
        var counted = await paper.CountAsync(cancel);
        return
        [
            new("9 stories that no node has kept, 1, 2, 3 nodes", $"{string.Join(", ", misses)} per second", "", null),
            new("9 reactions, 1, 2, 3 nodes", $"{string.Join(", ", reactions)} per second; so far {counted.InWords}", "sums exact",
                counted.IsExact),
        ];

        async Task<bool> ReadAsync(Node node, int n) =>
            (await paper.Readers.GetAsync(node.Address, stories[n % stories.Count].Address)).Status == 200;

        async Task<bool> ReactAsync(Node node, int n) =>
            await paper.Readers.ReactAsync(node.Address, stories[n % 20].Id, paper.Readers.NewKey()) == 200;
    }

    private static async Task<string> PerSecondAsync(int askers, int seconds, Func<int, Task<bool>> ask)
    {
        var (next, done, failed, clock) = (0, 0, 0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, askers).Select(async _ =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                if (await ask(Interlocked.Increment(ref next))) Interlocked.Increment(ref done);
                else Interlocked.Increment(ref failed);
            }
        }));
        var said = Invariant($"{done / clock.Elapsed.TotalSeconds:N0}");
        return failed == 0 ? said : Invariant($"{said} ({failed} failed)");
    }
}
