using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsHub.Web.Tests.Setup;

/// <summary>An OpenTelemetry collector as far as a test needs one: takes OTLP over HTTP and reads the protobuf by
/// its field numbers.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _traces = new(), _metrics = new();

    private Collector()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        Take("/v1/traces", _traces);
        Take("/v1/metrics", _metrics);
    }

    internal sealed record Span(string Name, IReadOnlyDictionary<string, string> Tags);

    public string Address => _app.Urls.Single();

    /// <summary>Everything that came, as text: what a secret would be found in.</summary>
    public string Everything => string.Concat(_traces.Concat(_metrics).Select(Encoding.UTF8.GetString));

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    // ExportTraceServiceRequest.resource_spans = 1, .scope_spans = 2, .spans = 2; Span.name = 5, .attributes = 9.
    public List<Span> Spans() =>
    [
        .. from body in _traces from resource in All(body, 1) from scope in All(resource, 2) from span in All(scope, 2)
           select new Span(Text(span, 5), All(span, 9).ToDictionary(tag => Text(tag, 1), tag => Value(All(tag, 2).Single()))),
    ];

    // ExportMetricsServiceRequest.resource_metrics = 1, .scope_metrics = 2, .metrics = 2; Metric.name = 1.
    public HashSet<string> Metrics() => [
        .. from body in _metrics
           from resource in All(body, 1)
           from scope in All(resource, 2)
           from metric in All(scope, 2)
           select Text(metric, 1)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(string path, ConcurrentQueue<byte[]> kept) => _app.MapPost(path, async (HttpRequest request) =>
    {
        if (request.ContentType != "application/x-protobuf") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        kept.Enqueue(body.ToArray());
        // An empty response message: all taken.
        return Results.Bytes([], "application/x-protobuf");
    });

    private static IEnumerable<byte[]> All(byte[] message, int number) =>
        Fields(message).Where(f => f.Number == number).Select(f => f.Bytes);

    private static string Text(byte[] message, int number) => Encoding.UTF8.GetString(All(message, number).SingleOrDefault() ?? []);

    // AnyValue.string_value = 1; bool_value = 2 and int_value = 3 are varints.
    private static string Value(byte[] any)
    {
        var (number, bytes) = Fields(any).Single();
        return number == 1
            ? Encoding.UTF8.GetString(bytes)
            : BinaryPrimitives.ReadInt64LittleEndian(bytes).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The fields of a message: numbers as eight bytes, everything else as it is.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint();
            var length = (key & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(),
                5 => 4,
                var wire => throw new InvalidDataException($"No protobuf: wire type {wire}."),
            };
            yield return ((int)(key >> 3), (key & 7) == 0 ? BitConverter.GetBytes(Varint()) : message[at..(at + length)]);
            at += length;

            long Varint()
            {
                long value = 0;
                for (var shift = 0; ; shift += 7)
                {
                    var next = message[at++];
                    value |= (long)(next & 0x7f) << shift;
                    if (next < 0x80) return value;
                }
            }
        }
    }
}
