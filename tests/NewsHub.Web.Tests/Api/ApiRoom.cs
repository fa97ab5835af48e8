using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace NewsHub.Web.Tests.Api;

/// <summary>A made-up paper that a program reads.</summary>
internal sealed class ApiRoom : IAsyncDisposable
{
    public const string Site = "https://lantern.example";
    private readonly MadeUpPaper _paper;

    public ApiRoom(Action<MadeUpPaper>? more = null)
    {
        _paper = new MadeUpPaper()
            .Story("2025-06-26", "boats", "Boats are back", "tags: [Boats, Tides]")
            .Story("2025-06-27", "nets", "Nets are out", "tags: [Boats]")
            .Story("2025-06-28", "storm", "A storm is coming")
            .Edition(1, "2025-06-27", "2025-06-27-nets", "2025-06-26-boats").Edition(2, "2025-06-28", "2025-06-28-storm");
        more?.Invoke(_paper);
        App = new Lit { Content = _paper.Folder };
    }

    public NewsHubApp App { get; }

    private sealed class Lit : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Site:Url", Site + "/");
        }
    }

    public async Task<JsonElement> JsonAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await App.GetAsync(path);
        Assert.True(answer.Status == status, $"{path} answered {(int)answer.Status}: {answer.Text}");
        Assert.StartsWith(status is HttpStatusCode.OK ? "application/json" : "application/problem+json", answer.Header("Content-Type"),
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(answer.Text);
        return json.RootElement.Clone();
    }

    public async Task<string> ProblemAsync(string path, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        (await JsonAsync(path, status)).GetProperty("detail").GetString()!;

    /// <summary>The headlines of a list.</summary>
    public async Task<string[]> HeadlinesAsync(string path) =>
        [.. (await JsonAsync(path)).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("headline").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _paper.Dispose();
    }
}
