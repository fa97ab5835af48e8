using System.Diagnostics;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>What readers see while something ends, and whether anything of what they sent in is lost by it.</summary>
internal static class FailureTrials
{
    /// <summary>4: nodes are killed.</summary>
    public static async Task<Row> KillsAsync(Paper paper, Proxy proxy, int kills, CancellationToken cancel)
    {
        var load = Through(paper, proxy);
        await using (load)
        {
            for (var n = 0; n < kills; n++)
            {
                var node = paper.Nodes[n % paper.Nodes.Count];
                await Task.Delay(300, cancel);
                await node.KillAsync();
                await node.StartAsync(cancel);
                await proxy.HasAsync(node, cancel);
            }
        }
        var counted = await paper.CountAsync(cancel);
        return new(Invariant($"4 kill -9, {kills} times"), Invariant($"{load.Requests:N0} requests, {load.Failures}; slowest ")
            + Invariant($"{load.Slowest.TotalSeconds:0.0} s; so far {counted.InWords}"),
            "0 failed reads, sums exact", load.FailedReads == 0 && counted.IsExact);
    }

    /// <summary>5: each node is asked to stop, and started again.</summary>
    public static async Task<Row> RollAsync(Paper paper, Proxy proxy, CancellationToken cancel)
    {
        var load = Through(paper, proxy);
        var stops = new List<string>();
        await using (load)
        {
            foreach (var node in paper.Nodes)
            {
                await Task.Delay(500, cancel);
                stops.Add(Invariant($"{(await node.StopAsync(cancel)).TotalSeconds:0.0} s"));
                await node.StartAsync(cancel);
                await proxy.HasAsync(node, cancel);
            }
        }
        var counted = await paper.CountAsync(cancel);
        return new("5 SIGTERM and start of each node in turn", Invariant($"{load.Requests:N0} requests, {load.Failures}; slowest ")
            + Invariant($"{load.Slowest.TotalSeconds:0.0} s; stops took {string.Join(", ", stops)}; so far {counted.InWords}"),
            "0 failed requests, sums exact", load.Failed == 0 && counted.IsExact);
    }

    /// <summary>7: PostgreSQL goes away and comes back.</summary>
    public static async Task<Row> DatabaseAsync(Paper paper, CancellationToken cancel)
    {
        // Never read before, so that no node has kept it.
        await using var editor = await Editor.DraftAsync(paper.Store, "Trial of the quay without a database", cancel);
        await editor.PublishAsync(cancel);
        var (cached, turn) = (paper.Stories[0].Address, 0);
        foreach (var node in paper.Nodes) await paper.Readers.GetAsync(node.Address, cached);
        var load = new Load(paper.Readers, Either, [cached], [], reading: 4, reacting: 0, pause: 10);
        await using (load)
        {
            await Task.Delay(500, cancel);
            await paper.Server.StopAsync();
            var away = await WhileAwayAsync(paper, editor.Address, cancel);
            await paper.Server.StartAgainAsync();
            var key = paper.Readers.NewKey();
            var back = Task.WhenAll(paper.Nodes.Select(node => Clock.UntilAsync("an uncached page", async () =>
                (await paper.Readers.GetAsync(node.Address, editor.Address)).Status == 200, cancel)));
            var taken = Clock.UntilAsync("a reaction", async () =>
                await paper.Readers.ReactAsync(paper.Nodes[0].Address, paper.Stories[0].Id, key) == 200, cancel);
            var (page, reaction) = ((await back).Max(), await taken);
            await load.StopAsync();
            var counted = await paper.CountAsync(cancel);
            return new("7 PostgreSQL stopped and started", Invariant(
                $"{load.Requests:N0} requests of a cached page, {load.Failures}; meanwhile {away}; after the start an uncached page ")
                + Invariant($"on both in {page.TotalSeconds:0.0} s, a reaction in {reaction.TotalSeconds:0.0} s; so far {counted.InWords}"),
                "0 failed of the cached page, 5 s, sums exact",
                load.Failed == 0 && page.TotalSeconds <= 5 && reaction.TotalSeconds <= 5 && counted.IsExact);
        }

        Uri Either() => paper.Nodes[Interlocked.Increment(ref turn) % paper.Nodes.Count].Address;
    }

    /// <summary>What others than readers of kept pages get for two seconds.</summary>
    private static async Task<string> WhileAwayAsync(Paper paper, string uncached, CancellationToken cancel)
    {
        var (node, story, clock, slowest) = (paper.Nodes[0].Address, paper.Stories[0].Id, Stopwatch.StartNew(), TimeSpan.Zero);
        HashSet<int> pages = [], reactions = [], newsroom = [];
        // A reader of whom nothing is kept: what is not acknowledged may be tried again or not.
        var key = paper.Readers.NewKey();
        while (clock.Elapsed.TotalSeconds < 2)
        {
            pages.Add(await TimedAsync(async () => (await paper.Readers.GetAsync(node, uncached)).Status));
            reactions.Add(await TimedAsync(() => paper.Readers.ReactAsync(node, story, key)));
            newsroom.Add(await TimedAsync(async () => (await paper.Readers.GetAsync(node, "/admin/sign-in")).Status));
            await Task.Delay(100, cancel);
        }
        return Invariant($"uncached pages {Said(pages)}, reactions {Said(reactions)}, the newsroom's door {Said(newsroom)}, ")
            + Invariant($"each within {slowest.TotalSeconds:0.0} s");

        async Task<int> TimedAsync(Func<Task<int>> ask)
        {
            var begun = Stopwatch.GetTimestamp();
            var status = await ask();
            if (Stopwatch.GetElapsedTime(begun) is var took && took > slowest) slowest = took;
            return status;
        }

        static string Said(IEnumerable<int> statuses) => string.Join('/', statuses.Select(s => s == 0 ? "no answer" : Invariant($"{s}")));
    }

    private static Load Through(Paper paper, Proxy proxy) => new(paper.Readers, () => proxy.Address,
        ["/", .. paper.Stories.Take(10).Select(s => s.Address)], paper.Stories, reading: 4, reacting: 4, pause: 20);
}
