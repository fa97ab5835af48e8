using System.Text.Json;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>An open tab at a story, which is told the sums.</summary>
internal sealed class Tab : IDisposable
{
    private readonly HttpResponseMessage _stream;
    private int _sum;

    private Tab(HttpResponseMessage stream) => _stream = stream;

    /// <summary>The sum that it was told last; 0 where it was told none.</summary>
    public int Sum => Volatile.Read(ref _sum);

    public static async Task<Tab> OpenAsync(Readers readers, Uri node, long story, CancellationToken cancel)
    {
        var tab = new Tab(await readers.OpenAsync(node, story, cancel));
        _ = tab.ReadAsync();
        return tab;
    }

    public void Dispose() => _stream.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(await _stream.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line)
            {
                if (!line.StartsWith("data:", StringComparison.Ordinal)) continue;
                using var said = JsonDocument.Parse(line[5..]);
                if (said.RootElement.TryGetProperty("reactions", out var sums) && sums.TryGetProperty(Readers.Kind, out var sum))
                    Volatile.Write(ref _sum, sum.GetInt32());
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // The tab was closed, or its node ended.
        }
    }
}
