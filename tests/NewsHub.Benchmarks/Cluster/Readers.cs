using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>A story of the paper.</summary>
internal sealed record Printed(long Id, string Address);

/// <param name="Status">0 where there was no whole answer.</param>
/// <param name="Node">The node that the proxy asked.</param>
internal sealed record Reply(int Status, string Body, string? Node = null);

/// <summary>Readers' browsers, each at an address of its own; and what the paper has acknowledged of what they sent in.</summary>
internal sealed partial class Readers : IDisposable
{
    public const string Kind = "informed";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
        DefaultRequestHeaders = { { "User-Agent", "Mozilla/5.0" } },
    };
    private readonly ConcurrentBag<string> _acknowledged = [];
    private int _last;

    /// <summary>The marks of all reactions that the paper said it has counted.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    public void Dispose() => _client.Dispose();

    public async Task<Reply> GetAsync(Uri at, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(at, path));
        return await AskAsync(request);
    }

    /// <summary>A new reader's key, which is in the cookie of whoever has reacted once.</summary>
    public string NewKey() => Invariant($"{Interlocked.Increment(ref _last):x32}");

    /// <summary>Reacts to a story.</summary>
    /// <returns>The status.</returns>
    public async Task<int> ReactAsync(Uri at, long story, string key, string? from = null) =>
        (await SendAsync(at, story, key, from)).Status;

    /// <summary>Reacts to a story.</summary>
    public async Task<Reply> SendAsync(Uri at, long story, string key, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(at, Invariant($"/react/{story}")))
        {
            Content = new FormUrlEncodedContent([new("kind", Kind)]),
            Headers =
            {
                { "Cookie", $"reader={key}" }, { "Accept", "application/json" }, { "Sec-Fetch-Site", "same-origin" },
                { "X-Forwarded-For", from ?? AddressOf(key) },
            },
        };
        var answer = await AskAsync(request);
        if (answer.Status == 200) _acknowledged.Add(ReaderMark.Of(key, new StoryId(story)));
        return answer;
    }

    /// <summary>The sum that a story's page prints; null where there is no page.</summary>
    public async Task<int?> PrintedSumAsync(Uri at, Printed story)
    {
        var (status, body, _) = await GetAsync(at, story.Address);
        return status == 200 ? int.Parse(Sum().Match(body).Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The stream that a tab opens at a story.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Uri at, long story, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(at, Invariant($"/now?story={story}")))
        {
            Headers = { { "Accept", "text/event-stream" } },
        };
        return (await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel)).EnsureSuccessStatusCode();
    }

    private static string AddressOf(string key)
    {
        var number = int.Parse(key.AsSpan(24), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Invariant($"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}");
    }

    private async Task<Reply> AskAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await _client.SendAsync(request);
            return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(),
                answer.Headers.TryGetValues("X-Node", out var node) ? node.First() : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Reply(0, e.Message);
        }
    }

    [GeneratedRegex($"""value="?{Kind}"?[^>]*>.*?<b>([0-9]+)</b>""", RegexOptions.Singleline)]
    private static partial Regex Sum();
}
