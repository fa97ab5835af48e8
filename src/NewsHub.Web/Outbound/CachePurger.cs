using System.Globalization;
using System.Net.Http.Json;
using NewsHub.Web.Options;

namespace NewsHub.Web.Outbound;

/// <summary>
/// Asks the cache in front of the paper to drop what has topics, in the form that its kind takes: Varnish's module xkey over HTTP,
/// the APIs of Fastly and Cloudflare. Where it goes stands in the settings, so it may be within the house.
/// </summary>
internal sealed class CachePurger(IHttpClientFactory clients, CdnOptions options)
{
    public const string Client = "cache purge";

    /// <summary>Topics of one request: Fastly takes 256, Cloudflare 30 on every plan, Varnish 8 KB of them.</summary>
    private int AtOnce => options.Kind is CdnKind.Cloudflare ? 30 : 200;

    /// <exception cref="CachePurgeException">One of the addresses did not take it; the message says which and why.</exception>
    public async Task PurgeAsync(IEnumerable<string> topics, CancellationToken cancel)
    {
        foreach (var some in topics.Chunk(AtOnce))
            foreach (var address in options.Purge)
                await SendAsync(address, Request(address, some), cancel);
    }

    /// <summary>Everything, pictures and style sheets too.</summary>
    /// <inheritdoc cref="PurgeAsync" path="/exception"/>
    public async Task PurgeAllAsync(CancellationToken cancel)
    {
        foreach (var address in options.Purge) await SendAsync(address, Request(address, null), cancel);
    }

    /// <param name="topics">Null for everything.</param>
    private HttpRequestMessage Request(string address, string[]? topics)
    {
        HttpRequestMessage request;
        switch (options.Kind)
        {
            case CdnKind.Fastly:
                request = new(HttpMethod.Post, At(address, topics is null ? "purge_all" : "purge"));
                if (topics is not null) request.Headers.Add("Surrogate-Key", string.Join(' ', topics));
                request.Headers.Add("Fastly-Key", options.Token);
                break;
            case CdnKind.Cloudflare:
                request = new(HttpMethod.Post, At(address, "purge_cache"))
                {
                    Content = topics is null
                        ? JsonContent.Create(new { purge_everything = true })
                        : JsonContent.Create(new { tags = topics }),
                };
                request.Headers.Authorization = new("Bearer", options.Token);
                break;
            default:
                request = new(new HttpMethod("PURGE"), address);
                if (topics is null) request.Headers.Add("xkey-purge-all", "yes");
                else request.Headers.Add("xkey-purge", string.Join(' ', topics));
                if (options.Token is not null) request.Headers.Add("xkey-purge-token", options.Token);
                break;
        }
        return request;
    }

    private async Task SendAsync(string address, HttpRequestMessage request, CancellationToken cancel)
    {
        var host = new Uri(address).Authority;
        try
        {
            using (request)
            {
                using var answer = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                if (answer.IsSuccessStatusCode) return;
                throw new CachePurgeException(
                    string.Create(CultureInfo.InvariantCulture, $"{host} answered {(int)answer.StatusCode}."));
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CachePurgeException($"{host} did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            throw new CachePurgeException($"{host} could not be reached: {e.Message}", e);
        }
    }

    private static Uri At(string address, string verb) => new($"{address.TrimEnd('/')}/{verb}");
}

/// <summary>The cache in front of the paper did not take a purge; the message says why.</summary>
internal sealed class CachePurgeException(string message, Exception? inner = null) : Exception(message, inner);
