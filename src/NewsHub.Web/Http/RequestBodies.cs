using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NewsHub.Web.Http;

/// <summary>
/// How large a request's body may be. An endpoint says so by <see cref="BodyLimitAttribute"/>; one that says nothing takes
/// <see cref="Small"/>. What is larger is answered 413 before anyone is asked to sign in and before any of it is kept.
/// </summary>
internal static class RequestBodies
{
    /// <summary>Forms of a few fields, and every endpoint that says nothing else.</summary>
    public const long Small = 16 * 1024;

    /// <summary>Forms with a field or two of prose. A character may take nine bytes of a form.</summary>
    public const long Prose = 128 * 1024;

    /// <summary>Stories: so far above what a body may have that the editor itself says what is too long, and gives it back.</summary>
    public const long Story = 1024 * 1024;

    /// <summary>
    /// A browser that is still sending reads no answer: so much of a body that is too large is thrown away first. It is more than anybody
    /// types, and little enough that who sends without end keeps the processor from nobody.
    /// </summary>
    private const long MostDrained = 4 * 1024 * 1024;
    private static readonly TimeSpan DrainedFor = TimeSpan.FromSeconds(10);

    /// <summary>The most that an endpoint takes, in bytes.</summary>
    public static long LimitOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Small;

    public static void AddRequestBodyLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = Small;
            // Whoever sends more slowly than this, in bytes a second, is cut off.
            kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(5));
        });
        builder.Services.Configure<MvcOptions>(mvc => mvc.Filters.Add<FormReader>());
    }

    /// <summary>Goes between routing, which knows the endpoint, and authentication.</summary>
    public static void UseRequestBodyLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false) await next(context);
        else if (HttpMethods.IsGet(request.Method))
        {
            // Pages would read a form that comes with a GET, too.
            HasNoForm(context);
            await next(context);
        }
        else if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<UploadsAttribute>() is not null)
            await next(context);
        else if (LimitOf(context.GetEndpoint()) is var most && request.ContentLength > most)
        {
            await DrainAsync(context);
            await RefuseAsync(context, most);
        }
        else
        {
            if (request.ContentLength is null)
            {
                request.Body = new LimitedBody(request.Body, most);
                // The server reads on for a while behind the answer, so that who is still sending gets to read it.
                LetDrain(context);
            }
            context.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions
            {
                KeyLengthLimit = 256,
                ValueLengthLimit = (int)most,
                ValueCountLimit = 1000,
                BufferBodyLengthLimit = most,
                MultipartBodyLengthLimit = most,
                MultipartHeadersLengthLimit = 4096,
            }));
            await next(context);
        }
    });

    /// <summary>The status for a body that could not be read to its end; null where that is not why something failed.</summary>
    public static int? StatusOf(Exception e) => e switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException torn => torn.Message.Contains("limit", StringComparison.Ordinal)
            ? StatusCodes.Status413PayloadTooLarge
            : StatusCodes.Status400BadRequest,
        _ => null,
    };

    /// <summary>What shows the notice would try to read the rest of it.</summary>
    public static void HasNoForm(HttpContext context) => context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));

    /// <summary>For a script the reason as problem+json; for a person a notice of the paper.</summary>
    private static async Task RefuseAsync(HttpContext context, long most)
    {
        HasNoForm(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (UploadsAttribute.AsksAsScript(context.Request))
            await Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge,
                title: $"That is too much at once: {most / 1024} KB are the most that is taken here.").ExecuteAsync(context);
    }

    private static void LetDrain(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostDrained;
    }

    private static async Task DrainAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostDrained) return;
        LetDrain(context);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        enough.CancelAfter(DrainedFor);
        var sink = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await context.Request.Body.ReadAsync(sink, enough.Token) > 0) { }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever sent it has gone, or is too slow to wait for.
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(sink);
        }
    }

    /// <summary>Reads a page's form once it is known who sends it, and before anything looks for a token in it: what is too large or
    /// torn is said as such.</summary>
    private sealed class FormReader : IAsyncAuthorizationFilter, IOrderedFilter
    {
        public int Order => 400;

        public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            var http = context.HttpContext;
            if (!HttpMethods.IsPost(http.Request.Method)
                || !http.Request.HasFormContentType
                || http.GetEndpoint()?.Metadata.GetMetadata<UploadsAttribute>() is not null)
            {
                return;
            }
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (Exception e) when (e is InvalidDataException or IOException && !http.RequestAborted.IsCancellationRequested)
            {
                HasNoForm(http);
                var status = StatusOf(e) ?? StatusCodes.Status400BadRequest;
                context.Result = UploadsAttribute.AsksAsScript(http.Request)
                    ? new ObjectResult(new ProblemDetails { Status = status, Title = "The form is too large, or torn." })
                    {
                        StatusCode = status,
                        ContentTypes = { "application/problem+json" },
                    }
                    : new StatusCodeResult(status);
            }
        }
    }

    /// <summary>A body whose length is not said beforehand.</summary>
    private sealed class LimitedBody(Stream body, long most) : Stream
    {
        private long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await body.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read) => (_read += read) <= most ? read
            : throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}

/// <summary>The most that an endpoint takes. (The framework's own attribute would set the server's limit once more, when the
/// form has been read.)</summary>
/// <param name="bytes">Of the body, as it is sent.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BodyLimitAttribute(long bytes) : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
