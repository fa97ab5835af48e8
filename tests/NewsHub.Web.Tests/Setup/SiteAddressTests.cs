using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Pages.Stories.Acts;
using NewsHub.Web.Options;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Tests.Setup;

/// <summary>The paper's address is the setting Site:Url, and an empty one is as good as none wherever it is asked for.</summary>
public sealed class SiteAddressTests
{
    private const string Usual = "http://localhost:5080";

    private static SiteOptions Given(string? url) =>
        Settings.Read<SiteOptions>(new ConfigurationBuilder().AddInMemoryCollection([new("Site:Url", url)]).Build());

    [Theory]
    [InlineData(null, Usual)]
    [InlineData("", Usual)]
    [InlineData("https://lantern.example", "https://lantern.example")]
    [InlineData("https://lantern.example/", "https://lantern.example")]
    public void A_link_to_a_preview_begins_with_it(string? url, string begins)
    {
        Assert.Equal(begins, Given(url).Url);
        var page = new PreviewsModel(room: null!, new EphemeralDataProtectionProvider(), Given(url));
        var link = new PreviewLink(new StoryId(1), Actor.Clock, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        Assert.StartsWith(begins + "/preview/", page.AddressOf(link), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task What_a_reader_hands_on_and_how_the_newsroom_is_entered_are_the_same_without_it(string? url)
    {
        using var paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var app = new SwitchableStore(url is null ? [] : [("Site:Url", url)]) { Content = paper.Folder };
        // Without https there is no notice of plain http, and cookies have no prefix that needs TLS.
        var door = await app.GetAsync("/admin/sign-in");
        Assert.Equal(HttpStatusCode.OK, door.Status);
        Assert.StartsWith("newsroom-Form=", door.Header("Set-Cookie"), StringComparison.Ordinal);
        var page = (await app.GetAsync("/harbour/2025/06/30/boats")).Page;
        var mail = page.QuerySelector("a[href^='mailto:']")!.GetAttribute("href")!;
        Assert.Contains(Uri.EscapeDataString(Usual + "/harbour/2025/06/30/boats"), mail, StringComparison.Ordinal);
    }
}
