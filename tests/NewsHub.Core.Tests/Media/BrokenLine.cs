using System.Net;
using System.Net.Sockets;

namespace NewsHub.Core.Tests.Media;

/// <summary>A relay to a server whose connections break after so many bytes, or say nothing.</summary>
internal sealed class BrokenLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;

    public BrokenLine(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many bytes a connection takes from whoever asks.</summary>
    public long MostUp { get; set; } = long.MaxValue;

    /// <summary>How many bytes of answers a connection gives.</summary>
    public long MostDown { get; set; } = long.MaxValue;

    /// <summary>Whether a connection stays open at that point, and nothing more comes.</summary>
    public bool FallsSilent { get; set; }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var end = _end.Token;
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync(end), end);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient asker, CancellationToken end)
    {
        using var server = new TcpClient();
        using (asker)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, end);
                await Task.WhenAny(
                    PourAsync(asker.GetStream(), server.GetStream(), () => MostUp, end),
                    PourAsync(server.GetStream(), asker.GetStream(), () => MostDown, end));
                // Both ends see it break, not end.
                asker.LingerState = server.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone.
            }
        }
    }

    private async Task PourAsync(NetworkStream from, NetworkStream to, Func<long> most, CancellationToken end)
    {
        var buffer = new byte[16 * 1024];
        long poured = 0;
        for (int read; (read = await from.ReadAsync(buffer, end)) > 0; poured += read)
        {
            var left = Math.Max(0, most() - poured);
            await to.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, left)), end);
            if (read < left) continue;
            if (FallsSilent) await Task.Delay(Timeout.Infinite, end);
            return;
        }
    }
}
