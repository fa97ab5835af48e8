using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Someone at a desk with a browser of their own, without JavaScript: reads pages, fills forms in and sends them.</summary>
internal sealed class Colleague : IDisposable
{
    public const string Password = "plain lantern over brackish water";

    private readonly HttpClient _client;

    private Colleague(NewsHubApp app, string name, Role role)
    {
        (Name, Role) = (name, role);
        _client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = new Uri("http://localhost") });
    }

    public string Name { get; }
    public Role Role { get; }
    public string Email => $"{Name.ToLowerInvariant().Replace(' ', '.')}@example.org";
    public long Id { get; private set; }

    /// <summary>A stranger: nobody has signed in.</summary>
    public static Colleague Stranger(NewsHubApp app) => new(app, "Stranger", Role.Reporter);

    /// <summary>An account that is made and signed in with.</summary>
    public static async Task<Colleague> SignedInAsync(NewsHubApp app, Role role, string? name = null)
    {
        var colleague = new Colleague(app, name ?? $"Test {role}", role);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            if (await staff.FindByEmailAsync(colleague.Email) is not { } member)
            {
                member = new StaffMember(colleague.Email, colleague.Name, role, app.Time.GetUtcNow()) { EmailConfirmed = true };
                Assert.True((await staff.CreateAsync(member, Password)).Succeeded);
            }
            colleague.Id = member.Id;
        }
        var answer = await colleague.SubmitAsync("/admin/sign-in", new() { ["Email"] = colleague.Email, ["Password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return colleague;
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>Opens a page, fills its form in and sends it: the form's own fields, those given instead of what stands there.</summary>
    /// <param name="form">Which form, where there are several.</param>
    public async Task<Answer> SubmitAsync(string path, Dictionary<string, string>? fields = null, string form = "main form[method=post]")
    {
        var page = await GetAsync(path);
        Assert.True(page.IsPage, $"{path} answered {page.Status}, which is no page with a form.");
        return await SendAsync(page, fields, form);
    }

    /// <summary>Sends the form of a page that is open, as it stands there.</summary>
    public async Task<Answer> SendAsync(Answer page, Dictionary<string, string>? fields = null, string form = "main form[method=post]")
    {
        var element = page.Page.QuerySelector(form) as IHtmlFormElement;
        Assert.True(element is not null, $"{page.Path} ({page.Status}) has no form {form}.");
        var typed = new List<KeyValuePair<string, string>>();
        foreach (var field in element!.Elements.OfType<IHtmlElement>().Where(e => e.GetAttribute("name") is { Length: > 0 } && !e.HasAttribute("disabled")))
        {
            var name = field.GetAttribute("name")!;
            if (fields?.ContainsKey(name) == true) continue;
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "file" } or IHtmlButtonElement: break;
                case IHtmlInputElement input: typed.Add(new(name, input.Value ?? "")); break;
                case IHtmlTextAreaElement area: typed.Add(new(name, area.Value ?? "")); break;
                case IHtmlSelectElement select: typed.Add(new(name, select.Value ?? "")); break;
            }
        }
        typed.AddRange(fields ?? []);
        var action = element.GetAttribute("action") is { Length: > 0 } other ? other : page.Path;
        return await PostAsync(action, typed);
    }

    /// <summary>A POST as someone would craft it by hand.</summary>
    public async Task<Answer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>>? fields = null)
    {
        using var content = new FormUrlEncodedContent(fields ?? []);
        using var answer = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>The token that a form of this session carries, for crafted posts.</summary>
    public async Task<string> TokenAsync() =>
        (await GetAsync("/admin")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public void Dispose() => _client.Dispose();
}
