using Microsoft.AspNetCore.Mvc.Filters;
using NewsHub.Web.Localization;

namespace NewsHub.Web.PageCache;

/// <summary>A page of the newsroom that shows the paper as readers will have it, in the paper's own language.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InPaperLanguageAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        context.HttpContext.RequestServices.GetRequiredService<Languages>().Own.Use();
        await next();
    }
}
