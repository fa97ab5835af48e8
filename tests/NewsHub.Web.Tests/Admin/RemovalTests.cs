using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A picture that must go: off every page, its addresses gone, and not taken in again.</summary>
public sealed partial class RemovalTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_picture_is_gone_from_every_page_and_each_of_its_addresses_says_so()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var (id, key) = await LeadAsync();
        string[] pages = [
            SamplePaper.LeadStory, "/", "/technology", "/feed.xml", "/atom.xml", "/feed.json", "/technology/feed.xml", "/api/v1/stories",
            "/sitemaps/news.xml", "/sitemaps/2025-07.xml",
        ];
        var addresses = new HashSet<string>();
        foreach (var page in pages) addresses.UnionWith(Addresses(await _app.GetAsync(page), key));
        Assert.True(addresses.Count > 12, $"{addresses.Count} addresses were found.");
        foreach (var address in addresses.Order().Take(8)) Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync(address)).Status);
        var original = Directory.GetFiles(Path.Combine(_app.Data, "media", "originals"), "*", SearchOption.AllDirectories).Length;

        var form = await publisher.GetAsync($"/admin/media/{id}/remove");
        Assert.Contains("One live story uses it", form.Page.QuerySelector(".lede")!.TextContent, StringComparison.Ordinal);
        var refused = await publisher.SendAsync(form, new() { ["Reason"] = " " });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "#Reason"), (refused.Status, refused.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        Assert.Equal(
            "/admin/media/removed", (await publisher.SendAsync(form, new() { ["Reason"] = "The agency withdrew it." })).Header("Location"));

        await NewsHubApp.EventuallyAsync(
            async () => Addresses(await _app.GetAsync(SamplePaper.LeadStory), key).Count == 0, "the article is without the picture");
        foreach (var page in pages) Assert.Empty(Addresses(await _app.GetAsync(page), key));
        Assert.DoesNotContain(key, (await _app.GetAsync(SamplePaper.LeadStory)).Text, StringComparison.Ordinal);
        foreach (var address in addresses)
        {
            var gone = await _app.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.Gone, "public, max-age=300"), (address, gone.Status, gone.Header("Cache-Control")));
            Assert.Equal(HttpStatusCode.Gone, (await _app.SendAsync(HttpMethod.Head, address)).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"/media/{key}/full-321.png")).Status);
        Assert.False(Directory.Exists(Path.Combine(_app.Data, "media", "renditions", key[..2], key)));
        // Less the original; with a note for the bytes and one for the address.
        Assert.Equal(
            original + 1, Directory.GetFiles(Path.Combine(_app.Data, "media", "originals"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"/admin/media/{id}")).Status);
    }

    [Fact]
    public async Task The_same_bytes_are_refused_by_hand_and_by_import_until_an_administrator_lifts_it()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var bytes = Shots.Jpeg(creator: "A. Osei");
        var address = await UploadAsync(publisher, "quay.jpg", bytes);
        await publisher.SubmitAsync($"{address}/remove", new() { ["Reason"] = "A child’s parents asked." });
        var again = await publisher.UploadByScriptAsync("/admin/media/upload", "other-name.jpg", bytes);
        using (var problem = JsonDocument.Parse(again.Text))
            Assert.Contains("was removed from the server on 1 Jul 2025 (“A child’s parents asked.”)",
                problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)422, again.Status);

        var list = await publisher.GetAsync("/admin/media/removed");
        Assert.Contains("quay.jpg", list.Page.QuerySelector(".removed")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(list.Page.QuerySelectorAll("main form"));
        var hash = (await administrator.GetAsync("/admin/media/removed")).Page.QuerySelector("input[name=hash]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await publisher.PostAsync("/admin/media/removed?handler=Lift",
            new Dictionary<string, string> { ["__RequestVerificationToken"] = await publisher.TokenAsync(), ["hash"] = hash })).Status);

        foreach (var press in new[] { 1, 2 })
            Assert.Equal((press, HttpStatusCode.Redirect), (
                press,
                (await administrator.PostAsync("/admin/media/removed?handler=Lift", new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = await administrator.TokenAsync(),
                    ["hash"] = hash,
                })).Status));
        Assert.StartsWith("/admin/media/", await UploadAsync(publisher, "quay.jpg", bytes), StringComparison.Ordinal);
        Assert.Equal([Act.RemovePicture, Act.LiftRemoval], await _app.FromElsewhereAsync(db => db.Events
            .Where(e => e.Act == Act.RemovePicture || e.Act == Act.LiftRemoval)
            .OrderBy(e => e.Id)
            .Select(e => e.Act)
            .ToListAsync()));
    }

    [Fact]
    public async Task Only_a_publisher_who_has_proved_it_lately_removes_anything()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var (id, _) = await LeadAsync();
        Assert.DoesNotContain("/remove", (await editor.GetAsync($"/admin/media/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.GetAsync($"/admin/media/{id}/remove")).Status);
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        Assert.Contains($"/admin/media/{id}/remove", (await publisher.GetAsync($"/admin/media/{id}")).Text, StringComparison.Ordinal);
        var form = await publisher.GetAsync($"/admin/media/{id}/remove");
        _app.Time.Advance(TimeSpan.FromMinutes(11));
        var asked = await publisher.SendAsync(form, new() { ["Reason"] = "x" });
        Assert.Contains("/admin/prove", asked.Header("Location"), StringComparison.Ordinal);
        Assert.True(await _app.FromElsewhereAsync(db => db.Pictures.AnyAsync(p => p.Id == id)));
    }

    private async Task<(long Id, string Key)> LeadAsync()
    {
        var key = (await _app.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot img")!.GetAttribute("src")!.Split('/')[2];
        return (await _app.FromElsewhereAsync(db => db.Pictures.Where(p => p.Key == key).Select(p => p.Id).SingleAsync()), key);
    }

    private static HashSet<string> Addresses(Answer page, string key) =>
        [.. Address().Matches(page.Text).Select(m => m.Value).Where(a => a.Contains(key, StringComparison.Ordinal))];

    private static async Task<string> UploadAsync(Colleague who, string name, byte[] bytes)
    {
        using var json = JsonDocument.Parse((await who.UploadByScriptAsync("/admin/media/upload", name, bytes)).Text);
        return json.RootElement.GetProperty("editAddress").GetString()!;
    }

    [GeneratedRegex("/media/[0-9a-f]{20}/[a-z0-9-]+\\.[a-z]+")]
    private static partial Regex Address();
}
