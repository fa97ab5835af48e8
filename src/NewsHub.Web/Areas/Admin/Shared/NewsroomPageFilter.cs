using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>
/// What holds for every page of the newsroom: a method or a handler that it does not have is refused, rather than the page shown with
/// nothing in it; and where another was quicker by a moment, the page comes again with what was typed.
/// </summary>
internal sealed class NewsroomPageFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.HandlerMethod is null && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            var has = context.ActionDescriptor.HandlerMethods
                .Any(h => string.Equals(h.HttpMethod, request.Method, StringComparison.OrdinalIgnoreCase));
            if (!has) context.HttpContext.Response.Headers.Allow = "GET, HEAD";
            context.Result = new StatusCodeResult(has ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed);
            return;
        }
        var done = await next();
        if (done.ExceptionHandled
            || done.Exception is not DbUpdateException failure
            || context.HandlerInstance is not PageModel page
            || !(failure is DbUpdateConcurrencyException || failure.IsTaken()))
        {
            return;
        }
        context.HttpContext.RequestServices.GetRequiredService<NewsDb>().ChangeTracker.Clear();
        page.ModelState.AddModelError("", failure is DbUpdateConcurrencyException
            ? "Someone else changed this at the same moment. Check it and try again."
            : "This was added at the same moment, by someone else or by you in another window. Check what is there now.");
        page.Response.StatusCode = StatusCodes.Status409Conflict;
        done.ExceptionHandled = true;
        done.Result = page.Page();
    }
}
