using NewsHub.Web.Setup;

namespace NewsHub.Web.Live;

/// <summary>For supervisors: alive is not yet ready, and ready is who can also keep what is sent in.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/healthz", Reading, () => Results.Text("alive\n"));
        app.MapMethods("/readyz", Reading, async (StoreHealth health, HttpContext context) =>
        {
            Caching.NeverKeep(context);
            return await health.CheckAsync(context.RequestAborted) is { } failure
                ? Results.Text($"not ready: {failure.Sentence} {failure.Remedy}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n");
        });
    }

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
}
