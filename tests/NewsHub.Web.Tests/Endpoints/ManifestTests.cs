using System.Net;
using System.Text.Json;

namespace NewsHub.Web.Tests.Endpoints;

public sealed class ManifestTests(SamplePaper paper)
{
    [Fact]
    public async Task A_phone_is_told_the_paper_s_own_name_and_subtitle()
    {
        using var made = new MadeUpPaper();
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var answer = await lantern.GetAsync("/manifest.webmanifest");
        Assert.Equal((HttpStatusCode.OK, "application/manifest+json"), (answer.Status, answer.Header("Content-Type")));
        using var manifest = JsonDocument.Parse(answer.Text);
        string? Said(string name) => manifest.RootElement.GetProperty(name).GetString();
        Assert.Equal(("The Lantern", "The Lantern", "News of a small harbour", "/"),
            (Said("name"), Said("short_name"), Said("description"), Said("start_url")));
        Assert.DoesNotContain("E-News", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_icon_is_there_and_is_what_it_says()
    {
        using var manifest = JsonDocument.Parse((await paper.GetAsync("/manifest.webmanifest")).Text);
        var icons = manifest.RootElement.GetProperty("icons").EnumerateArray().ToList();
        Assert.Equal(["any", "192x192", "512x512"], icons.Select(i => i.GetProperty("sizes").GetString()));
        foreach (var icon in icons)
        {
            var answer = await paper.GetAsync(icon.GetProperty("src").GetString()!);
            Assert.Equal((HttpStatusCode.OK, icon.GetProperty("type").GetString()), (answer.Status, answer.Header("Content-Type")));
        }
    }

    [Fact]
    [NeedsProcess]
    public async Task A_new_name_is_in_the_manifest_too_and_the_old_one_was_kept_until_then()
    {
        using var made = new MadeUpPaper();
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var before = await lantern.GetAsync("/manifest.webmanifest");
        Assert.NotNull(before.Header("ETag"));
        Assert.Equal(before.Header("ETag"), (await lantern.GetAsync("/manifest.webmanifest")).Header("ETag"));
        made.Write("site.json", """{ "name": "The Beacon" }""");
        Assert.Equal(0, (await Commands.Program.RunAsync(["import", made.Folder, "--data", lantern.Data])).Code);
        await NewsHubApp.EventuallyAsync(
            async () => (await lantern.GetAsync("/manifest.webmanifest")).Text.Contains("The Beacon", StringComparison.Ordinal),
            "the manifest has the new name");
    }
}
