using System.Diagnostics;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>haproxy in front of the nodes.</summary>
internal sealed class Proxy(Guard guard, Readers readers)
{
    /// <summary>Where Debian and others put it.</summary>
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/sbin").Append("/usr/local/sbin").Select(folder => Path.Combine(folder, "haproxy")).FirstOrDefault(File.Exists);

    private Process? _process;

    public static bool IsInstalled => Program is not null;

    public Uri Address { get; } = new(Invariant($"http://127.0.0.1:{Clock.FreePort()}"));

    public async Task StartAsync(IReadOnlyList<Node> nodes, CancellationToken cancel)
    {
        var file = Path.Combine(guard.Folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Settings(nodes), cancel);
        _process = guard.Start(new ProcessStartInfo(Program!, ["-db", "-q", "-f", file]) { WorkingDirectory = guard.Folder });
        foreach (var node in nodes) await HasAsync(node, cancel);
    }

    /// <summary>Waits until it sends readers to a node.</summary>
    public Task HasAsync(Node node, CancellationToken cancel) => Clock.UntilAsync(
        $"the proxy has {node.Name}", async () => (await readers.GetAsync(Address, "/healthz")).Node == node.Name, cancel);

    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        guard.Forget(process);
        process.Dispose();
        _process = null;
    }

    /// <summary>
    /// By /healthz, since a node without a database still has the pages that it kept. A page that one node did not answer is asked of the
    /// other; what is sent in is not, once it has been sent: nobody knows whether it was kept. A busy node may take seconds to say that it
    /// lives. The readers of the trials say themselves from which address they are.
    /// </summary>
    private string Settings(IReadOnlyList<Node> nodes) => $"""
        global
          maxconn 4000
        defaults
          mode http
          timeout connect 2s
          timeout client 30s
          timeout server 30s
          timeout check 5s
          retries 3
          option redispatch 1
          retry-on conn-failure empty-response
          option forwardfor if-none
        frontend paper
          bind {Address.Authority}
          http-request disable-l7-retry if METH_POST
          http-response set-header X-Node %s
          default_backend nodes
        backend nodes
          balance roundrobin
          option httpchk
          http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host 127.0.0.1
          default-server check inter 250ms fall 3 rise 1
        {string.Join('\n', nodes.Select(node => $"  server {node.Name} {node.Address.Authority}"))}

        """;
}
