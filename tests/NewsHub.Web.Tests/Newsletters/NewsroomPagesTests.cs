using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>The newsletter as the newsroom sees and steers it.</summary>
public sealed class NewsroomPagesTests
{
    /// <summary>Without TLS, as browsers of colleagues come in here.</summary>
    private static readonly (string, string) Open = ("Site:Url", "http://localhost");

    [Fact]
    public async Task A_publisher_sees_a_bulletin_before_readers_do_and_sends_a_proof_to_themselves()
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await room.App.FromElsewhereAsync(async db =>
        {
            var edition = new Core.Editions.Edition(2, new DateOnly(2025, 7, 1), "The next one");
            var lead = await Desk.DraftAsync(db, "Not out yet", room.App.Time.GetUtcNow());
            lead.File(Desk.Editor, room.App.Time.GetUtcNow());
            edition.Compose([(Core.Editions.SlotKind.Lead, lead.Id)]);
            db.Editions.Add(edition);
            return await db.SaveChangesAsync();
        });
        var page = await publisher.GetAsync("/admin/newsletters/editions/2");
        Assert.Contains("Not out yet", page.Page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("allow-same-origin allow-popups", page.Page.QuerySelector("iframe")!.GetAttribute("sandbox"));
        var sheet = await publisher.GetAsync(page.Page.QuerySelector("iframe")!.GetAttribute("src")!);
        Assert.Contains("Not out yet", sheet.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", sheet.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", sheet.Header("Cache-Control"));

        var sent = await publisher.SendAsync(page, form: "form[action$='handler=Proof']");
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var proof = await room.Office.ExpectAsync(publisher.Email, "Proof: Not out yet");
        Assert.Null(proof.Headers["List-Unsubscribe"]);
        Assert.Equal(HttpStatusCode.Gone, (await room.App.GetAsync(MailRoom.LinkIn(proof, "leave"))).Status);
        Assert.Null(await room.BulletinAsync(2));
        Assert.Contains("mailed to 2 subscribers", await MailedAsync(), StringComparison.Ordinal);

        async Task<string> MailedAsync()
        {
            await room.AddAsync(2);
            return (await publisher.GetAsync("/admin/editions/2/publish")).Text;
        }
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_bulletin_is_held_resumed_and_cancelled_and_the_log_says_by_whom()
    {
        await using var room = new MailRoom(Open, ("Newsletter:PerMinute", "60"), ("Newsletter:Batch", "2"));
        await room.AddAsync(6);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await room.PublishAsync(2, "Tides");
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(room.Office.Mail.Count == 2), "the first batch is out");
        var token = await publisher.TokenAsync();
        Dictionary<string, string> with = new() { ["__RequestVerificationToken"] = token };
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.PostAsync("/admin/newsletters/1?handler=Hold", with)).Status);
        for (var i = 0; i < 100; i++) room.App.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((BulletinState.Held, 2), ((await room.BulletinAsync(2))!.State, room.Office.Mail.Count));
        Assert.Equal(HttpStatusCode.BadRequest, (await publisher.PostAsync("/admin/newsletters/1?handler=Hold", with)).Status);
        await publisher.PostAsync("/admin/newsletters/1?handler=Resume", with);
        await NewsHubApp.EventuallyAsync(() =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(room.Office.Mail.Count == 4);
        }, "it goes on");
        await publisher.PostAsync("/admin/newsletters/1?handler=Cancel", with);
        for (var i = 0; i < 100; i++) room.App.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, room.Office.Mail.Count);
        Assert.Equal(["made for 6 subscribers", "held", "resumed", "cancelled"], await room.App.FromElsewhereAsync(
            db => db.Events.Where(e => e.Act == Act.SendBulletin).OrderBy(e => e.Id).Select(e => e.Note!).ToListAsync()));
        Assert.Contains("Cancelled", (await publisher.GetAsync("/admin/newsletters")).Page.QuerySelector("tbody .state")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribers_are_searched_exported_and_removed_and_the_log_names_no_address()
    {
        await using var room = new MailRoom(Open);
        await room.SubscribeAsync("ada_night@example.org");
        await room.SubscribeAsync("bo@example.org");
        using var administrator = await Colleague.SignedInAsync(room.App, Role.Administrator);
        var found = await administrator.GetAsync("/admin/newsletters/subscribers?q=A_N");
        Assert.Equal(["ada_night@example.org"], found.Page.QuerySelectorAll("tbody th").Select(t => t.TextContent));
        Assert.Empty((await administrator.GetAsync("/admin/newsletters/subscribers?q=%25")).Page.QuerySelectorAll("tbody th"));
        Assert.Contains("2", (await administrator.GetAsync("/admin/newsletters")).Page.QuerySelector(".figures dd")!.TextContent,
            StringComparison.Ordinal);

        var csv = await administrator.GetAsync("/admin/newsletters/subscribers/export");
        Assert.Equal(3, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"bo@example.org\",subscribed", csv.Text, StringComparison.Ordinal);

        await administrator.SubmitAsync("/admin/newsletters/subscribers/1/remove");
        Assert.Equal("bo@example.org", await room.App.FromElsewhereAsync(db => db.Subscribers.Select(s => s.Address).SingleAsync()));
        var notes = await room.App.FromElsewhereAsync(db =>
            db.Events.AsNoTracking().Where(e => e.Act == Act.ChangeSubscribers).OrderBy(e => e.Id).Select(e => e.Note!).ToListAsync());
        Assert.Equal(["exported 2", "removed no. 1"], notes);
    }

    [Fact]
    public async Task The_newest_edition_that_came_from_files_can_be_sent_by_hand_once()
    {
        await using var room = new MailRoom(Open);
        await room.AddAsync(1);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        var page = await publisher.GetAsync("/admin/newsletters/editions/1");
        await publisher.SendAsync(page, form: "form[action$='handler=Send']");
        await room.ExpectAsync(1, BulletinState.Sent);
        await publisher.SendAsync(page, form: "form[action$='handler=Send']");
        Assert.Single(room.Office.Mail);
        Assert.Equal("Boats are back", room.Office.Mail.Single().Subject);
    }

    [Fact]
    public async Task Without_a_mail_server_each_copy_is_one_file_in_the_outbox()
    {
        await using var room = new MailRoom(Open, ("Smtp:Host", ""));
        await room.AddAsync(2);
        await room.PublishAsync(2, "Tides");
        await room.ExpectAsync(2, BulletinState.Sent);
        var mail = Outbox.Of(room.App);
        Assert.Equal(["reader1@example.org", "reader2@example.org"], mail.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.All(mail, m => Assert.Contains("Tides", m.HtmlBody, StringComparison.Ordinal));
    }
}
