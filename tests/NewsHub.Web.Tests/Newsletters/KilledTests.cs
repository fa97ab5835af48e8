using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Web.Tests.Commands;
using Server = NewsHub.Web.Tests.Commands.Program;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>The program in a process of its own, killed in the middle.</summary>
[NeedsProcess]
public sealed class KilledTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-mailing-");
    private readonly MadeUpPaper _paper = MailRoom.Paper();

    public void Dispose()
    {
        _paper.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_send_that_is_killed_midway_goes_on_where_it_stopped_one_mail_each()
    {
        const int All = 300;
        using var office = new PostOffice();
        string[] words = [
            "--Smtp:Host=localhost", $"--Smtp:Port={office.Port}", "--Smtp:Tls=none", "--Smtp:From=news@lantern.example",
            "--Newsletter:PerMinute=1000000", "--Newsletter:Batch=40", "--Newsletter:Lease=4",
        ];
        foreach (var (kill, first) in new[] { (40, true), (80, false), (120, false), (170, false) })
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            office.Taken = n =>
            {
                if (n >= kill) enough.TrySetResult();
            };
            // Disposed, it is killed: no goodbye.
            using var server = await Server.ServeAsync(_data.FullName, _paper.Folder, words);
            if (first)
            {
                await using var db = Db();
                await MailRoom.AddAsync(db, All);
                await MailRoom.PublishAsync(db, 2, TimeProvider.System.GetUtcNow(), "Tides", "Gulls");
            }
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        Assert.InRange(office.Mail.Count, 170, All - 1);
        using (await Server.ServeAsync(_data.FullName, _paper.Folder, words))
            await NewsHubApp.EventuallyAsync(async () =>
            {
                await using var db = Db();
                return await db.Bulletins.Select(b => b.State).SingleAsync() is BulletinState.Sent;
            }, "the bulletin is sent to its end");

        // The one copy that the server took as the program died is sent once more, and carries the same
        // Message-ID: one at most for each kill.
        var copies = office.Mail.GroupBy(m => m.To.Mailboxes.Single().Address).ToList();
        Assert.Equal(All, copies.Count);
        Assert.All(copies, c => Assert.Single(c.Select(m => m.MessageId).Distinct()));
        Assert.InRange(office.Mail.Count, All, All + 4);
        await using var store = Db();
        Assert.Equal(All, await store.Mailings.CountAsync(d => d.State == MailingState.Sent));
        Assert.Equal(
            "ok", await store.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
    }

    [Fact]
    public async Task No_sign_up_that_was_acknowledged_is_lost_by_a_kill()
    {
        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < 2; round++)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
            Task[] senders;
            Task<string> said;
            var refused = new ConcurrentBag<HttpStatusCode>();
            using (var server = await Server.ServeAsync(
                _data.FullName, _paper.Folder, "--Live:Burst=1000000", "--Newsletter:Burst=1000000", "--Newsletter:BurstOfAll=1000000"))
            {
                client.BaseAddress = server.Address;
                said = server.SaidAsync();
                var (enough, seen, first) = (new TaskCompletionSource(), 0, round);
                senders = [.. Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
                {
                    try
                    {
                        for (var n = 0; ; n++)
                        {
                            var address = $"r{first}-{sender}-{n}@example.org";
                            var answer = await MailRoom.SendAsync(client, "/newsletter", ("address", address));
                            if (answer.Status != HttpStatusCode.Redirect)
                            {
                                refused.Add(answer.Status);
                                return;
                            }
                            acknowledged.Add(address);
                            if (Interlocked.Increment(ref seen) == 150) enough.TrySetResult();
                        }
                    }
                    catch (Exception e) when (e is HttpRequestException or IOException)
                    {
                        // It was killed.
                    }
                    finally
                    {
                        enough.TrySetResult();
                    }
                }))];
                await enough.Task;
            }
            await Task.WhenAll(senders);
            Assert.True(refused.IsEmpty, $"{string.Join(", ", refused)}: {await said}");
        }
        Assert.True(acknowledged.Count >= 300, $"Only {acknowledged.Count} were acknowledged.");
        await using var db = Db();
        var kept = (await db.SignUps.Select(s => s.Address).ToListAsync()).ToHashSet();
        Assert.DoesNotContain(acknowledged, a => !kept.Contains(a));
        Assert.Equal(
            "ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
    }

    private NewsDb Db() => new(
        (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Path.Combine(_data.FullName, "news.db")).Options);
}
