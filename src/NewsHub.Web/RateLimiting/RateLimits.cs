using System.Globalization;
using NewsHub.Web.Http;
using NewsHub.Web.Options;

namespace NewsHub.Web.RateLimiting;

/// <summary>How often one address may ask for what costs something each time. People who share an address share its
/// allowance, so it is generous.</summary>
public sealed class RateLimits(SearchOptions search, LiveOptions live, RateLimiter limiter)
{
    /// <summary>How long to wait until the next search, of the page and of the API together; null where it may be asked now.</summary>
    public ValueTask<TimeSpan?> SearchAsync(HttpContext context) => WaitAsync(context, "search", search.Burst, TimeSpan.FromSeconds(0.5));

    /// <summary>The same for what is new on an open page.</summary>
    public ValueTask<TimeSpan?> UpdatesAsync(HttpContext context) => WaitAsync(context, "updates", live.UpdatesBurst, TimeSpan.FromSeconds(0.05));

    /// <summary>Whether words that were not found are written down: one address must not fill the list of a day.</summary>
    public async ValueTask<bool> MayNoteMissAsync(HttpContext context) =>
        await WaitAsync(context, "miss", 20, TimeSpan.FromMinutes(2)) is null;

    public static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private async ValueTask<TimeSpan?> WaitAsync(HttpContext context, string what, int atOnce, TimeSpan period) =>
        (await limiter.CheckAsync(new Limit($"{what} {Caller.Of(context)}", atOnce, period)))?.Wait;
}
