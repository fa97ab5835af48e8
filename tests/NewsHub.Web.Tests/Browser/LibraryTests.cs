using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Staff;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

[Collection<NewsroomInBrowser>]
public sealed class LibraryTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task Several_pictures_are_sent_each_with_its_progress_and_its_answer_and_the_focal_point_is_a_click()
    {
        await using var window = await SignedInAsync("lib.editor@example.org", "Lib Editor");
        var page = window.Page;
        await window.GoAsync("/admin/media");
        await page.ClickAsync(".adder summary");
        // A slow line, or the bar would be gone before it is looked at.
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.emulateNetworkConditions",
            new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = 40_000 });
        await page.SetInputFilesAsync(
            "#file", [File("quay at dawn.jpg", Shots.Jpeg(1500, 1000)), File("notes.jpg", "no picture"u8.ToArray())]);
        await page.WaitForSelectorAsync(".drop-results progress");
        await network.SendAsync("Network.emulateNetworkConditions",
            new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
        await page.WaitForSelectorAsync(".drop-results .is-refused");
        Assert.Equal(
            "notes.jpg is not a JPEG, PNG, WebP, AVIF, GIF or SVG picture.", await page.InnerTextAsync(".is-refused span:last-of-type"));
        Assert.Contains("quay-at-dawn.jpg", await page.InnerTextAsync(".is-there"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".drop-results progress").CountAsync());

        await page.ClickAsync(".is-there a");
        await page.WaitForSelectorAsync(".focus-board.is-live img");
        var box = (await page.Locator(".focus-board img").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + box.Width * 0.25f, box.Y + box.Height * 0.6f);
        Assert.Equal(("25", "60"), (await page.InputValueAsync("#Typed_FocusX"), await page.InputValueAsync("#Typed_FocusY")));
        await page.FillAsync("#Typed_Alt", "A quay at dawn");
        await page.FillAsync("#Typed_Credit", "A. Osei");
        await page.ClickAsync("main form.fields button[type=submit]");
        await page.SaidAsync();
        var picture = await room.App.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "quay-at-dawn.jpg"));
        Assert.Equal((0.25, 0.6, true), (picture.FocusX, picture.FocusY, picture.IsReady));
        // The browser itself remarks that one answer was a refusal; nothing else was amiss.
        Assert.All(window.Complaints, c => Assert.Contains("422", c, StringComparison.Ordinal));
        Assert.Empty(window.Elsewhere);
    }

    [BrowserFact]
    public async Task A_picture_is_cropped_at_its_corner_by_numbers_and_to_a_shape_and_shown_so_before_it_is_saved()
    {
        await using var window = await SignedInAsync("lib.cropper@example.org", "Lib Cropper");
        var page = window.Page;
        await window.GoAsync("/admin/media/upload");
        await page.SetInputFilesAsync("#file", [File("halves.jpg", Shots.Jpeg(1200, 800))]);
        await page.ClickAsync(".is-there a");
        await page.ClickAsync("button:text-is('Crop…')");
        await page.WaitForSelectorAsync("dialog[open] .crop-shape img");
        var corner = (await page.Locator("cropper-handle[action=se-resize]").BoundingBoxAsync())!;
        var canvas = (await page.Locator("cropper-canvas").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(corner.X + corner.Width / 2, corner.Y + corner.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(canvas.X + canvas.Width / 2, canvas.Y + canvas.Height / 4 * 3, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        var dialog = page.Locator("dialog[open]");
        Assert.InRange(await PixelsAsync("Width"), 560, 640);
        Assert.InRange(await PixelsAsync("Height"), 560, 640);

        // Moved over the edge, it stays at the edge.
        var middle = (await page.Locator("cropper-selection").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(middle.X + middle.Width / 2, middle.Y + middle.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(canvas.X + canvas.Width + 200, middle.Y + middle.Height / 2, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        Assert.Equal(1200 - await PixelsAsync("Width"), await PixelsAsync("From the left"));

        foreach (var (label, typed) in new[] { ("From the left", "0"), ("From the top", "0"), ("Width", "900"), ("Height", "900") })
        {
            await dialog.GetByLabel(label).FillAsync(typed);
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Equal("900 × 800 of 1200 × 800 pixels.", await dialog.Locator("[role=status]").TextContentAsync());
        await dialog.GetByLabel("16:9").CheckAsync();
        Assert.Equal("900 × 506 of 1200 × 800 pixels.", await dialog.Locator("[role=status]").TextContentAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Crop", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#Typed_CropWidth').value === '900'");
        await page.FillAsync("#Typed_Alt", "Red and blue");
        await page.FillAsync("#Typed_Credit", "A. Osei");
        await page.ClickAsync("main form.fields button[type=submit]");
        await page.SaidAsync();
        var picture = await room.App.FromElsewhereAsync(db => db.Pictures.SingleAsync(p => p.File == "halves.jpg"));
        Assert.Equal(new CropArea(0, 147, 900, 506), picture.Area);
        await page.WaitForFunctionAsync(
            "() => (img => img.naturalWidth / img.naturalHeight > 1.7)(document.querySelector('.focus-board img'))");
        Assert.Empty(window.Complaints);

        async Task<int> PixelsAsync(string label) =>
            int.Parse(await dialog.GetByLabel(label).InputValueAsync(), CultureInfo.InvariantCulture);
    }

    [BrowserFact]
    public async Task A_picture_is_cropped_in_the_text_where_it_stands()
    {
        await using var window = await SignedInAsync("lib.writer@example.org", "Lib Writer");
        var page = window.Page;
        await window.GoAsync("/admin/media/upload");
        await page.SetInputFilesAsync("#file", [File("upright.jpg", Shots.Jpeg(1200, 800))]);
        await page.ClickAsync(".is-there a");
        await page.FillAsync("#Typed_Alt", "Red and blue");
        await page.FillAsync("#Typed_Credit", "A. Osei");
        await page.ClickAsync("main form.fields button[type=submit]");
        await page.SaidAsync();
        var story = await room.App.FromElsewhereAsync(
            async db => (await Desk.DraftAsync(db, "A story", room.App.Time.GetUtcNow(), "One.\n\n![](upright.jpg)")).Id);
        await window.GoAsync($"/admin/stories/{story}");
        await page.ClickAsync(".shot-tools button:text-is('Crop…')");
        await page.Locator("dialog[open]").GetByLabel("1:1").CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".shot-tools [role=status]:has-text('cropped to 800 × 800')");
        await page.WaitForFunctionAsync("() => document.querySelector('.shot-here img').getAttribute('width') === '800'");
        Assert.Equal(new CropArea(200, 0, 800, 800), await room.App.FromElsewhereAsync(
            async db => (await db.Pictures.SingleAsync(p => p.File == "upright.jpg")).Area));
        Assert.Equal("Crop…", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.Empty(window.Complaints);
    }

    [BrowserFact]
    public async Task A_drop_on_the_form_is_taken_like_a_choice()
    {
        await using var window = await SignedInAsync("lib.reporter@example.org", "Lib Reporter", Role.Reporter);
        var page = window.Page;
        await window.GoAsync("/admin/media/upload");
        await page.EvaluateAsync("""
            bytes => {
              const carried = new DataTransfer();
              carried.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], "dropped.jpg", { type: "image/jpeg" }));
              const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
              document.querySelector("form.drop").dispatchEvent(drop);
            }
            """, Convert.ToBase64String(Shots.Jpeg()));
        await page.WaitForSelectorAsync(".drop-results .is-there");
        Assert.Contains("dropped.jpg", await page.InnerTextAsync(".is-there"), StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    private static FilePayload File(string name, byte[] bytes) => new() { Name = name, MimeType = "image/jpeg", Buffer = bytes };

    private async Task<Window> SignedInAsync(string email, string name, Role role = Role.Editor)
    {
        await using (var scope = room.App.Services.CreateAsyncScope())
        {
            var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            if (await staff.FindByEmailAsync(email) is null)
                Assert.True((await staff.CreateAsync(
                    new StaffMember(email, name, role, room.App.Time.GetUtcNow()) { EmailConfirmed = true },
                    Colleague.Password)).Succeeded);
        }
        var window = await room.OpenAsync();
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }
}
