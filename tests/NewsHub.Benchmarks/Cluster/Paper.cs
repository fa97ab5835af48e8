using NewsHub.Core.Tests;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>A paper of two nodes on a PostgreSQL of its own, behind haproxy where there is one.</summary>
internal sealed class Paper : IAsyncDisposable
{
    /// <summary>Readers of these trials do in a second what others do in a day.</summary>
    private static readonly string[] WithoutLimits =
        ["--Live:Burst=1000000", "--Live:UpdatesBurst=1000000", "--Live:StreamsFromOneAddress=10000"];

    private readonly Guard _guard = new();
    private readonly List<Node> _others = [];

    private Paper(PostgresServer server)
    {
        (Server, Store) = (server, new(server.Database));
        Nodes = [NewNode(1, WithoutLimits), NewNode(2, WithoutLimits)];
    }

    public PostgresServer Server { get; }
    public Store Store { get; }
    public Readers Readers { get; } = new();
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Null where no haproxy is installed.</summary>
    public Proxy? Proxy { get; private set; }

    /// <summary>The stories that are live from the start.</summary>
    public IReadOnlyList<Printed> Stories { get; private set; } = [];

    public static async Task<Paper> StartAsync(CancellationToken cancel)
    {
        var paper = new Paper(await PostgresServer.OfItsOwnAsync());
        try
        {
            // The first one imports the sample content.
            foreach (var node in paper.Nodes) await node.StartAsync(cancel);
            paper.Stories = await paper.Store.StoriesAsync(cancel);
            if (paper.Stories.Count < 20) throw new InvalidOperationException("The sample content has been imported without its stories.");
            if (Proxy.IsInstalled) await (paper.Proxy = new Proxy(paper._guard, paper.Readers)).StartAsync(paper.Nodes, cancel);
            return paper;
        }
        catch
        {
            await paper.DisposeAsync();
            throw;
        }
    }

    /// <summary>Both nodes serve, whatever the trial before has left.</summary>
    public async Task MendAsync(CancellationToken cancel)
    {
        foreach (var node in Nodes)
            if (!node.IsRunning) await node.StartAsync(cancel);
        if (Proxy is not null)
            foreach (var node in Nodes) await Proxy.HasAsync(node, cancel);
    }

    /// <summary>Other nodes on the same database, with limits that one may choose; the first is the third.</summary>
    public IReadOnlyList<Node> Others(int count, params string[] settings)
    {
        var others = Enumerable.Range(Nodes.Count + 1, count).Select(n => NewNode(n, settings)).ToList();
        _others.AddRange(others);
        return others;
    }

    public IReadOnlyList<Node> OthersWithoutLimits(int count, params string[] settings) => Others(count, [.. WithoutLimits, .. settings]);

    public async Task<Counted> CountAsync(CancellationToken cancel) => await Store.CountAsync(Readers.Acknowledged, cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Concat(_others)) await node.KillAsync();
        if (Proxy is not null) await Proxy.KillAsync();
        Readers.Dispose();
        await Server.DisposeAsync();
        _guard.Dispose();
    }

    private Node NewNode(int number, string[] settings) => new(number, _guard, Readers, Server.Database, settings);
}
