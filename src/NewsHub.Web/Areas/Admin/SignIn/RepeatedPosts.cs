using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// A form of the newsroom that is sent twice, by a second click or because the answer was lost, is done once: the second gets the first
/// one's answer, with a secret that is shown once, too. A form is known by all that it sends, its own token included. Forms of one session
/// are answered one after the other.
/// </summary>
/// <remarks>In memory: of each session the last form that was done, for half a minute. Between processes the store's
/// unique indexes decide.</remarks>
public sealed class RepeatedPosts(TimeProvider clock)
{
    private const int MostSessions = 1000;
    private const int MostFormBytes = 1024 * 1024;
    private const int MostAnswerBytes = 256 * 1024;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, SessionGate> _sessionGates = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Answers a POST of a member of staff; what else comes is passed on.</summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        // Scripts send what is new each time, and look after their own repeats.
        if (!HttpMethods.IsPost(context.Request.Method) || UploadsAttribute.AsksAsScript(context.Request)
            || context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties is not { } ticket
            || StaffSignIn.SessionKeyOf(ticket) is not { } session)
        {
            await next(context);
            return;
        }
        var gate = Take(session);
        try
        {
            await gate.Gate.WaitAsync(context.RequestAborted);
            try
            {
                await AnswerAsync(context, gate, await FingerprintAsync(context.Request), next);
            }
            finally
            {
                gate.Gate.Release();
            }
        }
        finally
        {
            lock (_lock) gate.Users--;
        }
    }

    private async Task AnswerAsync(HttpContext context, SessionGate gate, string? form, RequestDelegate next)
    {
        if (form is not null && gate.Done is { } done && done.Form == form && clock.GetUtcNow() - done.At < Lasts)
        {
            context.Response.StatusCode = done.Status;
            foreach (var (name, value) in done.Headers) context.Response.Headers[name] = value;
            await context.Response.Body.WriteAsync(done.Body, context.RequestAborted);
            return;
        }
        gate.Done = null;
        if (form is null)
        {
            await next(context);
            return;
        }
        // What has come whole is done whole: a browser that lets go at the second click must not stop the first half-way.
        context.RequestAborted = CancellationToken.None;
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var buffer = new StreamResponseBodyFeature(body);
        context.Features.Set<IHttpResponseBodyFeature>(buffer);
        List<KeyValuePair<string, StringValues>> headers = [];
        // Called last of all that have a word about the headers.
        context.Response.OnStarting(() =>
        {
            headers = [.. context.Response.Headers];
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
            await buffer.CompleteAsync();
        }
        finally
        {
            context.Features.Set(wire);
        }
        if (IsDone(context) && body.Length <= MostAnswerBytes)
        {
            await context.Response.StartAsync();
            gate.Done = new Answer(form, clock.GetUtcNow(), context.Response.StatusCode, headers, body.ToArray());
        }
        body.Position = 0;
        if (body.Length > 0) await body.CopyToAsync(wire.Stream);
    }

    /// <summary>It led on, or shows what came of it. A page that only looked at what was typed, such as a proof, is
    /// made anew each time.</summary>
    private static bool IsDone(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status302Found => true,
        StatusCodes.Status200OK => context.GetEndpoint()?.Metadata.GetMetadata<RequiresActAttribute>() is { Act: not Act.Read },
        _ => false,
    };

    private static async Task<string?> FingerprintAsync(HttpRequest request)
    {
        // A page for files reads its form by its own limits.
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<UploadsAttribute>() is not null) return null;
        if (request.ContentLength is not <= MostFormBytes
            || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return null;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(request.Path + request.QueryString);
        foreach (var (name, values) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
        {
            Add(name);
            foreach (var value in values) Add(value ?? "");
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }

    private SessionGate Take(string session)
    {
        lock (_lock)
        {
            if (!_sessionGates.TryGetValue(session, out var gate))
            {
                if (_sessionGates.Count >= MostSessions) Forget();
                _sessionGates[session] = gate = new SessionGate();
            }
            gate.Users++;
            return gate;
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (session, gate) in _sessionGates)
            if (gate.Users == 0 && !(gate.Done is { } done && now - done.At < Lasts)) _sessionGates.Remove(session);
    }

    private sealed class SessionGate
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public int Users { get; set; }
        public Answer? Done { get; set; }
    }

    private sealed record Answer(
        string Form, DateTimeOffset At, int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body);
}
