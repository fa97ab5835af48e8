using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Http.Resilience;
using NewsHub.Web.Options;

namespace NewsHub.Web.Outbound;

/// <summary>
/// The one client by which this program asks others. It goes to public addresses alone (looked at after the name was
/// resolved, at the moment of connecting, so that no answer of a name server can change under it), follows no redirect, and
/// reads no more than it was told to.
/// </summary>
internal static class OutboundSetup
{
    public const string Client = "outbound";

    /// <summary>As guarded, for who keeps count of the tries himself: one try, and the answer is his to read, or to leave.</summary>
    public const string Once = "outbound once";
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostUnpacked = 24 * 1024 * 1024;

    public static void AddOutbound(this IServiceCollection services, OutboundOptions options)
    {
        var timeout = options.Timeout;
        Guarded(services, options, Once);
        // Where purges go is set by whoever runs the program, and mostly within the house.
        services.AddHttpClient(CachePurger.Client, http => http.Timeout = timeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .RemoveAllLoggers();
        services.AddSingleton<CachePurger>();
        var client = Guarded(services, options, Client, http => http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip"));
        client.AddStandardResilienceHandler(o =>
        {
            o.AttemptTimeout.Timeout = timeout;
            o.TotalRequestTimeout.Timeout = 4 * timeout;
            o.Retry.MaxRetryAttempts = 2;
            o.Retry.Delay = timeout / 10;
            // What is not to be asked at all is not asked again.
            o.Retry.ShouldHandle = args => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(args.Outcome)
                && args.Outcome.Exception is not HttpRequestException { InnerException: OutboundException });
            o.CircuitBreaker.SamplingDuration = 4 * timeout;
        });
        // Behind the retries, so that each try is read to its end within its own time.
        client.AddHttpMessageHandler(() => new WholeAnswer());
    }

    /// <summary>Whether an address can be told by its looks to be none that is asked; what a name leads to is
    /// looked at when it is.</summary>
    public static bool LooksPrivate(OutboundOptions options, Uri address) =>
        !options.Allows(address.Host, address.Port)
        && (address.IsLoopback
            || IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && !IsPublic(ip)
            || !address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.Contains(':', StringComparison.Ordinal));

    private static IHttpClientBuilder Guarded(
        IServiceCollection services, OutboundOptions options, string name, Action<HttpClient>? also = null) =>
        services.AddHttpClient(name, http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.DefaultRequestHeaders.UserAgent.ParseAdd("NewsHub/1.0");
                also?.Invoke(http);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = options.Timeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectCallback = (connection, cancel) => ConnectAsync(connection.DnsEndPoint, options, cancel),
            })
            // Whoever asks says how it went.
            .RemoveAllLoggers();

    /// <summary>Whether an address is one of the public internet: not this machine, not the house's own network, not what
    /// only looks like another.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return IsPublic(address.MapToIPv4());
        var b = address.GetAddressBytes();
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return b switch
            {
                [0 or 10 or 127, ..] => false,
                [100, >= 64 and < 128, ..] => false,
                [169, 254, ..] => false,
                [172, >= 16 and < 32, ..] => false,
                [192, 168, ..] or [192, 0, 0, _] or [192, 0, 2, _] or [198, 51, 100, _] or [203, 0, 113, _] => false,
                [198, 18 or 19, ..] => false,
                [>= 224, ..] => false,
                _ => true,
            };
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.Equals(IPAddress.IPv6Any) || IPAddress.IsLoopback(address))
            return false;
        if (address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast) return false;
        return b switch
        {
            // An IPv4 address in another dress: compatible, translated (NAT64), 6to4; and what is for documents only.
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ..] => false,
            [0, 0x64, 0xff, 0x9b, ..] or [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..] or [0x20, 0x01, 0x0d, 0xb8, ..] => false,
            _ => true,
        };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, OutboundOptions options, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancel);
        var fit = options.Allows(to.Host, to.Port) ? addresses : [.. addresses.Where(IsPublic)];
        if (fit.Length == 0) throw new OutboundException($"{to.Host} is no public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(fit, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reads an answer to its end, packed and unpacked each up to a limit.</summary>
    private sealed class WholeAnswer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri?.Scheme is not ("https" or "http")) throw new OutboundException("only http and https are spoken");
            var answer = await base.SendAsync(request, cancellationToken);
            try
            {
                await using var packed = await answer.Content.ReadAsStreamAsync(cancellationToken);
                var bytes = await ReadAsync(packed, MostBytes, request, cancellationToken);
                if (answer.Content.Headers.ContentEncoding.Contains("gzip"))
                {
                    await using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                    bytes = await ReadAsync(unpacked, MostUnpacked, request, cancellationToken);
                }
                var whole = new ByteArrayContent(bytes);
                foreach (var (name, values) in answer.Content.Headers)
                    if (name is not ("Content-Encoding" or "Content-Length")) whole.Headers.TryAddWithoutValidation(name, values);
                answer.Content = whole;
                return answer;
            }
            catch
            {
                answer.Dispose();
                throw;
            }
        }

        private static async Task<byte[]> ReadAsync(Stream stream, int most, HttpRequestMessage request, CancellationToken cancel)
        {
            using var read = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int n; (n = await stream.ReadAsync(buffer, cancel)) > 0;)
            {
                if (read.Length + n > most)
                    throw new OutboundException($"{request.RequestUri!.Host} sent more than {most / 1024 / 1024} MB");
                read.Write(buffer, 0, n);
            }
            return read.ToArray();
        }
    }
}

/// <summary>What this program does not do towards others; the message says which.</summary>
internal sealed class OutboundException(string message) : IOException(message);
