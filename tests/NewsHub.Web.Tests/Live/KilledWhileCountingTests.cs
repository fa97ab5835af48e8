using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Web.Tests.Commands;
using Server = NewsHub.Web.Tests.Commands.Program;

namespace NewsHub.Web.Tests.Live;

/// <summary>The program in a process of its own, killed while many react.</summary>
[NeedsProcess]
public sealed class KilledWhileCountingTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-counting-");
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");

    public void Dispose()
    {
        _paper.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task No_reaction_that_was_acknowledged_is_lost_by_a_kill_and_the_sum_is_that_of_the_rows()
    {
        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < 2; round++)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
            Task[] senders;
            using (var server = await Server.ServeAsync(_data.FullName, _paper.Folder, "--Live:Burst=1000000"))
            {
                client.BaseAddress = server.Address;
                var (enough, seen, first) = (new TaskCompletionSource(), 0, round * 1_000_000);
                senders = [.. Enumerable.Range(0, 16).Select(sender => Task.Run(async () =>
                {
                    try
                    {
                        for (var n = 0; ; n++)
                        {
                            var key = $"{first + (sender * 10_000) + n:x32}";
                            var answer = await Post.SendAsync(client, "/react/1", "glad", cookie: $"reader={key}");
                            Assert.Equal(HttpStatusCode.OK, answer.Status);
                            acknowledged.Add(key);
                            if (Interlocked.Increment(ref seen) == 400) enough.TrySetResult();
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
        }
        Assert.True(acknowledged.Count >= 800, $"Only {acknowledged.Count} were acknowledged.");

        await using var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>()
            .UseSqliteStore(Path.Combine(_data.FullName, "news.db")).Options);
        var kept = (await db.Reactions.Select(r => r.Reader).ToListAsync()).ToHashSet();
        Assert.All(acknowledged, key => Assert.Contains(ReaderMark.Of(key, new StoryId(1)), kept));
        Assert.Equal(kept.Count, (await db.Stories.Select(s => s.Reactions).SingleAsync())["glad"]);
        Assert.Equal(
            "ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
    }
}
