using System.Net;
using System.Text.Json;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Tests.Media;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Endpoints;

/// <summary>A paper whose pictures are in a real object store.</summary>
[NeedsProcess]
public sealed class ObjectStoreTests
{
    private const string Upload = "/admin/media/upload";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_paper_imports_into_it_serves_from_it_takes_pictures_in_and_removes_them()
    {
        var bucket = await (await SwiftServer.GetAsync()).BucketAsync();
        using var store = new S3MediaStore(bucket);
        await using var app = new PaperInBucket(bucket);
        var image = (await app.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot picture")!;
        foreach (var address in image.QuerySelectorAll("source, img")
            .Select(e => e.GetAttribute("srcset")!.Split(',')[0].Trim().Split(' ')[0]))
        {
            var made = await app.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.Equal(made, await store.ReadAsync(PathOf(address), Cancel));
            using var again = await app.Client.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.Equal(made, await again.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal("public, max-age=31536000, immutable", again.Headers.CacheControl!.ToString());
            using var asked = new HttpRequestMessage(HttpMethod.Get, address);
            asked.Headers.IfNoneMatch.Add(again.Headers.ETag!);
            using var known = await app.Client.SendAsync(asked, Cancel);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }

        using var publisher = await Colleague.SignedInAsync(app, Role.Publisher);
        var bytes = Shots.Jpeg(creator: "A. Osei");
        var before = await store.ListBelowAsync("originals", Cancel);
        var taken = await publisher.UploadByScriptAsync(Upload, "quay.jpg", bytes);
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        var original = Assert.Single((await store.ListBelowAsync("originals", Cancel)).Except(before));
        using var json = JsonDocument.Parse(taken.Text);
        var page = await publisher.GetAsync(json.RootElement.GetProperty("editAddress").GetString()!);
        var shot = page.Page.QuerySelector("img[src^='/media/']")!.GetAttribute("src")!;
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync(shot)).Status);
        Assert.True(await store.HasAsync(PathOf(shot), Cancel));

        var removed = await publisher.SubmitAsync($"{page.Path}/remove", new() { ["Reason"] = "The agency withdrew it." });
        Assert.Equal(HttpStatusCode.Redirect, removed.Status);
        Assert.Equal(HttpStatusCode.Gone, (await app.GetAsync(shot)).Status);
        Assert.False(await store.HasAsync(original.Path, Cancel));
        Assert.False(await store.HasAsync(PathOf(shot), Cancel));
        Assert.Equal((HttpStatusCode)422, (await publisher.UploadByScriptAsync(Upload, "other.jpg", bytes)).Status);
        Assert.Contains("quay.jpg", (await publisher.GetAsync("/admin/media/removed")).Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(app.Data, "media")));
    }

    [Fact]
    public async Task With_a_public_address_a_picture_leads_there_once_it_is_made()
    {
        var swift = await SwiftServer.GetAsync();
        var bucket = await swift.BucketAsync(isPublic: true);
        var elsewhere = swift.PublicAddressOf(bucket);
        await using var app = new PaperInBucket(bucket, elsewhere + "/");
        var answer = await app.GetAsync(SamplePaper.LeadStory);
        Assert.Contains($"img-src 'self' data: http://{swift.Endpoint.Authority};", answer.Header("Content-Security-Policy"),
            StringComparison.Ordinal);
        Assert.NotEqual("require-corp", answer.Header("Cross-Origin-Embedder-Policy"));
        Assert.DoesNotContain(swift.Endpoint.Authority, answer.Text, StringComparison.Ordinal);
        var address = answer.Page.QuerySelector(".lead-shot img")!.GetAttribute("src")!;
        // Whoever is the first gets it from us: elsewhere it is not yet.
        var made = await app.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancel);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var led = await app.SendAsync(method, address);
            Assert.Equal((HttpStatusCode.Redirect, $"{elsewhere}/{PathOf(address)}", "public, max-age=300"),
                (led.Status, led.Header("Location"), led.Header("Cache-Control")));
            Assert.Equal("cross-origin", led.Header("Cross-Origin-Resource-Policy"));
        }
        using var anybody = new HttpClient();
        using var there = await anybody.GetAsync(new Uri($"{elsewhere}/{PathOf(address)}"), Cancel);
        Assert.Equal(made, await there.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(("image/jpeg", "public, max-age=31536000, immutable"),
            (there.Content.Headers.ContentType!.ToString(), there.Headers.CacheControl!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync(address.Replace(".jpg", ".png", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task While_it_is_away_texts_are_read_pictures_are_answered_503_and_whoever_brings_one_is_told()
    {
        var swift = await SwiftServer.GetAsync();
        using var line = new BrokenLine(swift.Endpoint);
        await using var app = new PaperInBucket(await swift.BucketAsync(line.Address));
        var address = (await app.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot img")!.GetAttribute("src")!;
        using var reporter = await Colleague.SignedInAsync(app, Role.Reporter);
        var token = await reporter.TokenAsync();
        line.MostUp = 0;
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/travel")).Status);
        var picture = await app.GetAsync(address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (picture.Status, picture.Header("Retry-After")));
        Assert.DoesNotContain("immutable", picture.Header("Cache-Control") ?? "", StringComparison.Ordinal);
        var upload = await reporter.UploadByScriptAsync(Upload, "quay.jpg", Shots.Jpeg(), token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (upload.Status, upload.Header("Content-Type")));
        Assert.StartsWith("The object store that holds the pictures does not answer.",
            JsonDocument.Parse(upload.Text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var form = await reporter.UploadAsync(Upload, "main form[method=post]", ("quay.jpg", Shots.Jpeg()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.Status);
        Assert.Contains("does not answer", form.Page.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        line.MostUp = long.MaxValue;
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await reporter.UploadByScriptAsync(Upload, "quay.jpg", Shots.Jpeg(), token)).Status);
    }

    [Fact]
    public async Task A_paper_that_was_filled_before_starts_while_it_is_away()
    {
        await using var app = new PaperInBucket(
            new() { Endpoint = new Uri("http://127.0.0.1:1"), Bucket = "pictures", Key = "k", Secret = "s" }, isFilled: true);
        var lead = await app.GetAsync(SamplePaper.LeadStory);
        Assert.Equal(HttpStatusCode.OK, lead.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable,
            (await app.GetAsync(lead.Page.QuerySelector(".lead-shot img")!.GetAttribute("src")!)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/readyz")).Status);
    }

    private static string PathOf(string address)
    {
        var parts = address.Split('/');
        return $"renditions/{parts[2][..2]}/{parts[2]}/{parts[3]}";
    }
}
