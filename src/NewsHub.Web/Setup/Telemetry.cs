using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using NewsHub.Web.Followers;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NewsHub.Web.Setup;

/// <summary>Metrics and traces by OTLP, if the standard setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; else nothing is set up,
/// and nothing is paid.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 } endpoint) return;
        // The exporter would go on in silence, to an address of its own.
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new UriFormatException(
                $"The setting {Endpoint} is '{endpoint}', which is no address. Say it like http://localhost:4317.");
        builder.Services.AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so that they win.
            .ConfigureResource(resource => resource.Clear().AddService("newshub").AddTelemetrySdk().AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter("NewsHub.*", "Microsoft.EntityFrameworkCore")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter())
            .WithTracing(tracing => tracing
                .AddSource(FollowUps.Work.Name)
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = KeepPathToOurselves)
                .AddProcessor(new Discretion())
                .AddOtlpExporter());
    }

    /// <summary>The address of a page that is everyone's is no secret; any other may carry a token, and its route says enough.</summary>
    private static void KeepPathToOurselves(Activity span, HttpResponse response)
    {
        if (response.Headers.CacheControl is not [{ } kept] || !kept.StartsWith("public", StringComparison.Ordinal))
            span.SetTag("url.path", null);
    }

    /// <summary>Who reads is nobody's business: of a request only what is on this list leaves the program. No client's address,
    /// query or user agent is.</summary>
    private sealed class Discretion : BaseProcessor<Activity>
    {
        private static readonly HashSet<string> Exported =
        [
            "http.request.method", "http.response.status_code", "http.route", "error.type",
            "url.scheme", "url.path", "network.protocol.name", "network.protocol.version",
        ];

        public override void OnEnd(Activity data)
        {
            if (data.Kind is not ActivityKind.Server) return;
            foreach (var tag in data.TagObjects.Select(t => t.Key).Where(t => !Exported.Contains(t)).ToList()) data.SetTag(tag, null);
        }
    }
}
