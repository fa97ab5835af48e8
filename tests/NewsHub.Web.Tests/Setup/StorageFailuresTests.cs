using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Admin;
using NewsHub.Web.Tests.Newsletters;

namespace NewsHub.Web.Tests.Setup;

/// <summary>The store does not take what is sent in: nobody loses what was typed, everybody is told, and reading goes on.</summary>
public sealed class StorageFailuresTests : IAsyncLifetime
{
    private const string Reason = "The data folder can only be read.";
    private readonly MadeUpPaper _paper = new MadeUpPaper()
        .Story("2025-06-30", "boats", "Boats are back", "tags: [Boats]")
        .Story("2025-06-29", "nets", "Nets are out")
        .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-nets");
    private readonly SwitchableStore _app;

    public StorageFailuresTests() => _app = new SwitchableStore { Content = _paper.Folder };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _paper.Dispose();
    }

    [Fact]
    public async Task A_story_that_cannot_be_saved_comes_back_with_the_reason_and_can_be_sent_again()
    {
        using var writer = await Colleague.SignedInAsync(_app, Role.Editor);
        var fields = new Dictionary<string, string>
        {
            ["Manuscript.Headline"] = "Ebb & <flow>",
            ["Manuscript.Standfirst"] = "مد وجزر",
            ["Manuscript.Body"] = "First line.\n\nSecond line, \"quoted\".",
            ["Manuscript.Section"] = "harbour",
        };
        var page = await writer.GetAsync("/admin/stories/new");
        _app.IsReadOnly = true;
        var refused = await writer.SendAsync(page, fields, "form.editor");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal("no-store", refused.Header("Cache-Control"));
        Assert.NotNull(refused.Header("Content-Security-Policy"));
        Assert.Contains(Reason, refused.Page.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        foreach (var (name, text) in fields)
            Assert.Equal(
                text, ((IHtmlTextAreaElement)refused.Page.QuerySelector($"textarea[name='{name}']")!).Value.ReplaceLineEndings("\n"));
        Assert.DoesNotContain(" at NewsHub", refused.Text, StringComparison.Ordinal);
        // The very form that came back is sent once the machine is in order.
        _app.IsReadOnly = false;
        var saved = await writer.SendAsync(refused);
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var story = await _app.FromElsewhereAsync(db => db.Revisions.AsNoTracking().OrderByDescending(r => r.StoryId).FirstAsync());
        Assert.Equal(("Ebb & <flow>", "مد وجزر", fields["Manuscript.Body"]),
            (story.Text.Headline, story.Text.Standfirst, story.Text.Body.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Autosave_and_uploads_are_told_as_data()
    {
        using var writer = await Colleague.SignedInAsync(_app, Role.Editor);
        var token = await writer.TokenAsync();
        _app.IsReadOnly = true;
        var upload = await writer.UploadByScriptAsync("/admin/media/upload", "boat.png", OnePixel, token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (upload.Status, upload.Header("Content-Type")));
        Assert.StartsWith(Reason, JsonDocument.Parse(upload.Text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var form = await writer.UploadAsync("/admin/media/upload", "main form[method=post]", ("boat.png", OnePixel));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.Status);
        Assert.Contains("Files have to be chosen again", form.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_in_keeps_the_address_and_types_the_password_again()
    {
        using var writer = await Colleague.SignedInAsync(_app, Role.Editor);
        using var other = Colleague.Stranger(_app);
        var page = await other.GetAsync("/admin/sign-in");
        _app.IsReadOnly = true;
        var refused = await other.SendAsync(page, new() { ["Email"] = writer.Email, ["Password"] = Colleague.Password });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains(writer.Email, refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Colleague.Password, refused.Text, StringComparison.Ordinal);
        Assert.NotNull(refused.Page.QuerySelector("input[type=password][name=Password]"));
        _app.IsReadOnly = false;
        Assert.Equal(HttpStatusCode.Redirect, (await other.SendAsync(refused, new() { ["Password"] = Colleague.Password })).Status);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task No_form_of_the_newsroom_is_answered_500_and_none_loses_what_was_typed()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Administrator);
        var forms = await FormsAsync(publisher);
        Assert.True(forms.Count > 25, $"Only {forms.Count} forms were found.");
        _app.IsReadOnly = true;
        var (refused, wrong) = (0, new List<string>());
        foreach (var (page, form) in forms)
        {
            var typed = new Dictionary<string, string>();
            foreach (var field in form.Elements.OfType<IHtmlElement>())
            {
                if (field.GetAttribute("name") is not { Length: > 0 } name || typed.ContainsKey(name)) continue;
                if (field is IHtmlTextAreaElement or IHtmlInputElement { Type: "text" or "search" }) typed[name] = $"Words of {name}";
                if (field is IHtmlInputElement { Type: "password" }) typed[name] = Colleague.Password;
            }
            var answer = await publisher.SendAsync(page, typed, Selector(page, form));
            if (answer.Status is HttpStatusCode.InternalServerError) wrong.Add($"{page.Path}, {form.GetAttribute("action")}: 500");
            if (answer.Status is not HttpStatusCode.ServiceUnavailable) continue;
            refused++;
            if (!answer.Page.QuerySelector("main")!.TextContent.Contains(Reason, StringComparison.Ordinal))
                wrong.Add($"{page.Path}: no reason");
            foreach (var (name, text) in typed.Where(t => t.Value.StartsWith("Words of", StringComparison.Ordinal)))
                if (!answer.Page.QuerySelectorAll("textarea, input").Any(f => f.GetAttribute("name") == name
                    && (f is IHtmlTextAreaElement area ? area.Value : f.GetAttribute("value")) == text))
                {
                    wrong.Add($"{page.Path}: {name} is lost");
                }
        }
        Assert.Empty(wrong);
        Assert.True(refused > 10, $"Only {refused} of {forms.Count} forms came so far as to write.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Readers_who_react_or_share_are_told_to_come_again(bool asScript)
    {
        _ = await _app.FrontAsync();
        var story = await _app.FromElsewhereAsync(db => db.Stories.AsNoTracking().Select(s => s.Id).FirstAsync());
        _app.IsReadOnly = true;
        foreach (var (path, field) in new[] { ($"/react/{story}", ("kind", "glad")), ($"/share/{story}/copy", ("x", "y")) })
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new(field.Item1, field.Item2)]) };
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            if (asScript) request.Headers.Add("Accept", "application/json");
            using var sent = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = await Answer.ReadAsync(path, sent);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.NotNull(answer.Header("Retry-After"));
            Assert.Null(answer.Header("Set-Cookie"));
            Assert.StartsWith(asScript ? "application/problem+json" : "text/html", answer.Header("Content-Type"), StringComparison.Ordinal);
            Assert.Contains("could not be kept", answer.Text, StringComparison.Ordinal);
            // What is wrong with the machine is no reader's business.
            Assert.DoesNotContain(Reason, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reader_who_signs_up_keeps_the_address_and_is_told_to_come_again()
    {
        _ = await _app.FrontAsync();
        _app.IsReadOnly = true;
        var answer = await MailRoom.SendAsync(_app.Client, "/newsletter", ("address", "ada@example.org"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal("ada@example.org", answer.Page.QuerySelector("input[name=address]")!.GetAttribute("value"));
        _app.IsReadOnly = false;
        Assert.Equal(
            "/newsletter/asked", (await MailRoom.SendAsync(_app.Client, "/newsletter", ("address", "ada@example.org"))).Header("Location"));
    }

    [Fact]
    public async Task Reading_goes_on_and_what_was_read_meanwhile_is_counted_afterwards()
    {
        _ = await _app.FrontAsync();
        _app.IsReadOnly = true;
        var front = await _app.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, front.Status);
        foreach (var link in SamplePaper.LinksOf(front)
            .Append("/search?q=boats")
            .Append("/feed.xml")
            .Append("/api/v1/stories")
            .Append("/healthz")
            .Take(40))
        {
            Assert.True((int)(await _app.GetAsync(link)).Status < 500, link);
        }
    }

    [Fact]
    public async Task A_link_to_a_new_password_that_was_promised_is_mailed_when_the_store_is_back()
    {
        using var writer = await Colleague.SignedInAsync(_app, Role.Editor);
        using var other = Colleague.Stranger(_app);
        var page = await other.GetAsync("/admin/forgotten");
        _app.IsReadOnly = true;
        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(page, new() { ["Email"] = writer.Email })).Status);
        var outbox = Path.Combine(_app.Data, "outbox");
        for (var tries = 0; tries < 3; tries++)
        {
            _app.Time.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/")).Status);
        }
        Assert.False(Directory.Exists(outbox) && Directory.GetFiles(outbox).Length > 0);
        _app.IsReadOnly = false;
        await NewsHubApp.EventuallyAsync(() =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(15));
            return Task.FromResult(Directory.Exists(outbox) && Directory.GetFiles(outbox, "*.eml").Length == 1);
        }, "the mail is there");
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_locked_store_is_not_ready_but_alive_and_is_ready_again_by_itself()
    {
        // What the program itself writes at its start may hold the store a moment longer than the question waits.
        await NewsHubApp.EventuallyAsync(async () => await ReadyAsync() is (HttpStatusCode.OK, "ready\n"), "a store is ready");
        await using (var other = _app.StoreFromElsewhere())
        {
            await using var tx = await other.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await NewsHubApp.EventuallyAsync(
                async () => (await ReadyAsync()).Status is HttpStatusCode.ServiceUnavailable, "a locked store is not ready");
            Assert.Contains("Another program holds the store locked.", (await ReadyAsync()).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/healthz")).Status);
            Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/")).Status);
        }
        await NewsHubApp.EventuallyAsync(async () => (await ReadyAsync()).Status is HttpStatusCode.OK, "it is ready again");
        Assert.DoesNotContain(Directory.GetFiles(_app.Data), f => f.Contains("writable", StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        var answer = await _app.GetAsync("/readyz");
        return (answer.Status, answer.Text);
    }

    /// <summary>Every form that a member of staff comes to by links, each kind of page once.</summary>
    private static async Task<List<(Answer Page, IHtmlFormElement Form)>> FormsAsync(Colleague colleague)
    {
        var (seen, ahead, forms, kinds) = (
            new HashSet<string> { "/admin" }, new Queue<string>(["/admin"]), new List<(Answer, IHtmlFormElement)>(), new HashSet<string>());
        while (ahead.TryDequeue(out var path))
        {
            var page = await colleague.GetAsync(path);
            if (!page.IsPage || page.Status is not HttpStatusCode.OK) continue;
            foreach (var form in page.Page.QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>())
                if (kinds.Add(Kind(form.GetAttribute("action") is { Length: > 0 } action ? action : path))) forms.Add((page, form));
            foreach (var link in SamplePaper.LinksOf(page).Where(l => l.StartsWith("/admin", StringComparison.Ordinal)))
                if (seen.Add(Kind(link))) ahead.Enqueue(link);
        }
        return forms;

        static string Kind(string path) => string.Concat(path.Split('?')[0].Select(c => char.IsAsciiDigit(c) ? '0' : c))
            + (path.Contains("handler=", StringComparison.Ordinal) ? path[path.IndexOf("handler=", StringComparison.Ordinal)..] : "");
    }

    private static string Selector(Answer page, IHtmlFormElement form)
    {
        var all = page.Page.QuerySelectorAll("main form[method=post]").ToList();
        var at = all.IndexOf(form);
        form.SetAttribute("data-test-form", $"{at}");
        return $"form[data-test-form='{at}']";
    }

    private static readonly byte[] OnePixel =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
