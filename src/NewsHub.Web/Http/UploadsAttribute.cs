using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Web.Http;

/// <summary>
/// A page to which files are sent. A body over the cap is read to its end, thrown away, and answered 413: an answer before that would
/// never be read, for the browser is still sending and finds the connection cut. Goes before antiforgery, which reads the form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UploadsAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Three of the largest pictures, or dozens of usual ones.</summary>
    public const long MostBytes = 3L * PictureProcessor.MaxBytes + 1024 * 1024;

    /// <summary>Nobody is listened to for ever.</summary>
    private const long MostDrained = 1024L * 1024 * 1024;

    public int Order => 500;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method)) return;
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostDrained;
        if (request.ContentLength > MostBytes)
        {
            await RefuseAsync(context);
            return;
        }
        context.HttpContext.Features.Set<IFormFeature>(
            new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = MostBytes, ValueCountLimit = 200 }));
        try
        {
            if (request.HasFormContentType) await request.ReadFormAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidDataException e) when (e.Message.Contains("length limit", StringComparison.Ordinal))
        {
            await RefuseAsync(context);
        }
        catch (Exception e) when (e is InvalidDataException or IOException
            && StorageFailure.Of(e) is null
            && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            RequestBodies.HasNoForm(context.HttpContext);
            context.Result = Problem(
                context.HttpContext, StatusCodes.Status400BadRequest, "What was sent is torn, or is no form with files.");
        }
    }

    /// <summary>For a script the reason as problem+json; for a person a notice of the paper.</summary>
    public static IActionResult Problem(HttpContext context, int status, string why) =>
        AsksAsScript(context.Request)
            ? new ObjectResult(new ProblemDetails { Status = status, Title = "The picture was not taken in.", Detail = why })
            {
                StatusCode = status,
                ContentTypes = { "application/problem+json" },
            }
            : new StatusCodeResult(status);

    public static bool AsksAsScript(HttpRequest request) =>
        request.Headers.XRequestedWith == "fetch"
        || request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static async Task RefuseAsync(AuthorizationFilterContext context)
    {
        var (body, cancel) = (context.HttpContext.Request.Body, context.HttpContext.RequestAborted);
        var sink = new byte[64 * 1024];
        try
        {
            for (long read = 0, last; read < MostDrained && (last = await body.ReadAsync(sink, cancel)) > 0; read += last) { }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // Whoever sent it has gone, or sends without end.
        }
        RequestBodies.HasNoForm(context.HttpContext);
        context.Result = Problem(context.HttpContext, StatusCodes.Status413PayloadTooLarge,
            $"That is more than can be taken in at once: a picture may have {PictureProcessor.MaxBytes / 1024 / 1024} MB, and all of one "
            + $"form together {MostBytes / 1024 / 1024} MB.");
    }
}
