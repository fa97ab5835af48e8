using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace NewsHub.Web.Http;

/// <summary>HEAD works wherever GET does: the whole site sees a GET whose body goes nowhere, so endpoints are
/// mapped by GET alone.</summary>
internal static class HeadAnswers
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new Nowhere(body));
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Features.Set(body);
        }
    }

    /// <summary>Whether this GET was asked as HEAD.</summary>
    public static bool IsHead(HttpContext context) => context.Features.Get<IHttpResponseBodyFeature>() is Nowhere;

    private sealed class Nowhere(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
    {
        public Stream Stream => Stream.Null;
        public PipeWriter Writer { get; } = PipeWriter.Create(Stream.Null);
        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);
        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            Task.CompletedTask;
        public Task CompleteAsync() => inner.CompleteAsync();
        public void DisableBuffering() => inner.DisableBuffering();
    }
}
