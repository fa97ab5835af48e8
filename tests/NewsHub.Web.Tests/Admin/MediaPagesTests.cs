using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;

namespace NewsHub.Web.Tests.Admin;

public sealed class MediaPagesTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_grid_finds_by_words_and_by_what_a_picture_lacks_and_goes_on_without_repeats()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        await UploadAsync(reporter, "quay.jpg");
        Assert.Equal(["quay.jpg"], await NamesAsync(reporter, "/admin/media?show=lacking"));
        Assert.Equal(["quay.jpg"], await NamesAsync(reporter, "/admin/media?show=unused&q=QUAY"));
        Assert.Equal(["nuthatch.jpg"], await NamesAsync(reporter, "/admin/media?q=trunk+baubkus"));
        Assert.Empty(await NamesAsync(reporter, "/admin/media?q=%25"));
        Assert.Empty(await NamesAsync(reporter, "/admin/media?show=retired"));
        Assert.Equal(HttpStatusCode.BadRequest, (await reporter.GetAsync("/admin/media?after=x")).Status);

        var all = new List<string>();
        for (var next = "/admin/media"; next is not null;)
        {
            var page = await reporter.GetAsync(next);
            all.AddRange(page.Page.QuerySelectorAll(".shot-name").Select(n => n.TextContent));
            next = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(await _app.FromElsewhereAsync(db => db.Pictures.OrderByDescending(p => p.Id).Select(p => p.File).ToListAsync()), all);
    }

    [Fact]
    public async Task Pictures_of_a_batch_are_described_on_one_sheet_with_one_credit_for_all()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        foreach (var name in (string[])["one.jpg", "two.jpg", "three.jpg"]) await UploadAsync(reporter, name);
        var open = await reporter.GetAsync("/admin/media/describe");
        Assert.Equal(["three.jpg", "two.jpg", "one.jpg"], open.Page.QuerySelectorAll(".shot-name").Select(n => n.TextContent));
        // Tab goes from one alt text to the next: nothing that it stops at stands between them.
        Assert.Equal(["Rows[0].Alt", "Rows[1].Alt", "Rows[2].Alt", "CreditForAll"],
            open.Page.QuerySelectorAll("form.contact-sheet :is(a, input, textarea, button):not([type=hidden], [tabindex='-1'])")
                .Take(4).Select(field => field.GetAttribute("name")));

        // A colleague describes one meanwhile: what is not changed on the sheet leaves it alone.
        var two = await _app.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "two.jpg"));
        await editor.SubmitAsync(
            $"/admin/media/{two.Id}", new() { ["Typed.Alt"] = "Two boats", ["Typed.Credit"] = "B. Ford" }, "form.fields");
        var saved = await reporter.SendAsync(open, new()
        {
            ["CreditForAll"] = "A. Osei",
            ["Rows[0].Alt"] = "Three boats",
            ["Rows[2].Alt"] = "",
        }, "form.contact-sheet");

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var all = await _app.FromElsewhereAsync(db => db.Pictures
            .Where(p => p.AddedBy == reporter.Name).OrderBy(p => p.Id).Select(p => new { p.Alt, p.Credit }).ToListAsync());
        Assert.Equal([("", "A. Osei"), ("Two boats", "B. Ford"), ("Three boats", "A. Osei")], all.Select(p => (p.Alt, p.Credit)));
        var said = (await reporter.GetAsync("/admin/media")).Page.QuerySelector(".said")!.TextContent;
        Assert.Contains("1 still lack", said, StringComparison.Ordinal);

        var wrong = await reporter.SubmitAsync(
            "/admin/media/describe", new() { ["Rows[0].Alt"] = new string('a', 1001) }, "form.contact-sheet");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.NotNull(wrong.Page.QuerySelector("[name='Rows[0].Alt'][aria-invalid=true]"));
    }

    [Fact]
    public async Task A_picture_is_usable_once_it_has_alt_text_and_credit_and_what_is_missing_is_told_at_its_field()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var page = await UploadAsync(reporter, "quay.jpg");
        var wrong = await reporter.SubmitAsync(
            page, new() { ["Typed.Alt"] = " ", ["Typed.Caption"] = "A quay", ["Typed.FocusX"] = "120" }, "form.fields");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(["#Typed_Alt", "#Typed_Credit", "#Typed_FocusX"],
            wrong.Page.QuerySelectorAll("#problems a").Select(a => a.GetAttribute("href")!).Order());
        Assert.Equal(("A quay", "true"), (
            wrong.Page.QuerySelector("#Typed_Caption")!.TextContent, wrong.Page.QuerySelector("#Typed_Alt")!.GetAttribute("aria-invalid")));

        Assert.Equal(HttpStatusCode.Redirect, (await reporter.SubmitAsync(page,
            new() { ["Typed.Alt"] = "A quay at dawn", ["Typed.Credit"] = "A. Osei", ["Typed.FocusX"] = "20" }, "form.fields")).Status);
        var picture = await _app.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "quay.jpg"));
        Assert.True(picture.IsReady);
        Assert.Equal(0.2, picture.FocusX);
        var line = await _app.FromElsewhereAsync(db => db.Events.OrderBy(e => e.Id).LastAsync());
        Assert.Equal((Act.ChangePicture, "picture:quay.jpg", reporter.Name), (line.Act, line.Subject.ToString(), line.By.Name));
        Assert.Contains("A quay at dawn", line.After, StringComparison.Ordinal);
        Assert.DoesNotContain("A quay at dawn", line.Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crop_within_the_file_is_printed_and_keeps_the_focal_point_where_it_is_in_the_picture()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var page = await UploadAsync(reporter, "quay.jpg");
        await reporter.SubmitAsync(page, new() { ["Typed.Alt"] = "A quay", ["Typed.Credit"] = "A. Osei" }, "form.fields");
        var wrong = await reporter.SubmitAsync(page, new() { ["Typed.CropLeft"] = "600", ["Typed.CropWidth"] = "400" }, "form.fields");
        Assert.Equal((HttpStatusCode.BadRequest, "#Typed_CropLeft"),
            (wrong.Status, wrong.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        Assert.Equal("400", wrong.Page.QuerySelector("#Typed_CropWidth")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.BadRequest,
            (await reporter.SubmitAsync(page, new() { ["Typed.CropTop"] = "99999999999" }, "form.fields")).Status);
        var old = await reporter.GetAsync(page);

        await reporter.SubmitAsync(page, new()
        {
            ["Typed.CropLeft"] = "300",
            ["Typed.CropTop"] = "200",
            ["Typed.CropWidth"] = "600",
            ["Typed.CropHeight"] = "400",
        }, "form.fields");
        var picture = await _app.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "quay.jpg"));
        Assert.Equal(new CropArea(300, 200, 600, 400), picture.Area);
        Assert.Equal((0.25, 0.25), (picture.FocusX, picture.FocusY));
        // A form from before the crop does not take it back: what was typed of the words stays, and the crop is shown as it is.
        var late = await reporter.SendAsync(old, new() { ["Typed.Alt"] = "A quay at noon" }, "form.fields");
        Assert.Equal((HttpStatusCode.BadRequest, "A quay at noon", "600"), (late.Status,
            late.Page.QuerySelector("#Typed_Alt")!.TextContent, late.Page.QuerySelector("#Typed_CropWidth")!.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Redirect, (await reporter.SendAsync(late, [], "form.fields")).Status);
        Assert.Equal(picture.Area, await _app.FromElsewhereAsync(
            async db => (await db.Pictures.SingleAsync(p => p.Alt == "A quay at noon")).Area));
        Assert.Contains("/full-600.jpg", (await reporter.GetAsync(page)).Text, StringComparison.Ordinal);
        var whole = await reporter.GetAsync($"{page}?handler=Whole");
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (whole.Status, whole.Header("Content-Type")));
        Assert.Equal(HttpStatusCode.NotFound, (await reporter.GetAsync("/admin/media/999999?handler=Whole")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_that_moves_is_taken_in_as_the_papers_setting_says(bool moves)
    {
        using var chief = await Colleague.SignedInAsync(_app, Role.Administrator);
        await chief.SubmitAsync("/admin/settings", moves ? new() { ["PrintsAnimations"] = "true" } : [], "form.settings");
        using var json = JsonDocument.Parse((await chief.UploadByScriptAsync("/admin/media/upload", "flag.gif", Shots.MovingGif())).Text);
        Assert.Equal(moves ? 0 : 1, json.RootElement.GetProperty("said").GetArrayLength());
        var picture = await _app.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "flag.gif"));
        Assert.Equal(moves, picture.IsAnimated);
        var address = new Rendition(picture.Key, Crop.Animated, picture.Width, "webp").Address;
        Assert.Equal(moves ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await _app.GetAsync(address)).Status);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Another_file_in_a_live_pictures_place_is_on_its_pages_within_a_second_and_the_old_address_still_answers()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var address = await LeadAsync();
        var file = await _app.FromElsewhereAsync(async db => (await db.Stories
            .Where(s => s.Address == SamplePaper.LeadStory)
            .SelectMany(s => s.Revisions)
            .Select(r => r.Text.Picture)
            .FirstAsync())!.File);
        var id = await _app.FromElsewhereAsync(db => db.Pictures.Where(p => p.File == file).Select(p => p.Id).SingleAsync());
        var page = await editor.GetAsync($"/admin/media/{id}");
        Assert.Contains("Live", page.Page.QuerySelector(".places .state")!.TextContent, StringComparison.Ordinal);

        var refused = await editor.UploadAsync($"/admin/media/{id}/replace", "main form", ("x.jpg", "no picture"u8.ToArray()));
        Assert.Equal((HttpStatusCode.BadRequest, "x.jpg is not a JPEG, PNG, WebP, AVIF, GIF or SVG picture."),
            (refused.Status, refused.Page.QuerySelector("#problems a")!.TextContent));
        Assert.Equal($"/admin/media/{id}",
            (await editor.UploadAsync($"/admin/media/{id}/replace", "main form", ("other.jpg", Shots.Jpeg()))).Header("Location"));

        await NewsHubApp.EventuallyAsync(async () => await LeadAsync() != address, "the article shows the new picture");
        foreach (var front in new[] { "/", "/technology" })
            Assert.DoesNotContain(address.Split('/')[2], (await _app.GetAsync(front)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync(await LeadAsync())).Status);
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync(address)).Status);

        async Task<string> LeadAsync() => (await _app.ArticleAsync(SamplePaper.LeadStory)).One(".lead-shot img")!.GetAttribute("src")!;
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_retired_picture_leaves_the_grid_and_comes_back()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var page = await UploadAsync(editor, "quay.jpg");
        await editor.SubmitAsync(page, form: "form.retire");
        Assert.Equal(["quay.jpg"], await NamesAsync(editor, "/admin/media?show=retired"));
        Assert.DoesNotContain("quay.jpg", await NamesAsync(editor, "/admin/media"));
        await editor.SubmitAsync(page, form: "form.retire");
        Assert.Contains("quay.jpg", await NamesAsync(editor, "/admin/media"));
        Assert.Equal(["retired", "brought back"], await _app.FromElsewhereAsync(
            db => db.Events.Where(e => e.Act == Act.ChangePicture).OrderBy(e => e.Id).Select(e => e.Note).ToListAsync()));
    }

    [Fact]
    public async Task A_reporter_changes_no_picture_that_is_not_theirs_and_a_crafted_post_changes_nothing()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        var before = await _app.FromElsewhereAsync(db => db.Pictures.AsNoTracking().SingleAsync(p => p.Id == 1));
        var page = await reporter.GetAsync("/admin/media/1");
        Assert.Equal((HttpStatusCode.OK, 0), (page.Status, page.Page.QuerySelectorAll("main button").Length));
        Dictionary<string, string> fields = new()
        {
            ["__RequestVerificationToken"] = await reporter.TokenAsync(),
            ["Typed.Alt"] = "x",
            ["Typed.Credit"] = "x",
            ["Typed.FocusX"] = "1",
            ["Typed.FocusY"] = "1",
            ["back"] = "false",
        };
        foreach (var path in new[] { "/admin/media/1", "/admin/media/1?handler=Retire", "/admin/media/1/replace" })
            Assert.Equal(HttpStatusCode.Forbidden, (await reporter.PostAsync(path, fields)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync("/admin/media/1/replace")).Status);
        var after = await _app.FromElsewhereAsync(db => db.Pictures.AsNoTracking().SingleAsync(p => p.Id == 1));
        Assert.Equal((before.Alt, before.Credit, before.Key, before.RetiredAt), (after.Alt, after.Credit, after.Key, after.RetiredAt));
    }

    private static async Task<string> UploadAsync(Colleague who, string name)
    {
        using var json = JsonDocument.Parse((await who.UploadByScriptAsync("/admin/media/upload", name, Shots.Jpeg())).Text);
        return json.RootElement.GetProperty("editAddress").GetString()!;
    }

    private static async Task<List<string>> NamesAsync(Colleague who, string path) =>
        [.. (await who.GetAsync(path)).Page.QuerySelectorAll(".shot-name").Select(n => n.TextContent)];
}
