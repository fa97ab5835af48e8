using Microsoft.AspNetCore.Diagnostics;
using NewsHub.Core.Reading;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Setup;

/// <summary>How other spellings of an address, and addresses that a story once had, lead to the one that is right.</summary>
internal static class Addresses
{
    /// <summary>Goes before routing and inside the error pages.</summary>
    public static void UseAddresses(this WebApplication app) => app.Use(async (context, next) =>
    {
        var asked = context.Request.Path;
        // Capitals and a last slash count for nothing to the router and in the page cache's keys: nor may they to a page that looks something up.
        // A file's name and a sealed token are what they are, letter by letter.
        if (!asked.StartsWithSegments("/media", StringComparison.Ordinal) && !asked.StartsWithSegments("/preview", StringComparison.Ordinal)) context.Request.Path = Caching.Fold(asked.Value ?? "");
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Path = asked;
        }
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false }
            && HttpMethods.IsGet(context.Request.Method) && context.Features.Get<IStatusCodeReExecuteFeature>() is null)
            await LeadOnAsync(context, asked.Value ?? "");
    });

    private static async Task LeadOnAsync(HttpContext context, string asked)
    {
        if (await context.RequestServices.GetRequiredService<PublishedNews>().FormerAsync(asked, context.RequestAborted) is not { } address) return;
        context.LeadTo(address);
    }

    /// <summary>Leads on for good, but asked again each time: a story may move back, and a browser that kept the first answer would go in circles.</summary>
    public static void LeadTo(this HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = Caching.CacheControl;
        context.Response.Redirect(Print.Href(address) + context.Request.QueryString, permanent: true);
    }
}
