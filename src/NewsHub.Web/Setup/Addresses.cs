using Microsoft.AspNetCore.Diagnostics;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Http;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Setup;

/// <summary>How other spellings of an address, and addresses that a story once had, lead to the one that is right.</summary>
internal static class Addresses
{
    /// <summary>Goes before routing and inside the error pages.</summary>
    public static void UseAddresses(this WebApplication app) => app.Use(async (context, next) =>
    {
        var asked = context.Request.Path;
        // Capitals and a last slash count for nothing to the router and in the page cache's keys: nor may they to a page that looks
        // something up. A file's name and a sealed token are what they are, letter by letter.
        if (!asked.StartsWithSegments("/media", StringComparison.Ordinal)
            && !asked.StartsWithSegments("/preview", StringComparison.Ordinal))
        {
            context.Request.Path = Composed(PagePath.Fold(asked.Value ?? ""));
        }
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
        {
            // With its query first: elsewhere that may have been the whole address.
            var (path, query) = (asked.Value ?? "", context.Request.QueryString);
            if (!query.HasValue || !await LeadOnAsync(context, path + query.Value, isWhole: true))
                await LeadOnAsync(context, path, isWhole: false);
        }
    });

    /// <summary>
    /// Goes before the page cache: systems that number their texts kept them at the front page, <c>/?p=123</c>. Only a query of a name and
    /// a number asks the store, and only that of the front.
    /// </summary>
    public static void UseNumberedAddresses(this WebApplication app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (!request.QueryString.HasValue || request.Path.Value is not "/" || !FormerAddress.IsNumbered(request.QueryString.Value!)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || !await LeadOnAsync(context, "/" + request.QueryString.Value, isWhole: true))
        {
            await next(context);
        }
    });

    /// <summary>Some systems take letters apart, and so do addresses that were typed or dragged there.</summary>
    private static string Composed(string path) =>
        path.AsSpan().ContainsAnyExceptInRange(' ', '~') && !path.Any(char.IsControl) ? TypedText.Text(path) : path;

    /// <returns>Whether a story once stood there.</returns>
    private static async Task<bool> LeadOnAsync(HttpContext context, string asked, bool isWhole)
    {
        if (await context.RequestServices.GetRequiredService<PublishedNews>().FormerAsync(asked, context.RequestAborted) is not { } address)
            return false;
        if (isWhole) context.LeadTo(address, query: default);
        else context.LeadTo(address);
        return true;
    }
}
