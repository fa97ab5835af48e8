using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Tests.Newsletters;
using SmtpServer.Protocol;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The bell, its list, its switches, and the mails.</summary>
public sealed class NotificationTests : IAsyncDisposable
{
    private const string Mine = "/admin/notifications";
    private readonly PostOffice _office = new();
    private readonly MadeUpPaper _paper = new();
    private NewsHubApp? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _office.Dispose();
        _paper.Dispose();
    }

    [Fact]
    public async Task What_is_filed_to_one_rings_leads_to_the_story_and_is_read_by_going_there()
    {
        var (reporter, editor) = await DeskAsync(mail: false);
        var id = await FileAsync(reporter, editor, "Ferries stop");
        await RingsAsync(editor, 1);
        var list = await editor.GetAsync(Mine);
        var line = Assert.Single(list.Page.QuerySelectorAll(".notifications li"));
        Assert.Equal("Unread: Rui Costa filed “Ferries stop” to you", Words(line.QuerySelector("a")!));
        Assert.Equal("Today", list.Page.QuerySelector(".notifications h2")!.TextContent);
        ActRoom.LedTo($"/admin/stories/{id}", await editor.GetAsync(line.QuerySelector("a")!.GetAttribute("href")!));
        await RingsAsync(editor, 0);
        Assert.Equal(
            "Rui Costa filed “Ferries stop” to you", Words((await editor.GetAsync(Mine)).Page.QuerySelector(".notifications a")!));

        await editor.SubmitAsync($"/admin/stories/{id}/return", new() { ["Note"] = "Who says so?" });
        await RingsAsync(reporter, 1);
        Assert.Equal("Who says so?", (await reporter.GetAsync(Mine)).Page.QuerySelector(".notifications .note")!.TextContent);
        Assert.Equal(1, int.Parse(
            (await reporter.GetAsync("/admin/media")).Page.QuerySelector("[data-number=desk]")!.FirstChild!.TextContent,
            System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith("(1) Media", (await reporter.GetAsync("/admin/media")).Page.Title, StringComparison.Ordinal);
        await NothingQueuedAsync();
    }

    [Fact]
    public async Task All_that_were_seen_are_marked_as_read_at_once_and_what_came_since_is_not()
    {
        var (reporter, editor) = await DeskAsync(mail: false);
        await FileAsync(reporter, editor, "One");
        await FileAsync(reporter, editor, "Two");
        await RingsAsync(editor, 2);
        var list = await editor.GetAsync(Mine);
        await FileAsync(reporter, editor, "Three");
        await RingsAsync(editor, 3);
        ActRoom.LedTo(Mine, await editor.SendAsync(list, form: "form.mark-read"));
        await RingsAsync(editor, 1);
        Assert.Equal(
            "Unread: Rui Costa filed “Three” to you", Words((await editor.GetAsync(Mine)).Page.QuerySelector(".unread a")!));
    }

    [Fact]
    public async Task Somebody_elses_is_none_and_stays_unread()
    {
        var (reporter, editor) = await DeskAsync(mail: false);
        await FileAsync(reporter, editor, "Ferries stop");
        await RingsAsync(editor, 1);
        var address = (await editor.GetAsync(Mine)).Page.QuerySelector(".notifications a")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.NotFound, (await reporter.GetAsync(address)).Status);
        await reporter.PostAsync(Mine, [
            new("__RequestVerificationToken", await reporter.TokenAsync()), new("Until", "9000000000")]);
        await RingsAsync(editor, 1);
        Assert.Empty((await reporter.GetAsync(Mine)).Page.QuerySelectorAll(".notifications li"));
    }

    [Fact]
    public async Task What_is_switched_off_does_not_ring_and_the_switches_stay_as_they_were_set()
    {
        var (reporter, editor) = await DeskAsync(mail: false);
        var account = await editor.GetAsync("/admin/account");
        Assert.Equal(["Filed", "Returned", "Noted", "Failed", "Assigned"], On(account, "Mail"));
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", await editor.TokenAsync()), new("Bell", "Returned"), new("Mail", "Published"),
        };
        ActRoom.LedTo("/admin/account#notifications", await editor.PostAsync("/admin/account?handler=notifications", fields));
        account = await editor.GetAsync("/admin/account");
        Assert.Equal(["Returned"], On(account, "Bell"));
        Assert.Equal(["Published"], On(account, "Mail"));
        await FileAsync(reporter, editor, "Ferries stop");
        await FileAsync(editor, reporter, "No rings either");
        // The other's has come: what was before it has been looked at.
        await RingsAsync(editor, 0);
        fields.Add(new("Bell", "Nonsense"));
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.PostAsync("/admin/account?handler=notifications", fields)).Status);
    }

    [Fact]
    public async Task What_comes_within_a_minute_is_one_mail_with_who_what_and_why_and_no_word_of_the_text()
    {
        var (reporter, editor) = await DeskAsync(mail: true);
        var one = await FileAsync(reporter, editor, "Ferries stop");
        await FileAsync(reporter, editor, "Boats sink");
        await RingsAsync(editor, 2);
        await MailedAsync(1);
        var mail = Assert.Single(_office.To(editor.Email));
        Assert.Equal("2 notifications from the newsroom of The Lantern", mail.Subject);
        var text = mail.TextBody!.ReplaceLineEndings("\n");
        Assert.Contains("Rui Costa filed “Ferries stop” to you (", text, StringComparison.Ordinal);
        Assert.Contains("Rui Costa filed “Boats sink” to you (", text, StringComparison.Ordinal);
        Assert.Contains("/admin/notifications/1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("zebrafish", text, StringComparison.OrdinalIgnoreCase);

        await editor.SubmitAsync($"/admin/stories/{one}/return", new() { ["Note"] = "Who says so?\nAnd where?" });
        await RingsAsync(reporter, 1);
        await MailedAsync(2);
        mail = Assert.Single(_office.To(reporter.Email));
        Assert.Equal("Eva Lind returned “Ferries stop” to you", mail.Subject);
        Assert.Contains("\n    Who says so?\n    And where?\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        // Marked once the mail server has taken it, which is a moment after the mail is there.
        await NewsHubApp.EventuallyAsync(
            async () => (await ReadAsync()).All(n => n.MailedAt is not null && n.MailDue is null), "each is marked as mailed");
    }

    [Fact]
    public async Task What_was_read_meanwhile_is_not_mailed()
    {
        var (reporter, editor) = await DeskAsync(mail: true);
        await FileAsync(reporter, editor, "Ferries stop");
        await RingsAsync(editor, 1);
        await editor.GetAsync("/admin/notifications/1");
        Assert.Null((await ReadAsync()).Single().MailDue);
    }

    [Fact]
    public async Task A_mail_that_is_refused_is_tried_again_and_given_up_with_a_word_in_the_log()
    {
        var (reporter, editor) = await DeskAsync(mail: true);
        _office.Says[editor.Email] = SmtpReplyCode.MailboxUnavailable;
        await FileAsync(reporter, editor, "Ferries stop");
        await RingsAsync(editor, 1);
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app!.Time.Advance(TimeSpan.FromMinutes(30));
            return (await ReadAsync()).Single().MailDue is null;
        }, "it is given up");
        var told = (await ReadAsync()).Single();
        Assert.Equal((5, null), (told.MailTries, told.MailedAt));
        Assert.StartsWith("notifications: ", await _app!.FromElsewhereAsync(
            db => db.Events.Where(e => e.Act == Act.FailToMail).Select(e => e.Note).SingleAsync()), StringComparison.Ordinal);
    }

    private async Task<(Colleague Reporter, Colleague Editor)> DeskAsync(bool mail)
    {
        _app = mail ? new Mailing(_office.Port) { Content = _paper.Folder } : new NewsHubApp { Content = _paper.Folder };
        return (await Colleague.SignedInAsync(_app, Role.Reporter, "Rui Costa"),
            await Colleague.SignedInAsync(_app, Role.Editor, "Eva Lind"));
    }

    /// <summary>A draft of somebody's, filed to a colleague, by the form.</summary>
    private async Task<long> FileAsync(Colleague who, Colleague to, string headline)
    {
        var id = await _app!.FromElsewhereAsync(async db =>
        {
            var text = new StoryText
            {
                Section = (await db.Sections.FirstAsync()).Id,
                Kind = Kind.News,
                Headline = headline,
                Standfirst = "",
                Body = "A zebrafish.",
                Bylines = [],
            };
            var story = new Story(text, new RenderedBody("<p>A zebrafish.</p>", 2, []), new Actor(who.Name), _app.Time.GetUtcNow(), who.Id);
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            return story.Id.Value;
        });
        await who.SubmitAsync(
            $"/admin/stories/{id}/file", to.Role is Role.Reporter ? [] : new() { ["To"] = $"{to.Id}" });
        return id;
    }

    private static Task RingsAsync(Colleague who, int unread) => NewsHubApp.EventuallyAsync(async () =>
    {
        var number = (await who.GetAsync("/admin/media")).Page.QuerySelector("[data-number=unread]")!;
        return (number.FirstChild!.TextContent, number.HasAttribute("hidden")) == ($"{unread}", unread == 0);
    }, $"{who.Name} has {unread} unread");

    private Task MailedAsync(int mails) => NewsHubApp.EventuallyAsync(() =>
    {
        _app!.Time.Advance(TimeSpan.FromSeconds(20));
        return Task.FromResult(_office.Mail.Count == mails);
    }, $"{mails} mails went out");

    private Task<List<Notification>> ReadAsync() =>
        _app!.FromElsewhereAsync(db => db.Notifications.AsNoTracking().OrderBy(n => n.EventId).ToListAsync());

    private async Task NothingQueuedAsync() => Assert.All(await ReadAsync(), n => Assert.Null(n.MailDue));

    private static List<string> On(Answer account, string column) =>
        [.. account.Page.QuerySelectorAll($"#notifications input[name={column}][checked]").Select(i => i.GetAttribute("value")!)];

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class Mailing(int port) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Smtp:Host", "localhost");
            builder.UseSetting("Smtp:Port", $"{port}");
            builder.UseSetting("Smtp:Tls", "none");
        }
    }
}
