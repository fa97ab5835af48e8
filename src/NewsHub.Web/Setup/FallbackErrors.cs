namespace NewsHub.Web.Setup;

/// <summary>
/// A failure that no error page caught. The server would answer it without any header of ours, so a plain 500 goes out
/// here; in development it goes on, to the page that shows it.
/// </summary>
internal sealed class FallbackErrors(IHostEnvironment environment, ILogger<FallbackErrors> log)
{
    /// <summary>Waits only where the answer is not ready at once.</summary>
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            var answered = next(context);
            return answered.IsCompletedSuccessfully ? answered : WaitAsync(context, answered);
        }
        catch (Exception failure) when (MayAnswer(context))
        {
            return FailAsync(context, failure);
        }
    }

    private async Task WaitAsync(HttpContext context, Task answered)
    {
        try
        {
            await answered;
        }
        catch (Exception failure) when (MayAnswer(context))
        {
            await FailAsync(context, failure);
        }
    }

    private bool MayAnswer(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && !environment.IsDevelopment();

    private Task FailAsync(HttpContext context, Exception failure)
    {
        log.LogError(failure, "No error page caught this failure.");
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("Something went wrong on our side. Please try again.\n");
    }
}
