using System.Net;

namespace NewsHub.Web.Tests.Reader;

/// <summary>Addresses that other systems wrote lead to the story, however readers' links spell them.</summary>
public sealed class FormerAddressTests : IDisposable
{
    private const string Story = "/harbour/2025/06/30/boats";
    private readonly MadeUpPaper _paper = new();
    private readonly NewsHubApp _app;

    public FormerAddressTests()
    {
        _paper.Story("2025-06-30", "boats", "Boats are back", """
            formerly:
              - "/archiv/Über-uns/"
              - "/old/ภาษาไทย-1234"
              - "/2019/05/a–dash"
              - "/?p=123"
              - "/index.php/2019/05/old.html"
              - "/article.php?id=77"
              - "/2019/05/Old-Post"
              - "/archive/a%20b"
              - "/technology/old-s"
            """ + "\n  - \"/2019/05/cafe\u0301\"");
        _app = new NewsHubApp { Content = _paper.Folder };
    }

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    [Theory]
    [InlineData("/archiv/%C3%9Cber-uns/")]
    [InlineData("/archiv/%C3%BCber-uns")]
    [InlineData("/archiv/U%CC%88ber-uns")]
    [InlineData("/old/%E0%B8%A0%E0%B8%B2%E0%B8%A9%E0%B8%B2%E0%B9%84%E0%B8%97%E0%B8%A2-1234")]
    [InlineData("/2019/05/a%E2%80%93dash")]
    [InlineData("/?p=123")]
    [InlineData("/?P=123")]
    [InlineData("/index.php/2019/05/old.html")]
    [InlineData("/article.php?id=77")]
    [InlineData("/2019/05/Old-Post")]
    [InlineData("/2019/05/old-post/")]
    [InlineData("/2019/05/OLD-POST")]
    [InlineData("/archive/a%20b")]
    [InlineData("/technology/old-s")]
    [InlineData("/2019/05/caf%C3%A9")]
    [InlineData("/2019/05/cafe%CC%81")]
    [InlineData("/2019/05/CAF%C3%89")]
    public async Task A_former_address_leads_there(string asked)
    {
        for (var i = 0; i < 2; i++)
        {
            var answer = await _app.GetAsync(asked);
            Assert.Equal((HttpStatusCode.MovedPermanently, Story), (answer.Status, answer.Header("Location")));
        }
    }

    [Theory]
    [InlineData("/?p=124", HttpStatusCode.OK)]
    [InlineData("/?utm_source=letter", HttpStatusCode.OK)]
    [InlineData("/article.php?id=78", HttpStatusCode.NotFound)]
    [InlineData("/article.php", HttpStatusCode.NotFound)]
    [InlineData("/2019/05/cafe", HttpStatusCode.NotFound)]
    [InlineData("/tags/%EF%BF%BE", HttpStatusCode.NotFound)]
    public async Task Any_other_is_what_it_was(string asked, HttpStatusCode status) =>
        Assert.Equal(status, (await _app.GetAsync(asked)).Status);
}
