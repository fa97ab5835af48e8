namespace NewsHub.Web.Tests.Live;

/// <summary>What a reader's browser sends from a page of the paper.</summary>
internal static class Post
{
    public static async Task<Answer> SendAsync(HttpClient client, string path, string? kind = null, string? cookie = null, bool script =
        true, string? site = "same-origin", string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(kind is null ? [] : new Dictionary<string, string> { ["kind"] = kind }),
        };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (script) request.Headers.Add("Accept", "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>The cookie that an answer sets, as the next request sends it; null for none.</summary>
    public static string? Cookie(Answer answer) => answer.Header("Set-Cookie")?.Split(';')[0];
}
