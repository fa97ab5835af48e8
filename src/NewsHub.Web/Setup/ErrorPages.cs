using Microsoft.AspNetCore.Diagnostics;
using NewsHub.Web.Http;

namespace NewsHub.Web.Setup;

/// <summary>Errors are pages of the paper: 404, 405, 500 and their like.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        // A developer sees what failed and where, on the framework's own page, which stands outside of all else.
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(async (context, next) =>
        {
            var method = context.Request.Method;
            // A notice is read, by whatever method it was come by, and pages answer GET alone: the way to it is looked up again.
            if (!HttpMethods.IsGet(method) && (context.Features.Get<IStatusCodeReExecuteFeature>() is not null
                || context.Features.Get<IExceptionHandlerFeature>() is not null))
            {
                context.Request.Method = HttpMethods.Get;
                context.SetEndpoint(null);
            }
            try
            {
                await next(context);
            }
            // A form that is torn, or larger than is read at all. Whoever typed it finds it again by going back.
            catch (Exception e) when (!context.Response.HasStarted
                && (e is BadHttpRequestException || e is InvalidDataException && context.Request.HasFormContentType))
            {
                app.Logger.LogWarning(e, "A request's body could not be read.");
                RequestBodies.HasNoForm(context);
                context.Response.Clear();
                context.Response.StatusCode = RequestBodies.StatusOf(e) ?? StatusCodes.Status400BadRequest;
            }
            finally
            {
                context.Request.Method = method;
            }
        });
    }
}
