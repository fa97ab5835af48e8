using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NewsHub.Benchmarks.Cluster;

internal static class Clock
{
    /// <summary>Asks until it is so.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It did not become so in time.</exception>
    public static async Task<TimeSpan> UntilAsync(
        string what, Func<Task<bool>> isSo, CancellationToken cancel, int patience = 30, int pause = 20)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (clock.Elapsed.TotalSeconds > patience)
                throw new TimeoutException(FormattableString.Invariant($"{what}: not in {patience} s"));
            await Task.Delay(pause, cancel);
        }
        return clock.Elapsed;
    }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
