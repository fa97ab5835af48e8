using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Feeds;

/// <summary>What programs look for at addresses that they know beforehand.</summary>
internal static class WellKnown
{

    public static void MapWellKnown(this IEndpointRouteBuilder app)
    {
        app.MapGet("/robots.txt", (HttpContext context, SiteOptions site) =>
        {
            context.CachePage([Topic.SiteWide]);
            // Everything may be read. What is for one reader, or without end, is not worth a machine's while.
            return Results.Text($"""
                User-agent: *
                Disallow: /admin
                Disallow: /preview/
                Disallow: /react/
                Disallow: /share/
                Disallow: /search?
                Disallow: /rates/convert?

                Sitemap: {site.Url}/sitemap.xml

                """);
        });
        // RFC 9116. It must name a day on which it ends; one within a year, so that it is never out of date while the paper is served.
        app.MapGet("/.well-known/security.txt", (
            HttpContext context, SiteOptions site, SecurityOptions security, TimeProvider clock, SiteSnapshot.Current snapshot) =>
        {
            var today = snapshot.Now.Today(clock);
            var about = site.Url + (snapshot.Now.HasPage("about") ? "/about" : "/");
            context.CachePage([Topic.SiteWide], snapshot.Now.EndOfDay(clock));
            return Results.Text($"""
                Contact: {security.Contact ?? about}
                Expires: {today.AddMonths(6):yyyy-MM-dd}T00:00:00Z
                Preferred-Languages: {snapshot.Now.Site.Language}
                Canonical: {site.Url}/.well-known/security.txt

                """);
        });
        app.MapGet("/.well-known/change-password", () => Results.Redirect("/admin/account/password"));
    }
}
