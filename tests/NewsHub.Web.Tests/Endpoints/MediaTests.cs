using System.Net;
using AngleSharp.Dom;

namespace NewsHub.Web.Tests.Endpoints;

public sealed class MediaTests(SamplePaper paper)
{
    [Fact]
    public async Task A_rendition_has_its_type_is_kept_for_good_and_is_made_once()
    {
        var image = (await paper.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot picture")!;
        var addresses = image.QuerySelectorAll("source, img")
            .Select(e => e.GetAttribute("srcset")!.Split(',')[0].Trim().Split(' ')[0])
            .ToList();
        Assert.Equal(3, addresses.Count);
        foreach (var address in addresses)
        {
            using var answer = await paper.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var format = Path.GetExtension(address)[1..];
            Assert.Equal(format == "jpg" ? "image/jpeg" : $"image/{format}", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.True(format switch
            {
                "avif" => bytes.AsSpan(4, 8).SequenceEqual("ftypavif"u8),
                "webp" => bytes.AsSpan(8, 4).SequenceEqual("WEBP"u8),
                _ => bytes.AsSpan(0, 2).SequenceEqual((byte[])[0xFF, 0xD8]),
            });
            var file = Assert.Single(
                Directory.GetFiles(Path.Combine(paper.Data, "media", "renditions"), Path.GetFileName(address), SearchOption.AllDirectories),
                f => f.Contains(address.Split('/')[2], StringComparison.Ordinal));
            var made = File.GetLastWriteTimeUtc(file);
            Assert.Equal(
                bytes, await paper.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken));
            Assert.Equal(made, File.GetLastWriteTimeUtc(file));
            using var asked = new HttpRequestMessage(HttpMethod.Get, address);
            asked.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var known = await paper.Client.SendAsync(asked, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }
    }

    [Fact]
    public async Task Many_who_ask_at_once_for_a_new_rendition_get_the_same_bytes()
    {
        var address = (await paper.ParseAsync("/travel")).QuerySelector("main img")!.GetAttribute("src")!;
        var all = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => paper.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken)));
        Assert.All(all, bytes => Assert.Equal(all[0], bytes));
    }

    [Fact]
    public async Task What_is_no_rendition_is_a_404_and_nothing_is_made_of_it()
    {
        var good = (await paper.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot img")!.GetAttribute("src")!;
        var (key, name) = (good.Split('/')[2], good.Split('/')[3]);
        var before = Directory.GetFiles(Path.Combine(paper.Data, "media"), "*", SearchOption.AllDirectories).Length;
        foreach (var bad in new[]
        {
            $"/media/{key}/full-321.jpg", $"/media/{key}/full-99999.jpg", $"/media/{key}/full-0.jpg", $"/media/{key}/full--320.jpg",
            $"/media/{key}/full-0320.jpg", $"/media/{key}/full-320.png", $"/media/{key}/full-320.gif",
            $"/media/{key}/full-320.svg", $"/media/{key}/full-320.JPG", $"/media/{key}/full-320.jpg.jpg", $"/media/{key}/wide-320.jpg",
            $"/media/{key}/full-320", $"/media/{key}/full-99999999999.jpg", $"/media/{key}/full-3e2.jpg",
            $"/media/{key}", "/media", $"/media/{key[..^1]}0x/{name}", $"/media/00000000000000000000/{name}",
            $"/media/{key}/..%2f..%2fnews.db", $"/media/..%2f..%2fnews.db/{name}", $"/media/{key[..^1]}/{name}",
            $"/media/{key.ToUpperInvariant()}/{name}",
            "/media/originals/00/0000", "/media/laptop-ring.svg",
        })
        {
            var answer = await paper.GetAsync(bad);
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{bad} answered {(int)answer.Status}.");
            Assert.DoesNotContain("immutable", answer.Header("Cache-Control") ?? "", StringComparison.Ordinal);
        }
        Assert.Equal(before, Directory.GetFiles(Path.Combine(paper.Data, "media"), "*", SearchOption.AllDirectories).Length);
    }
}
