using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Pages.Shared;

internal static class Redirects
{
    /// <summary>Leads on for good, but asked again each time: a story may move back, and a browser that kept the first answer
    /// would go in circles.</summary>
    public static void LeadTo(this HttpContext context, string address) => context.LeadTo(address, context.Request.QueryString);

    public static void LeadTo(this HttpContext context, string address, QueryString query)
    {
        context.Response.Headers.CacheControl = Caching.CacheControl;
        context.Response.Redirect(Print.Href(address) + query, permanent: true);
    }
}
