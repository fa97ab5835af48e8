using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>With the browser's own make-believe authenticator, on localhost: an address of four numbers is no
/// domain for a passkey.</summary>
[Collection<NewsroomInBrowser>]
public sealed class PasskeyTests(BrowserRoom room)
{
    private string Home => $"http://localhost:{new Uri(room.Address).Port.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<ICDPSession> AuthenticatorAsync(Window window)
    {
        var devtools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return devtools;
    }

    [BrowserFact]
    public async Task A_passkey_is_added_named_signs_in_proves_it_again_and_once_removed_opens_nothing()
    {
        await Colleague.HireAsync(room.App, Role.Editor, "Pas Key", "pas.key@example.org");
        await using var window = await room.OpenAsync();
        var page = window.Page;
        await page.GotoAsync($"{Home}/admin/sign-in");
        await page.FillAsync("#Email", "pas.key@example.org");
        await page.FillAsync("#Password", Colleague.Password);
        await page.ClickAsync("main form:first-of-type button");
        await page.ArrivesAtAsync("**/admin");
        await AuthenticatorAsync(window);

        await page.GotoAsync($"{Home}/admin/account/passkeys");
        await page.FillAsync(".new-passkey input[name=Name]", "Telephone");
        await page.ClickAsync(".new-passkey button");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync("Telephone can be used to sign in");
        await page.FillAsync("[aria-label='Name of Telephone']", "Old telephone");
        await page.ClickAsync("form[action$='handler=name'] button");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync("Old telephone");

        // Seen by its answer: the page may sign in by itself before one has looked where it is.
        await page.RunAndWaitForResponseAsync(
            () => page.ClickAsync(".rail-me form button"), answer => answer.Url.EndsWith("/admin/sign-in", StringComparison.Ordinal));
        // Offered in the address field's suggestions, the make-believe authenticator takes it by itself; elsewhere the button asks.
        await AskAsync(page);
        await page.ArrivesAtAsync("**/admin");
        Assert.Equal("by passkey", await room.App.FromElsewhereAsync(db => db.Events
            .Where(e => e.Act == Act.SignIn && e.Subject == EventSubject.Staff("Pas Key"))
            .OrderByDescending(e => e.Id)
            .Select(e => e.Note)
            .FirstAsync()));

        room.App.Time.Advance(TimeSpan.FromMinutes(11));
        await page.GotoAsync($"{Home}/admin/account/passkeys");
        await page.ClickAsync("form[data-passkey=get] button");
        await page.ArrivesAtAsync("**/admin/account/passkeys");
        await page.ClickAsync("form[action$='handler=remove'] button");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync("can no longer be used to sign in");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{Home}/admin/sign-in");
        await AskAsync(page);
        await Assertions.Expect(page.Locator("#problems")).ToContainTextAsync("is not accepted here");
        var complaints = window.Complaints.Where(c => !c.Contains("400", StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    /// <summary>Presses the button, unless the address field's suggestion was quicker and has sent the form.</summary>
    private static async Task AskAsync(IPage page)
    {
        try
        {
            await page.ClickAsync("form[data-passkey=get] button", new() { Timeout = 4_000 });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // It was: what follows waits for what comes of it.
        }
    }

    [BrowserFact]
    public async Task Without_scripts_the_password_way_is_whole_and_passkeys_are_not_offered()
    {
        await Colleague.HireAsync(room.App, Role.Editor, "No Script", "no.script@example.org");
        await using var window = await room.OpenAsync(scripts: false);
        await window.Page.GotoAsync($"{Home}/admin/sign-in");
        Assert.False(await window.Page.Locator("form[data-passkey]").IsVisibleAsync());
        await window.Page.FillAsync("#Email", "no.script@example.org");
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main form:first-of-type button");
        await window.Page.ArrivesAtAsync("**/admin");
        await window.Page.GotoAsync($"{Home}/admin/account/passkeys");
        await Assertions.Expect(window.Page.Locator(".no-passkeys")).ToBeVisibleAsync();
    }
}
