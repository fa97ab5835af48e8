using System.Net;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Setup;

/// <summary>
/// The newsroom of a paper that is read by https, asked for by plain http: no browser would keep a cookie, and no form could be sent. Most
/// often the proxy in front does not say how readers came, or is not known. The page says so, and the log names what to set.
/// </summary>
internal static partial class PlainHttp
{
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    /// <summary>Does nothing where <c>Site:Url</c> has no https.</summary>
    public static void UsePlainHttpNotice(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<SiteOptions>();
        if (!options.IsSecure) return;
        var site = options.Url;
        long said = -1;
        app.Use(async (context, next) =>
        {
            if (context.Request.IsHttps || !context.Request.Path.StartsWithSegments("/admin"))
            {
                await next(context);
                return;
            }
            var (isSaid, from) = (context.Request.Headers.ContainsKey("X-Forwarded-Proto"), context.Connection.RemoteIpAddress);
            var before = Interlocked.Read(ref said);
            if ((before < 0 || TimeProvider.System.GetElapsedTime(before) > Silence)
                && Interlocked.CompareExchange(ref said, TimeProvider.System.GetTimestamp(), before) == before)
            {
                // Where a reader is stands in no log: only a proxy within the house is named.
                if (isSaid)
                    NotBelieved(app.Logger, from is not null && !OutboundSetup.IsPublic(from)
                        ? $"from {(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)}"
                        : "from a public address");
                else NotSaid(app.Logger, site);
            }
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Page(site, isSaid));
        });
    }

    private static string Page(string site, bool isSaid)
    {
        var address = WebUtility.HtmlEncode(site);
        var why = isSaid
            ? "the proxy in front says how readers came, but the program does not know the proxy. "
                + "Name its address or network in the setting Proxies:Known."
            : "the proxy in front does not say that readers came by https. "
                + "Let it send X-Forwarded-Proto, and name its address or network in the setting Proxies:Known.";
        var came = $"This request came by plain http, and the setting Site:Url is {address}.";
        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The newsroom is open by https alone</title>
            <h1>The newsroom is open by https alone</h1>
            <p>{came} Come by <a href="{address}/admin">{address}/admin</a>.</p>
            <p>If you did: {why}</p>
            </html>

            """;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The newsroom was asked for by plain http, and Site:Url is {Site}. "
        + "If a proxy speaks https in front of the program, let it send X-Forwarded-Proto, "
        + "and name its address or network in the setting Proxies:Known. (This is said once an hour.)")]
    private static partial void NotSaid(ILogger log, string site);

    [LoggerMessage(Level = LogLevel.Warning, Message = "X-Forwarded-Proto came {From} and was not believed: "
        + "the setting Proxies:Known does not name that address. The newsroom cannot be used through this proxy until it does. "
            + "(This is said once an hour.)")]
    private static partial void NotBelieved(ILogger log, string from);
}
