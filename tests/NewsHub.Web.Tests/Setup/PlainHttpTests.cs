using System.Net;

namespace NewsHub.Web.Tests.Setup;

/// <summary>The paper is read by https, and the program is not told so.</summary>
public sealed class PlainHttpTests
{
    private static SwitchableStore Behind(params (string Name, string Value)[] settings) =>
        new([("Site:Url", "https://lantern.example"), .. settings]);

    private static async Task<Answer> SendAsync(NewsHubApp app, HttpMethod method, string path, string? proto = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("Email", "ada@example.org")]);
        if (proto is not null) request.Headers.Add("X-Forwarded-Proto", proto);
        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    [Theory]
    [InlineData("GET", "/admin/sign-in")]
    [InlineData("POST", "/admin/sign-in")]
    [InlineData("GET", "/admin/forgotten")]
    [InlineData("POST", "/admin/forgotten")]
    [InlineData("GET", "/admin")]
    [InlineData("GET", "/admin/set-up?key=x")]
    public async Task The_newsroom_says_which_setting_is_missing(string method, string path)
    {
        await using var app = Behind();
        var answer = await SendAsync(app, new HttpMethod(method), path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.All(["X-Forwarded-Proto", "Proxies:Known", "Site:Url", "https://lantern.example/admin"],
            words => Assert.Contains(words, answer.Text, StringComparison.Ordinal));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        // Readers need no cookie to read.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, HttpMethod.Get, "/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, HttpMethod.Get, "/readyz")).Status);
    }

    [Fact]
    public async Task A_paper_that_is_read_by_plain_http_has_its_newsroom_there()
    {
        await using var app = new SwitchableStore(("Site:Url", "http://localhost"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, HttpMethod.Get, "/admin/sign-in")).Status);
    }
}
