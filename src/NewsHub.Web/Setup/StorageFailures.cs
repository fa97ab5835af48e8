using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;
using NewsHub.Web.Live;
using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Setup;

/// <summary>
/// Requests that the disk or the store did not let be done: 503 and when to come again. The newsroom is told the reason, and gets back what
/// was typed; a script gets a problem, a reader a notice of the paper.
/// </summary>
internal static class StorageFailures
{
    /// <summary>Goes inside the notices, which are pages, and outside whatever may fail.</summary>
    public static void UseStorageFailures(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e)
            when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && StorageFailure.Of(e) is { } failure)
        {
            // A page as it was is better than none.
            if (context.Features.Get<StalePage>() is { } old)
            {
                app.Logger.LogError(e, "A page could not be read from the store; it was shown as it was.");
                await old.SendAsync(context);
                return;
            }
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            if (isRead) app.Logger.LogError(e, "A page could not be read from the store.");
            else app.Logger.LogError(e, "What was sent in could not be kept; whoever sent it was told so.");
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = Unkept.RetryAfter;
            if (!isRead) Unkept.Mark(context);
            await AnswerAsync(context, failure, isRead, app.Logger);
        }
    });

    private static async Task AnswerAsync(HttpContext context, StorageFailure failure, bool isRead, ILogger log)
    {
        var isNewsroom = context.Request.Path.StartsWithSegments("/admin");
        if (isNewsroom ? UploadsAttribute.AsksAsScript(context.Request) : Reader.IsScript(context.Request))
        {
            // Why is the house's own business; that it was not the reader's fault is not.
            var title = isNewsroom ? failure.Sentence : Texts.Now[isRead ? "notice.503" : "send.unkept"];
            var detail = isNewsroom ? $"{failure.Sentence} {failure.Remedy}" : null;
            await Results.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable, title: title).ExecuteAsync(context);
            return;
        }
        // Without a body, the status becomes a notice of the paper.
        if (!isNewsroom) return;
        try
        {
            await NotDone.Of(context, failure, await TypedAsync(context.Request)).ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // Not even the page can be made: perhaps the keys cannot be read.
            log.LogError(e, "The page that says that something could not be kept could not be made.");
        }
    }

    private static async Task<IFormCollection> TypedAsync(HttpRequest request)
    {
        // Words under our name that another site sent are not ours to show.
        if (!request.HasFormContentType || request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return FormCollection.Empty;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // It was the form's own files that did not fit on the disk.
            return FormCollection.Empty;
        }
    }
}
