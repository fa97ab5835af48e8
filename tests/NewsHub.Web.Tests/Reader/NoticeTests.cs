using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class NoticeTests(SamplePaper paper)
{
    [Theory]
    [InlineData("/nothing-here", 404)]
    [InlineData("/a/b/c/d/e/f", 404)]
    [InlineData("/sport/2025/01/01/never-printed", 404)]
    [InlineData("/sport/2025/13/45/no-such-day", 404)]
    [InlineData("/sport/x/y/z/w", 404)]
    [InlineData("/error/404", 404)]
    [InlineData("/error/200", 404)]
    [InlineData("/error/302", 404)]
    [InlineData("/error/410", 404)]
    [InlineData("/error/x", 404)]
    [InlineData("/media/x/y", 404)]
    [InlineData("/index.php", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/%E0%A4%A", 404)]
    [InlineData("/science?after=bad", 400)]
    [InlineData("/error/500", 404)]
    [InlineData("/error/503", 404)]
    public async Task What_is_not_there_is_the_paper_all_the_same(string path, int status)
    {
        var answer = await paper.GetAsync(path);
        Assert.Equal(status, (int)answer.Status);
        AssertIsNotice(answer);
        Assert.StartsWith(
            status.ToString(System.Globalization.CultureInfo.InvariantCulture), new NoticePage(answer.Page).Mark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", SamplePaper.LeadStory)]
    [InlineData("PATCH", "/editions/27")]
    [InlineData("POST", SamplePaper.LeadStory)]
    [InlineData("POST", "/science")]
    [InlineData("POST", "/about")]
    [InlineData("POST", "/healthz")]
    [InlineData("OPTIONS", "/")]
    [InlineData("OPTIONS", SamplePaper.LeadStory)]
    [InlineData("TRACE", "/")]
    [InlineData("BREW", "/")]
    public async Task A_page_can_only_be_read(string method, string path)
    {
        var answer = await paper.SendAsync(new HttpMethod(method), path);
        Assert.Equal(405, (int)answer.Status);
        AssertIsNotice(answer);
        Assert.StartsWith("405", new NoticePage(answer.Page).Mark, StringComparison.Ordinal);
        Assert.Contains("GET", answer.Header("Allow") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Nothing_is_not_there_for_any_method(string method)
    {
        var answer = await paper.SendAsync(new HttpMethod(method), "/a/b/c/d/e/f");
        Assert.Equal(404, (int)answer.Status);
        AssertIsNotice(answer);
    }

    [Fact]
    public async Task A_notice_does_not_echo_what_was_asked()
    {
        var answer = await paper.GetAsync("/%3Cscript%3Ealert(1)%3C/script%3E?q=%3Cb%3Esentinel");
        Assert.DoesNotContain("alert(1)", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sentinel", answer.Text, StringComparison.Ordinal);
    }

    private static void AssertIsNotice(Answer answer)
    {
        var notice = new NoticePage(answer.Page);
        Assert.Equal("E-News", notice.Name);
        Assert.NotNull(notice.Ticker);
        Assert.Contains("/", notice.Ways);
        Assert.Contains("/editions", notice.Ways);
        Assert.True(notice.IsHiddenFromSearch);
        Assert.Null(notice.Canonical);
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
    }
}
