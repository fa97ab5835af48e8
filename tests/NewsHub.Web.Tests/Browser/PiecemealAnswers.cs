using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NewsHub.Web.Tests.Browser;

/// <summary>A slow connection: an answer that is asked for with the header <see cref="Header"/> comes in pieces, each
/// when the test says so.</summary>
internal sealed class PiecemealAnswers : IStartupFilter, IDisposable
{
    /// <summary>Its value is the size of a piece in bytes.</summary>
    public const string Header = "X-Piece";

    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>How many pieces the last such answer came in.</summary>
    public int Sent { get; private set; }

    /// <summary>Lets one more piece through. Said twice before it is heard, it counts once.</summary>
    public void Next()
    {
        if (_asked.CurrentCount == 0) _asked.Release();
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, further) =>
        {
            if (!int.TryParse(context.Request.Headers[Header], out var size) || context.Request.Headers["Sec-Fetch-Dest"] != "document")
            {
                await further(context);
                return;
            }
            // Compressed, a few bytes would bring half the page.
            context.Request.Headers.Remove("Accept-Encoding");
            var connection = context.Features.Get<IHttpResponseBodyFeature>()!;
            using var page = new MemoryStream();
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(page));
            await further(context);
            context.Features.Set(connection);
            // What was said after the end of the page before is not for this one.
            await _asked.WaitAsync(TimeSpan.Zero);
            Sent = 0;
            foreach (var piece in page.ToArray().Chunk(size))
            {
                await connection.Stream.WriteAsync(piece, context.RequestAborted);
                await connection.Stream.FlushAsync(context.RequestAborted);
                Sent++;
                await _asked.WaitAsync(context.RequestAborted);
            }
        });
        next(app);
    };

    public void Dispose() => _asked.Dispose();
}
