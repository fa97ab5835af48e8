using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Live;

/// <summary>For supervisors: alive is not yet ready.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/healthz", Reading, () => Results.Text("alive\n"));
        app.MapMethods("/readyz", Reading, async (NewsDb db, CancellationToken cancel) =>
        {
            try
            {
                await db.Sites.AsNoTracking().Select(s => s.Id).SingleOrDefaultAsync(cancel);
                return Results.Text("ready\n");
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                return Results.Text("the store does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
}
