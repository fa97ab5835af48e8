using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// Behind this, who is here has proved it within ten minutes. A form that comes later is sent on to the page that asks, with all that was
/// typed, and from there comes back.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresRecentSignInAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (await StaffSignIn.IsRecentSignInAsync(context.HttpContext)) await next();
        else context.Result = new LocalRedirectResult($"/admin/prove?then={Uri.EscapeDataString(request.Path + request.QueryString)}",
            permanent: false, preserveMethod: HttpMethods.IsPost(request.Method));
    }
}
