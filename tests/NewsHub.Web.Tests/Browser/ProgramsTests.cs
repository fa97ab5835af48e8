using NewsHub.Core.Events;
using NewsHub.Web.Tests.Admin;
using NewsHub.Web.Tests.Webhooks;

namespace NewsHub.Web.Tests.Browser;

/// <summary>What people see of what programs read and are told.</summary>
[Collection<ReaderInBrowser>]
public sealed class ProgramsTests(BrowserRoom room)
{
    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task An_answer_comes_below_its_form(int width)
    {
        await using var window = await room.OpenAsync(width);
        await window.GoAsync("/api");
        await window.Page.ClickAsync("form[data-route='/api/v1/stories/{id}'] button");
        await window.Page.WaitForSelectorAsync("section[aria-labelledby=getStory] .call-answer pre");
        Assert.Contains(
            "\"bodyHtml\"", await window.Page.InnerTextAsync("section[aria-labelledby=getStory] .call-answer"), StringComparison.Ordinal);
        await window.Page.ClickAsync("form[data-route='/api/v1/stories'] button");
        await window.Page.WaitForSelectorAsync("section[aria-labelledby=listStories] .call-answer pre");
        Assert.Equal("/api/v1/stories?limit=3", await window.Page.InnerTextAsync("section[aria-labelledby=listStories] .call-answer a"));
        Assert.True(await window.IsTrueAsync("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");
        Assert.Empty(window.Complaints);
        Assert.Empty(window.Elsewhere);
    }

    [BrowserTheory]
    [InlineData(1440, true)]
    [InlineData(375, false)]
    public async Task An_administrator_adds_a_webhook_and_sees_how_its_test_went(int width, bool scripts)
    {
        await using var hooks = await HookRoom.OpenAsync();
        hooks.App.UseKestrel(0);
        hooks.App.StartServer();
        await Colleague.HireAsync(hooks.App, Role.Administrator, "Ada Obi", "ada@example.org");
        await using var ada = await room.OpenAsync(
            width, scripts: scripts, address: hooks.App.ClientOptions.BaseAddress.ToString().TrimEnd('/'));
        await ada.GoAsync("/admin/sign-in?then=/admin/webhooks");
        await ada.Page.FillAsync("#Email", "ada@example.org");
        await ada.Page.FillAsync("#Password", Colleague.Password);
        await ada.Page.ClickAsync("main button[type=submit]");
        await ada.Page.ArrivesAtAsync("**/admin/webhooks");
        await ada.Page.FillAsync("#Address", $"http://{hooks.Receiver.Host}/in");
        await ada.Page.ClickAsync("button:text-is('Add')");
        Assert.StartsWith("whsec_", await ada.Page.InnerTextAsync("code.secret"), StringComparison.Ordinal);
        await ada.Page.ClickAsync("text=Send a test");
        await ada.Page.ClickAsync("form.ping button");
        await hooks.LetterAsync(1);
        await hooks.DeliveryAsync(d => d.Tries == 1, "the test got through");
        await ada.Page.ReloadAsync();
        Assert.Contains("Delivered", await ada.Page.InnerTextAsync("table.lines"), StringComparison.Ordinal);
        Assert.True(
            !scripts || await ada.IsTrueAsync("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");
        Assert.Empty(ada.Complaints);
    }
}
