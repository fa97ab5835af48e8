using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editions;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Mail;
using SmtpServer.Protocol;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>Editions on their way to subscribers.</summary>
public sealed class SendingTests
{
    [Trait("Needs", "time")]
    [Fact]
    public async Task Several_workers_send_each_subscriber_one_copy_over_one_connection_a_batch()
    {
        await using var room = new MailRoom(("Newsletter:PerMinute", "1000000"), ("Newsletter:Batch", "20"));
        await room.AddAsync(100);
        await room.PublishAsync(2, "Tides");
        // The program's own worker is the third.
        var worker = room.App.Services.GetRequiredService<SendBulletins>();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await worker.MakeAsync(TestContext.Current.CancellationToken);
            while ((await worker.RoundAsync(TestContext.Current.CancellationToken)).More) { }
        })));
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            return (await room.BulletinAsync(2))?.State is BulletinState.Sent;
        }, "the bulletin is sent");
        Assert.Equal(100, room.Office.Mail.Count);
        Assert.Equal(100, room.Office.Mail.Select(m => m.To.Mailboxes.Single().Address).Distinct().Count());
        Assert.Equal(100, room.Office.Mail.Select(m => m.MessageId).Distinct().Count());
        Assert.InRange(room.Office.Connections.Count, 5, 8);
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Bulletins.CountAsync()));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task The_rate_of_the_settings_is_kept_between_batches()
    {
        await using var room = new MailRoom(("Newsletter:PerMinute", "60"), ("Newsletter:Batch", "10"));
        await room.AddAsync(25);
        await room.PublishAsync(2, "Tides");
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(room.Office.Mail.Count == 10), "the first batch is out");
        room.App.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(10, room.Office.Mail.Count);
        await NewsHubApp.EventuallyAsync(() =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(room.Office.Mail.Count == 25);
        }, "all are out");
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_mail_that_is_put_off_is_tried_again_and_one_that_nobody_has_the_address_of_marks_the_subscriber_in_the_end()
    {
        await using var room = new MailRoom(("Newsletter:Bounces", "2"));
        await room.AddAsync(3);
        room.Office.Says["reader1@example.org"] = (SmtpReplyCode)451;
        room.Office.Unknown["reader2@example.org"] = true;
        await room.PublishAsync(2, "Tides");
        await NewsHubApp.EventuallyAsync(async () => (await room.CountsAsync()) is var c
            && c.GetValueOrDefault(MailingState.Sent) == 1
            && c.GetValueOrDefault(MailingState.Failed) == 1, "one is out, one failed");
        var failed = await room.App.FromElsewhereAsync(db => db.Mailings.AsNoTracking().SingleAsync(d => d.State == MailingState.Failed));
        Assert.Contains("refused", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("reader2@example.org", failed.Reason, StringComparison.Ordinal);
        Assert.Equal((SubscriberState.Subscribed, 1), await StateAsync(2));
        room.Office.Says.Clear();
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromMinutes(1));
            return (await room.BulletinAsync(2))!.State is BulletinState.Sent;
        }, "the one that was put off is out");
        Assert.Single(room.Office.To("reader1@example.org"));

        await room.PublishAsync(3, "More tides");
        await room.ExpectAsync(3, BulletinState.Sent);
        Assert.Equal((SubscriberState.Bounced, 2), await StateAsync(2));
        await room.PublishAsync(4, "No more for the second");
        await room.ExpectAsync(4, BulletinState.Sent);
        Assert.Equal(2, await room.App.FromElsewhereAsync(db => db.Mailings.CountAsync(d => d.BulletinId == 3)));

        Task<(SubscriberState, int)> StateAsync(long id) => room.App.FromElsewhereAsync(
            async db => await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == id) is var s ? (s.State, s.Bounces) : default);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_costs_no_copy_a_try()
    {
        await using var room = new MailRoom(("Smtp:Port", "1"));
        await room.AddAsync(3);
        await room.PublishAsync(2, "Tides");
        await NewsHubApp.EventuallyAsync(async () => await room.BulletinAsync(2) is not null, "it is made");
        var report = await room.App.Services.GetRequiredService<SendBulletins>().RoundAsync(TestContext.Current.CancellationToken);
        Assert.Contains("cannot be reached", report.Problem ?? "cannot be reached", StringComparison.Ordinal);
        await NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(db =>
            db.Mailings.CountAsync(d => d.State == MailingState.Waiting && d.Tries == 0 && d.Claim == null)) == 3, "all wait as before");
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Nothing_is_sent_of_editions_from_files_of_old_ones_of_those_that_fill_a_gap_nor_while_the_setting_is_off()
    {
        await using var room = new MailRoom();
        await room.AddAsync(1);
        await room.App.FromElsewhereAsync(db => MailRoom.PublishAsync(db, 5, room.App.Time.GetUtcNow().AddDays(-2), "Two days old"));
        await room.PublishAsync(4, "Fills a gap");
        await room.App.FromElsewhereAsync(db => db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.Bulletin, false)));
        await room.PublishAsync(6, "While it is off");
        await FollowedAsync();
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Bulletins.CountAsync()));
        await room.App.FromElsewhereAsync(db => db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.Bulletin, true)));
        await room.PublishAsync(7, "On again");
        await room.ExpectAsync(7, BulletinState.Sent);
        Assert.Equal(["On again"], room.Office.Mail.Select(m => m.Subject));

        Task FollowedAsync() => NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(async db => await db.BulletinPlaces
            .Select(p => (long?)p.LastEvent)
            .SingleOrDefaultAsync() == await db.Events.MaxAsync(e => (long?)e.Id)), "the log is followed");
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_story_that_is_withdrawn_while_the_bulletin_is_on_its_way_is_in_no_further_copy()
    {
        await using var room = new MailRoom(("Newsletter:PerMinute", "60"), ("Newsletter:Batch", "1"));
        await room.AddAsync(2);
        await room.PublishAsync(2, "It was not true", "Tides");
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(room.Office.Mail.Count == 1), "the first copy is out");
        await room.App.FromElsewhereAsync(async db =>
        {
            (await db.Stories.Include(s => s.Listings).Include(s => s.Events).SingleAsync(s => s.Address!.EndsWith("it-was-not-true")))
                .Withdraw("It was not true.", "hoax", Desk.Editor, room.App.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await NewsHubApp.EventuallyAsync(() =>
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(room.Office.Mail.Count == 2);
        }, "the second copy is out");
        Assert.Equal("It was not true", room.Office.Mail.First().Subject);
        Assert.DoesNotContain("It was not true", room.Office.Mail.Last().ToString(), StringComparison.Ordinal);
        Assert.Equal("Tides", room.Office.Mail.Last().Subject);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Tries_of_a_copy_that_is_put_off_are_twice_as_far_apart_each_time_up_to_320_minutes()
    {
        await using var room = new MailRoom(("Newsletter:Tries", "9"));
        await room.AddAsync(1);
        room.Office.Says["reader1@example.org"] = (SmtpReplyCode)451;
        await room.PublishAsync(2, "Tides");
        var waits = new List<double>();
        for (var tries = 1; tries <= 8; tries++)
        {
            await NewsHubApp.EventuallyAsync(
                async () => await CopyAsync() is { Claim: null } d && d.Tries == tries, $"try {tries} was made");
            var wait = (await CopyAsync())!.NextAt - room.App.Time.GetUtcNow();
            waits.Add(wait.TotalMinutes);
            room.App.Time.Advance(wait);
            await room.App.Services.GetRequiredService<SendBulletins>().FollowAsync([], TestContext.Current.CancellationToken);
        }
        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 320], waits);

        Task<Mailing?> CopyAsync() => room.App.FromElsewhereAsync(db => db.Mailings.AsNoTracking().SingleOrDefaultAsync());
    }

    [Fact]
    public async Task While_nothing_can_go_out_the_waits_double_up_to_a_quarter_of_an_hour()
    {
        await using var room = new MailRoom();
        await room.AddAsync(1);
        await room.App.FromElsewhereAsync(async db =>
        {
            // A bulletin of an edition that is not out cannot be set.
            var edition = new Edition(2, new DateOnly(2025, 7, 1), "Not out");
            db.Editions.Add(edition);
            await db.SaveChangesAsync();
            var at = room.App.Time.GetUtcNow().UtcDateTime;
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Bulletins" ("Id", "EditionId", "Number", "Subject", "Preheader", "State", "MadeAt", "Left", "Version")
                VALUES (1, {edition.Id.Value}, 2, 'Subject', '', 'Sending', {at}, 0, 0)
                """);
            return await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Mailings" ("BulletinId", "SubscriberId", "State", "Tries", "NextAt", "At")
                SELECT 1, "Id", 'Waiting', 0, {at}, {at} FROM "Subscribers"
                """);
        });
        using var worker = ActivatorUtilities.CreateInstance<SendBulletins>(room.App.Services);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = await worker.RunAsync(TestContext.Current.CancellationToken);
            // Whoever wakes it meanwhile does not make it try again.
            Assert.Equal(wait, await worker.RunAsync(TestContext.Current.CancellationToken));
            waits.Add(wait.TotalSeconds);
            room.App.Time.Advance(wait);
        }
        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], waits);
    }
}
