using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Web.Http;

namespace NewsHub.Web.Tests.Admin;

public sealed class UploadTests : IDisposable
{
    private const string Upload = "/admin/media/upload";
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_script_is_told_the_file_whether_it_is_ready_and_where_to_describe_it()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var answer = await reporter.UploadByScriptAsync(
            Upload, "Harbour at Dawn.PNG", Shots.Jpeg(creator: "A. Osei", caption: "Boats at first light"));

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Equal(("harbour-at-dawn.jpg", false),
            (json.RootElement.GetProperty("file").GetString(), json.RootElement.GetProperty("ready").GetBoolean()));
        var picture = await _app.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "harbour-at-dawn.jpg"));
        Assert.Equal($"/admin/media/{picture.Id}", json.RootElement.GetProperty("editAddress").GetString());
        Assert.Equal(
            ("A. Osei", "Boats at first light", "", reporter.Name), (picture.Credit, picture.Caption, picture.Alt, picture.AddedBy));
        Assert.Contains("harbour-at-dawn-2.jpg", (await reporter.UploadByScriptAsync(Upload, "harbour-at-dawn.jpg", Shots.Jpeg())).Text,
            StringComparison.Ordinal);
        var taken = await _app.FromElsewhereAsync(db => db.Events.Where(e => e.Act == Act.AddPicture && e.After != null).ToListAsync());
        Assert.Equal(2, taken.Count(e => e.Subject.ToString()!.StartsWith("picture:harbour-at-dawn", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_script_is_told_in_words_why_a_file_is_not_taken_in()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var before = await _app.FromElsewhereAsync(db => db.Pictures.CountAsync());
        foreach (var (name, bytes, reason) in new (string, byte[], string)[]
        {
            ("page.jpg", "<html><script>alert(1)</script></html>"u8.ToArray(), "is not a JPEG, PNG, WebP, AVIF, GIF or SVG picture"),
            ("half.jpg", Shots.Jpeg()[..2000], "cannot be read as a picture"),
            ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='alert(1)'/>"u8.ToArray(),
                "runs a script (onload)"),
            ("large.jpg", new byte[PictureProcessor.MaxBytes + 1], "is larger than 40 MB"),
            ("none.jpg", [], "Choose a picture first."),
        })
        {
            var answer = await editor.UploadByScriptAsync(Upload, name, bytes);
            Assert.InRange((int)answer.Status, 400, 422);
            Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
            using var problem = JsonDocument.Parse(answer.Text);
            Assert.Contains(reason, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(before, await _app.FromElsewhereAsync(db => db.Pictures.CountAsync()));
    }

    [Fact]
    public async Task What_is_to_be_known_of_a_file_that_was_taken_in_is_said_with_and_without_scripts()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        byte[] sent = [.. Shots.Jpeg(), .. "cbipcbbl<script>alert(1)</script>"u8];
        using (var first = JsonDocument.Parse((await editor.UploadByScriptAsync(Upload, "press.jpg", sent)).Text))
            Assert.Equal(["33 bytes after the end of the picture were removed; they are not part of it."],
                first.RootElement.GetProperty("said").EnumerateArray().Select(s => s.GetString()));
        using (var second = JsonDocument.Parse((await editor.UploadByScriptAsync(Upload, "other.jpg", Shots.Jpeg())).Text))
            Assert.Equal(["The same file is already in the library, as press.jpg."],
                second.RootElement.GetProperty("said").EnumerateArray().Select(s => s.GetString()));
        var address = (await editor.UploadAsync(Upload, "form.drop", ("third.jpg", Shots.Jpeg()))).Header("Location")!;
        Assert.Contains("The same file is already in the library, as press.jpg.",
            (await editor.GetAsync(address)).Page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var several = await editor.UploadAsync(Upload, "form.drop", ("fourth.jpg", sent), ("not.jpg", "x"u8.ToArray()));
        Assert.Contains(
            several.Page.QuerySelectorAll("[role=status]"), e => e.TextContent.Contains("were removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_over_the_cap_is_answered_and_the_connection_lives()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var large = new byte[UploadsAttribute.MostBytes];
        var answer = await editor.UploadByScriptAsync(Upload, "large.jpg", large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("40 MB", answer.Text, StringComparison.Ordinal);

        var page = await editor.UploadAsync(Upload, "form.drop", ("large.jpg", large));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Contains("40 MB", page.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_several_are_sent_at_once_and_the_good_ones_are_kept()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var mixed = await editor.UploadAsync(Upload, "form.drop", ("one.jpg", Shots.Jpeg()), ("two.jpg", "no picture"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, mixed.Status);
        Assert.Equal("two.jpg is not a JPEG, PNG, WebP, AVIF, GIF or SVG picture.",
            mixed.Page.QuerySelector("#problems a[href='#file']")!.TextContent);
        Assert.Equal("one.jpg", mixed.Page.QuerySelector(".said a")!.TextContent);

        Assert.StartsWith("/admin/media/", (await editor.UploadAsync(Upload, "form.drop", ("three.jpg", Shots.Jpeg()))).Header("Location"),
            StringComparison.Ordinal);
        Assert.Matches(@"^/admin/media/describe\?picture=\d+&picture=\d+$",
            (await editor.UploadAsync(Upload, "form.drop", ("four.jpg", Shots.Jpeg()), ("five.jpg", Shots.Jpeg()))).Header("Location")!);
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.UploadAsync(Upload, "form.drop")).Status);
    }

    [Fact]
    public async Task A_stranger_or_a_forged_post_brings_nothing_in()
    {
        var before = await _app.FromElsewhereAsync(db => db.Pictures.CountAsync());
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await Colleague.Stranger(_app).UploadByScriptAsync(Upload, "x.jpg", Shots.Jpeg(), token: "none")).Status);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.UploadByScriptAsync(Upload, "x.jpg", Shots.Jpeg(), token: "none")).Status);
        Assert.Equal(before, await _app.FromElsewhereAsync(db => db.Pictures.CountAsync()));
    }
}
