using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>On a page where people write: a form whose token is older than the session is answered with what was typed,
/// not with an empty 400.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsFormAttribute : Attribute, IAsyncAlwaysRunResultFilter
{
    public const string Page = "/admin/kept";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult && await MattersAsync(context.HttpContext.Request))
            context.Result = new RedirectResult(Page, permanent: false, preserveMethod: true);
        await next();
    }

    /// <summary>Someone's text came by hand; a script keeps its own.</summary>
    public static async Task<bool> MattersAsync(HttpRequest request)
    {
        // Whoever was ever signed in here has a cookie of ours: of a stranger nothing is read.
        if (!request.Cookies.Keys.Any(name => name.Contains("newsroom-", StringComparison.Ordinal))) return false;
        if (!HttpMethods.IsPost(request.Method)
            || !request.HasFormContentType
            || request.Headers.XRequestedWith == "fetch"
            || !request.Path.StartsWithSegments("/admin/stories") && !request.Path.StartsWithSegments("/admin/pages"))
        {
            return false;
        }
        try
        {
            return (await request.ReadFormAsync(request.HttpContext.RequestAborted)).Keys
                .Any(k => k.StartsWith("Manuscript.", StringComparison.Ordinal));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // Torn on its way: there is no text in it to give back.
            return false;
        }
    }
}
