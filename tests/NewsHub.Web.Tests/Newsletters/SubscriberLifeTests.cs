using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>A subscriber's whole life, against a real mail server.</summary>
public sealed class SubscriberLifeTests
{
    [Trait("Needs", "time")]
    [Fact]
    public async Task A_reader_signs_up_confirms_gets_the_edition_and_leaves_by_one_click()
    {
        await using var room = new MailRoom();
        var page = await room.App.GetAsync("/newsletter");
        Assert.Equal((HttpStatusCode.OK, null), (page.Status, page.Header("Set-Cookie")));
        Assert.Single(page.Page.QuerySelectorAll("form.subscribe input"));

        await room.SignUpAsync("ada@example.org");
        var link = MailRoom.LinkIn(await room.Office.ExpectAsync("ada@example.org", "Please confirm"), "confirm");
        // Looking at the link confirms nothing; programs do that.
        Assert.Contains("Yes, send me the newsletter", (await room.App.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
        var own = await room.SendAsync(link);
        Assert.Contains("Confirmed", (await room.App.GetAsync(own.Header("Location")!)).Page.QuerySelector(".said")!.TextContent,
            StringComparison.Ordinal);

        await room.PublishAsync(2, "Gulls <b>& crabs</b>", "Tide tables");
        var mail = await room.Office.ExpectAsync("ada@example.org", "Gulls");
        await room.ExpectAsync(2, BulletinState.Sent);
        Assert.Equal(("Gulls <b>& crabs</b>", "The Lantern", "news@lantern.example"),
            (mail.Subject, mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Contains("Gulls &lt;b&gt;&amp; crabs&lt;/b&gt;", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Tide tables", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{MailRoom.Site}/editions/2", mail.HtmlBody, StringComparison.Ordinal);

        // RFC 8058: an address of ours behind TLS, one field, no cookie, no token, no origin.
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var leave = mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        Assert.StartsWith($"{MailRoom.Site}/newsletter/leave?key=", leave, StringComparison.Ordinal);
        var path = new Uri(leave).PathAndQuery;
        Assert.Contains("Leave the newsletter?", (await room.App.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
        using var click = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });
        using var answer = await room.App.Client.PostAsync(new Uri(path, UriKind.Relative), click, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var once = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });
        using var again = await room.App.Client.PostAsync(new Uri(path, UriKind.Relative), once, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        Assert.Equal(
            (0, 0), await room.App.FromElsewhereAsync(async db => (await db.Subscribers.CountAsync(), await db.Suppressed.CountAsync())));
        Assert.Equal(1, (await room.BulletinAsync(2))!.Left);
        await room.PublishAsync(3, "Nobody is there");
        await room.ExpectAsync(3, BulletinState.Sent);
        Assert.Single(room.Office.To("ada@example.org"), m => !m.Subject!.Contains("confirm", StringComparison.Ordinal));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_subscriber_chooses_sections_takes_a_pause_and_gets_what_was_chosen()
    {
        await using var room = new MailRoom();
        var own = (await room.SubscribeAsync("ada@example.org")).Replace("&said=confirmed", "", StringComparison.Ordinal);
        var none = await room.SendAsync(own, ("do", "save"), ("what", "some"));
        Assert.Contains("Choose at least one section", (await room.App.GetAsync(none.Header("Location")!)).Text, StringComparison.Ordinal);

        await room.SendAsync(own, ("do", "save"), ("what", "some"), ("section", "hill"));
        await room.PublishAsync(2, "All of the harbour");
        await room.ExpectAsync(2, BulletinState.Sent);
        Assert.Equal(1, (await room.CountsAsync())[MailingState.Skipped]);
        Assert.Equal("hill", (await room.App.GetAsync(own)).Page.QuerySelector("input[name=section][checked]")!.GetAttribute("value"));

        await room.SendAsync(own, ("do", "save"), ("what", "all"));
        await room.SendAsync(own, ("do", "pause"));
        await room.PublishAsync(3, "While they rest");
        await room.ExpectAsync(3, BulletinState.Sent);
        await room.SendAsync(own, ("do", "resume"));
        await room.PublishAsync(4, "Back again");
        await room.ExpectAsync(4, BulletinState.Sent);
        Assert.Equal(["Please confirm: The Lantern by mail", "Back again"], room.Office.To("ada@example.org").Select(m => m.Subject));
    }

    [Fact]
    public async Task A_link_that_is_changed_in_one_letter_or_whose_reader_has_left_opens_nothing()
    {
        await using var room = new MailRoom();
        var own = (await room.SubscribeAsync("ada@example.org")).Split('&')[0];
        var other = own[..^1] + (own[^1] == 'A' ? 'B' : 'A');
        foreach (var key in new[]
        {
            other, own.Replace("key=1.", "key=2.", StringComparison.Ordinal), "/newsletter/yours", "/newsletter/yours?key=x",
        })
        {
            Assert.Equal(HttpStatusCode.Gone, (await room.App.GetAsync(key)).Status);
            await room.SendAsync(key.Replace("yours", "leave", StringComparison.Ordinal), ("leave", "yes"));
        }
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
        Assert.Equal(
            "/newsletter/left", (await room.SendAsync(own.Replace("yours", "leave", StringComparison.Ordinal))).Header("Location"));
        var gone = await room.App.GetAsync(own);
        Assert.Equal((HttpStatusCode.Gone, "no-store"), (gone.Status, gone.Header("Cache-Control")));
    }

    [Fact]
    public async Task A_mail_provider_may_take_many_readers_off_the_list_from_one_place()
    {
        await using var room = new MailRoom(("Live:Burst", "3"));
        await room.AddAsync(30);
        var subscriberLinks = room.App.Services.GetRequiredService<SubscriberLinks>();
        for (var i = 1; i <= 30; i++)
        {
            using var click = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });
            using var answer = await room.App.Client.PostAsync(
                new Uri($"/newsletter/leave?key={subscriberLinks.Sign(i)}", UriKind.Relative),
                click,
                TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.SeeOther, (await room.SendAsync("/newsletter/leave?key=1.wrong")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await room.SendAsync("/newsletter/leave?key=1.wrong")).Status);
    }
}
