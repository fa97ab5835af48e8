using NewsHub.Core.Store;
using NewsHub.Web.Http;

namespace NewsHub.Web.Endpoints;

/// <summary>For supervisors: alive is not yet ready, and ready is who can also keep what is sent in.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("alive\n"));
        app.MapGet("/readyz", async (StoreHealth health, HttpContext context) =>
        {
            context.NeverKeep();
            return await health.CheckAsync(context.RequestAborted) is { } failure
                ? Results.Text($"not ready: {failure.Sentence} {failure.Remedy}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n");
        });
    }
}
