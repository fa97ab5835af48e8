using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NewsHub.Web.Areas.Admin;

/// <summary>On a page where people write: a form whose token is older than the session is answered with what was typed, not with an empty 400.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsTypedAttribute : Attribute, IAlwaysRunResultFilter
{
    public const string Page = "/admin/kept";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult && Matters(context.HttpContext.Request)) context.Result = new RedirectResult(Page, permanent: false, preserveMethod: true);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    /// <summary>Someone's text came by hand; a script keeps its own.</summary>
    public static bool Matters(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Headers.XRequestedWith != "fetch" && request.Path.StartsWithSegments("/admin/stories");
}
