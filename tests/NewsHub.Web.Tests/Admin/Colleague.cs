using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Someone at a desk with a browser of their own, without JavaScript: reads pages, fills forms in and sends them.</summary>
internal sealed class Colleague : IDisposable
{
    private static readonly Uri Home = new("http://localhost");

    public const string Password = "plain lantern over brackish water";

    private readonly HttpClient _client;
    private readonly CookieContainerHandler _cookies = new();

    private Colleague(NewsHubApp app, string name, Role role)
    {
        (Name, Role) = (name, role);
        _client = app.CreateDefaultClient(Home, _cookies);
    }

    public string Name { get; }
    public Role Role { get; }
    public string Email => $"{Name.ToLowerInvariant().Replace(' ', '.')}@example.org";
    public long Id { get; private set; }

    /// <summary>All the cookies of this browser, as somebody may have copied them.</summary>
    public string Cookies => _cookies.Container.GetCookieHeader(Home);

    /// <summary>A stranger: nobody has signed in.</summary>
    public static Colleague Stranger(NewsHubApp app) => new(app, "Stranger", Role.Reporter);

    /// <summary>An account that is made and signed in with.</summary>
    public static async Task<Colleague> SignedInAsync(NewsHubApp app, Role role, string? name = null)
    {
        var colleague = new Colleague(app, name ?? $"Test {role}", role);
        colleague.Id = await HireAsync(app, role, colleague.Name, colleague.Email);
        var answer = await colleague.SubmitAsync("/admin/sign-in", new() { ["Email"] = colleague.Email, ["Password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return colleague;
    }

    /// <summary>Makes the account, if it is not there.</summary>
    public static async Task<long> HireAsync(NewsHubApp app, Role role, string name, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        if (await staff.FindByEmailAsync(email) is { } there) return there.Id;
        var member = new StaffMember(email, name, role, app.Time.GetUtcNow()) { EmailConfirmed = true };
        Assert.True((await staff.CreateAsync(member, Password)).Succeeded);
        return member.Id;
    }

    /// <param name="asScript">As a script of a page that is open asks, beside what its person does.</param>
    public async Task<Answer> GetAsync(string path, bool asScript = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (asScript) request.Headers.Add("X-Requested-With", "fetch");
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>An answer that may go on and on, as soon as it has begun.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
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
        foreach (var field in element!.Elements.OfType<IHtmlElement>().Where(e => e.GetAttribute("name") is { Length: > 0 }
            && !e.HasAttribute("disabled")))
        {
            var name = field.GetAttribute("name")!;
            if (fields?.ContainsKey(name) == true) continue;
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "file" }
                    or IHtmlButtonElement:
                    break;
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

    /// <summary>A POST of any body.</summary>
    public async Task<Answer> PostAsync(string path, HttpContent content)
    {
        using var answer = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>Chooses files in the form of a page and sends it, as a browser without scripts does.</summary>
    public async Task<Answer> UploadAsync(string path, string form, params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var page = await GetAsync(path);
        var element = page.Page.QuerySelector(form) as IHtmlFormElement;
        Assert.True(element is not null, $"{path} ({page.Status}) has no form {form}.");
        using var content = new MultipartFormDataContent();
        foreach (var hidden in element!.QuerySelectorAll("input[type=hidden]"))
            content.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        foreach (var (name, bytes) in files) content.Add(new ByteArrayContent(bytes), "file", name);
        using var answer = await _client.PostAsync(
            element.GetAttribute("action") is { Length: > 0 } other ? other : path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>Sends one file as a script of a page does: the token in a header, an answer for a program.</summary>
    public async Task<Answer> UploadByScriptAsync(string path, string name, byte[] bytes, string? token = null)
    {
        using var content = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("X-Requested-With", "fetch");
        request.Headers.Add("RequestVerificationToken", token ?? await TokenAsync());
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    /// <summary>The token that a form of this session carries, for crafted posts.</summary>
    public async Task<string> TokenAsync() =>
        (await GetAsync("/admin")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public void Dispose() => _client.Dispose();
}
