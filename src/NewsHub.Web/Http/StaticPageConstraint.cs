using NewsHub.Core.Reading;

namespace NewsHub.Web.Http;

/// <summary>Whether a word of an address is that of a page about the paper; any other may be a section's.</summary>
internal sealed class StaticPageConstraint(SiteSnapshot.Current snapshot) : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string name && snapshot.Now.HasPage(name);
}
