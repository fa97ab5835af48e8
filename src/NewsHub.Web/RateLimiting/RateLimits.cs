using System.Globalization;
using NewsHub.Web.Http;
using NewsHub.Web.Options;

namespace NewsHub.Web.RateLimiting;

/// <summary>How often one address may ask for what costs something each time. People who share an address share its
/// allowance, so it is generous.</summary>
public sealed class RateLimits(SearchOptions search, LiveOptions live, RateLimiter limiter)
{
    /// <summary>How long to wait until the next search, of the page and of the API together; null where it may be asked now.</summary>
    public TimeSpan? Search(HttpContext context) => Wait(context, "search", search.Burst, TimeSpan.FromSeconds(0.5));

    /// <summary>The same for what is new on an open page.</summary>
    public TimeSpan? Updates(HttpContext context) => Wait(context, "updates", live.UpdatesBurst, TimeSpan.FromSeconds(0.05));

    /// <summary>Whether words that were not found are written down: one address must not fill the list of a day.</summary>
    public bool MayNoteMiss(HttpContext context) => Wait(context, "miss", 20, TimeSpan.FromMinutes(2)) is null;

    public static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private TimeSpan? Wait(HttpContext context, string what, int atOnce, TimeSpan period) =>
        limiter.Check(new Limit($"{what} {Caller.Of(context)}", atOnce, period))?.Wait;
}
