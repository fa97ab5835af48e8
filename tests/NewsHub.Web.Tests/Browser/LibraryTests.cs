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
