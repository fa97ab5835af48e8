using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>One letter as it came over the network.</summary>
internal sealed record Letter(string Path, string Delivery, string Event, string Signature, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    public JsonElement Data => Json.GetProperty("data");

    /// <summary>As a receiver checks it, by what the newsroom's page says.</summary>
    public bool IsSignedBy(string secret, DateTimeOffset now)
    {
        var parts = Signature.Split(',').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(parts["t"] + "."), .. Body]);
        return Convert.ToHexStringLower(mac) == parts["v1"]
            && Math.Abs(now.ToUnixTimeSeconds() - long.Parse(parts["t"], System.Globalization.CultureInfo.InvariantCulture)) < 300;
    }
}

/// <summary>Somebody elsewhere, played by a server on this machine over real HTTP.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Letters.Enqueue(new Letter(context.Request.Path, context.Request.Headers["X-News-Delivery"]!,
                context.Request.Headers["X-News-Event"]!, context.Request.Headers["X-News-Signature"]!, body.ToArray()));
            await Answers(context);
        });
    }

    public ConcurrentQueue<Letter> Letters { get; } = [];

    /// <summary>What it answers; at first that all is well.</summary>
    public RequestDelegate Answers { get; set; } = Well;

    public string Host => new Uri(_app.Urls.First()).Authority;

    public static async Task<Receiver> OpenAsync()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task Well(HttpContext context) => context.Response.WriteAsync("thank you");

    public static RequestDelegate Says(int status, string text = "busy") => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    };

    /// <summary>Says nothing until whoever asks has given up.</summary>
    public static Task Hangs(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
