using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsHub.Web.Tests.Rates;

/// <summary>The publishers, played by a server on this machine over real HTTP, in their own forms and at their worst.</summary>
internal sealed class RateStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <summary>By path; an address that is not here answers 404.</summary>
    private readonly Dictionary<string, RequestDelegate> _answers = [];
    private readonly Dictionary<string, int> _asked = [];

    private RateStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            RequestDelegate? answer;
            lock (_answers)
            {
                var path = context.Request.Path.Value!;
                _asked[path] = _asked.GetValueOrDefault(path) + 1;
                answer = _answers.GetValueOrDefault(path);
            }
            if (answer is null) context.Response.StatusCode = 404;
            else await answer(context);
        });
    }

    public string Host => new Uri(_app.Urls.First()).Authority;

    public static async Task<RateStub> OpenAsync()
    {
        var stub = new RateStub();
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        stub.Says("/ecb", "text/xml", Ecb(new DateOnly(2025, 7, 1), "1.25", "0.85"));
        stub.Says("/cbn", "application/json", Cbn(new DateOnly(2025, 7, 1), "1500.5"));
        stub.Says("/er/USD", "application/json", OpenEr(1751328151, "0.81", "1510"));
        return stub;
    }

    /// <summary>The settings that lead a paper here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Rates:ecb"] = $"http://{Host}/ecb",
        ["Rates:cbn"] = $"http://{Host}/cbn",
        ["Rates:er-api"] = $"http://{Host}/er/USD",
        ["Outbound:Allow:0"] = Host,
        ["Outbound:Seconds"] = "0.5",
    };

    public static string Ecb(DateOnly day, string dollars, string pounds) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        	<gesmes:subject>Reference rates</gesmes:subject>
        	<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
        	<Cube><Cube time='{day:yyyy-MM-dd}'><Cube currency='USD' rate='{dollars}'/><Cube currency='GBP' rate='{pounds}'/></Cube></Cube>
        </gesmes:Envelope>
        """;

    public static string Cbn(DateOnly day, string naira) =>
        $$"""[{"id":71201,"currency":"US DOLLAR","ratedate":"{{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}","buyingrat"""
        + $$"""e":"1","centralrate":"{{naira}}","sellingrate":"2"}]""";

    public static string OpenEr(long at, string euros, string naira) =>
        $$$"""{"result":"success","time_last_update_unix":{{{at}}},"base_code":"USD","rates":{"USD":1,"EUR":{{{euros}}},"GBP":0.7,"JPY":"""
        + $$$"""140.5,"NGN":{{{naira}}}}}""";

    public void Says(string path, string type, string text, int status = 200) => Does(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    });

    public void Does(string path, RequestDelegate answer)
    {
        lock (_answers) _answers[path] = answer;
    }

    /// <summary>Says nothing until whoever asks has given up.</summary>
    public void Hangs(string path) =>
        Does(path, context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

    /// <summary>A word now and then, for ever.</summary>
    public void Drips(string path, string type) => Does(path, async context =>
    {
        context.Response.ContentType = type;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(50, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    });

    public void Cuts(string path, string type) => Does(path, async context =>
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = 10_000;
        await context.Response.WriteAsync("<a><Cube time='2025-07-01'>");
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Small on the way, and enormous once unpacked.</summary>
    public void Swells(string path, string type) => Does(path, async context =>
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var nothing = new byte[1024 * 1024];
        for (var i = 0; i < 64; i++) await packed.WriteAsync(nothing);
    });

    public int Asked(string path)
    {
        lock (_answers) return _asked.GetValueOrDefault(path);
    }

    /// <summary>A port at which nobody listens.</summary>
    public static string Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
