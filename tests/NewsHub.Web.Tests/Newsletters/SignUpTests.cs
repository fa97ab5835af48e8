using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Jobs;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>Signing up: what is answered, and to whom mail goes.</summary>
public sealed class SignUpTests
{
    [Fact]
    public async Task Known_unknown_paused_bounced_and_suppressed_addresses_get_one_answer_and_leave_the_same_trace_until_it_is_out()
    {
        await using var room = new MailRoom();
        await room.SubscribeAsync("known@example.org");
        await room.SubscribeAsync("Paused@example.org");
        await room.SubscribeAsync("bounced@example.org");
        var complained = await room.SubscribeAsync("suppressed@example.org");
        await room.App.FromElsewhereAsync(
            db => db.Database.ExecuteSqlAsync($"""UPDATE "Subscribers" SET "State" = 'Paused' WHERE "Folded" = 'paused@example.org'"""));
        await room.App.FromElsewhereAsync(db => db.Database.ExecuteSqlAsync(
            $"""UPDATE "Subscribers" SET "State" = 'Bounced' WHERE "Folded" IN ('bounced@example.org', 'suppressed@example.org')"""));
        await room.SendAsync(complained.Split('&')[0].Replace("yours", "leave", StringComparison.Ordinal));
        Assert.Equal(Suppression.Bounced, await room.App.FromElsewhereAsync(db => db.Suppressed.Select(s => s.Why).SingleAsync()));
        room.Office.Mail.Clear();
        room.App.Time.Advance(TimeSpan.FromHours(1));

        var answers = new List<string>();
        foreach (var name in new[] { "known", "unknown", "PAUSED", "bounced", "suppressed" })
        {
            var answer = await room.SignUpAsync($"{name}@example.org");
            answers.Add(string.Join('\n', answer.Headers
                .Where(h => h.Key != "Date")
                .Select(h => $"{h.Key}: {h.Value}")
                .Prepend($"{answer.Status}")
                .Append(answer.Text)));
        }
        Assert.Single(answers.Distinct());

        Assert.Contains(
            "/newsletter/yours?key=", (await room.Office.ExpectAsync("known@example.org", "already")).TextBody, StringComparison.Ordinal);
        await room.Office.ExpectAsync("PAUSED@example.org", "already");
        await room.Office.ExpectAsync("unknown@example.org", "Please confirm");
        await NewsHubApp.EventuallyAsync(
            async () => await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync(s => s.NextTryAt != null)) == 0, "all are seen to");
        Assert.Equal(3, room.Office.Mail.Count);
        Assert.Equal("unknown@example.org", await room.App.FromElsewhereAsync(db => db.SignUps.Select(s => s.Address).SingleAsync()));
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("fr", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task Whoever_reads_the_paper_in_another_language_gets_mail_in_it_and_may_choose_another(string language, string direction)
    {
        await using var room = new MailRoom();
        var words = Texts.Of(language)!;
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/newsletter")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("address", "ada@example.org")]),
        })
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Cookie", $"__Host-lang={language}");
            using var asked = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        }
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(room.Office.To("ada@example.org").Count == 1), "a mail asks to confirm");
        var confirm = room.Office.To("ada@example.org")[0];
        Assert.Equal((words.Say("mail.confirm.subject", ("paper", "The Lantern")), language),
            (confirm.Subject, confirm.Body!.Headers["Content-Language"]));
        Assert.DoesNotContain("Open this link", confirm.TextBody, StringComparison.Ordinal);
        // Plain text has no direction: what runs from right to left comes as HTML, too.
        Assert.Equal(
            direction == "rtl", confirm.HtmlBody?.Contains($"<html lang=\"{language}\" dir=\"rtl\">", StringComparison.Ordinal) ?? false);

        var yours = (await room.SendAsync(MailRoom.LinkIn(confirm, "confirm"))).Header("Location")!;
        await room.PublishAsync(2, "Tides");
        await room.ExpectAsync(2, BulletinState.Sent);
        var bulletin = room.Office.To("ada@example.org")[^1];
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\"", bulletin.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", bulletin.HtmlBody, StringComparison.Ordinal);
        Assert.Contains(words["mail.whole"], bulletin.TextBody, StringComparison.Ordinal);
        Assert.Equal(language, bulletin.Body!.Headers["Content-Language"]);

        Assert.Equal(
            language, (await room.App.ParseAsync(yours)).QuerySelector("select[name=language] option[selected]")!.GetAttribute("value"));
        await room.SendAsync(yours, ("do", "save"), ("what", "all"), ("language", "en"));
        await room.PublishAsync(3, "More tides");
        await room.ExpectAsync(3, BulletinState.Sent);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\"", room.Office.To("ada@example.org")[^1].HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: all@example.org")]
    [InlineData("ada@example.org\nSubject: x\n\nbody")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org, bo@example.org")]
    [InlineData("ada@@example.org")]
    [InlineData("ada@bo@example.org")]
    [InlineData("\"ada@x\"@example.org")]
    [InlineData("adaexample.org")]
    [InlineData("ada@localhost")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@-example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("<script>alert(1)</script>@example.org")]
    [InlineData("")]
    [InlineData("400")]
    public async Task An_address_that_is_none_is_a_field_error_that_keeps_what_was_typed(string typed)
    {
        if (typed == "400") typed = new string('a', 388) + "@example.org";
        await using var room = new MailRoom();
        var answer = await room.SignUpAsync(typed);
        Assert.Equal((HttpStatusCode.BadRequest, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        var field = answer.Page.GetElementById("address")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.True(answer.Page.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent.Length > 10);
        Assert.Equal(typed.ReplaceLineEndings("\n"), field.GetAttribute("value")!.ReplaceLineEndings("\n"));
        Assert.Equal(1, answer.Page.QuerySelectorAll("h1").Length);
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync()));
        Assert.Empty(room.Office.Mail);
        // The page that others get is as it was.
        Assert.Equal("", (await room.App.GetAsync("/newsletter")).Page.GetElementById("address")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_link_confirms_once_within_48_hours_and_says_so_plainly_afterwards()
    {
        await using var room = new MailRoom();
        await room.SignUpAsync("ada@example.org");
        var link = MailRoom.LinkIn(await room.Office.ExpectAsync("ada@example.org", "Please confirm"), "confirm");
        // A database of PostgreSQL is no file of ours.
        if (room.App.Database is null)
            Assert.DoesNotContain(link.Split("key=")[1], await File.ReadAllTextAsync(Path.Combine(room.App.Data, "news.db"),
                System.Text.Encoding.Latin1, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("/newsletter/yours?key=", (await room.SendAsync(link)).Header("Location"), StringComparison.Ordinal);
        var replayed = await room.SendAsync(link);
        Assert.Equal(link, replayed.Header("Location"));
        var page = await room.App.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Contains("does not open any more", page.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Subscribers.CountAsync()));
        foreach (var wrong in new[]
        {
            "/newsletter/confirm", "/newsletter/confirm?key=x", "/newsletter/confirm?key=" + new string('A', 43),
            "/newsletter/confirm?key=" + new string('A', 4000),
        })
        {
            Assert.Equal(HttpStatusCode.Gone, (await room.App.GetAsync(wrong)).Status);
        }
    }

    [Fact]
    public async Task What_nobody_confirms_is_forgotten_after_48_hours()
    {
        await using var room = new MailRoom();
        await room.SignUpAsync("ada@example.org");
        var link = MailRoom.LinkIn(await room.Office.ExpectAsync("ada@example.org", "Please confirm"), "confirm");
        room.App.Time.Advance(TimeSpan.FromHours(47));
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync(link)).Status);
        room.App.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Gone, (await room.App.GetAsync(link)).Status);
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromMinutes(1));
            return await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync()) == 0;
        }, "the address is forgotten");
    }

    [Fact]
    public async Task A_flood_from_one_place_or_for_one_address_is_stopped_and_another_sites_form_is_refused()
    {
        await using var room = new MailRoom();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Redirect, (await room.SignUpAsync("ada@example.org")).Status);
        var again = await room.SignUpAsync("ADA@example.org");
        Assert.Equal(HttpStatusCode.TooManyRequests, again.Status);
        Assert.NotNull(again.Header("Retry-After"));
        Assert.Equal("ADA@example.org", again.Page.GetElementById("address")!.GetAttribute("value"));
        for (var i = 0; i < 7; i++) Assert.Equal(HttpStatusCode.Redirect, (await room.SignUpAsync($"r{i}@example.org")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await room.SignUpAsync("r8@example.org")).Status);

        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["address"] = "bo@example.org" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/newsletter") { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Sign_ups_from_all_places_together_have_a_bound()
    {
        await using var room = new MailRoom(("Newsletter:BurstOfAll", "4"));
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.Redirect, (await room.SignUpAsync($"r{i}@example.org")).Status);
        var refused = await room.SignUpAsync("r4@example.org");
        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(4, await room.App.FromElsewhereAsync(db => db.SignUps.CountAsync()));
        room.App.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Redirect, (await room.SignUpAsync("r4@example.org")).Status);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_is_tried_again_until_the_mail_is_out()
    {
        await using var room = new MailRoom();
        room.Office.Says["ada@example.org"] = (SmtpServer.Protocol.SmtpReplyCode)451;
        await room.SignUpAsync("ada@example.org");
        await NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(db => db.SignUps.AnyAsync(s => s.Tries == 1
            && s.NextTryAt > room.App.Time.GetUtcNow())), "it was put off");
        room.Office.Says.Clear();
        await NewsHubApp.EventuallyAsync(() =>
        {
            room.App.Time.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(room.Office.To("ada@example.org").Count == 1);
        }, "the mail is out");
    }

    [Fact]
    public async Task Tries_of_a_mail_to_who_signed_up_are_twice_as_far_apart_each_time_up_to_four_hours()
    {
        await using var room = new MailRoom();
        room.Office.Says["ada@example.org"] = (SmtpServer.Protocol.SmtpReplyCode)451;
        await room.SignUpAsync("ada@example.org");
        var waits = new List<double>();
        for (var tries = 1; tries <= 10; tries++)
        {
            var now = room.App.Time.GetUtcNow();
            // While a try is made, its lease of five minutes stands where the next try will.
            await NewsHubApp.EventuallyAsync(
                async () => await NextAsync() is var s && s.Tries == tries && s.NextTryAt != now.AddMinutes(5), $"try {tries} was made");
            var next = (await NextAsync()).NextTryAt!.Value;
            waits.Add((next - now).TotalMinutes);
            room.App.Time.Advance(next - now);
            room.App.Services.GetRequiredService<AnswerSignUps>().Wake();
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 240, 240], waits);

        Task<SignUp> NextAsync() => room.App.FromElsewhereAsync(db => db.SignUps.AsNoTracking().SingleAsync());
    }
}
