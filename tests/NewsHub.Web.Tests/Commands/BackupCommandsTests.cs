using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests.Commands;

[NeedsProcess]
public sealed class BackupCommandsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-backup-");

    private string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Backed_up_while_editors_publish_and_restored_it_is_a_working_paper_with_every_row()
    {
        await using var app = new NewsHubApp();
        var acknowledged = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        _ = app.Client;
        var editors = Task.Run(async () =>
        {
            for (var n = 0; !enough.IsCancellationRequested; n++)
                acknowledged.Enqueue(await app.FromElsewhereAsync(db => Desk.PublishAsync(db, $"Dispatch {n}", app.Time.GetUtcNow())));
        }, TestContext.Current.CancellationToken);
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(acknowledged.Count > 20), "the editors have begun");
        var before = acknowledged.ToArray();
        var events = await app.FromElsewhereAsync(db => db.Events.MaxAsync(e => e.Id));
        var backup = await Program.RunAsync(["backup", At("out/paper.zip"), "--data", app.Data]);
        var during = acknowledged.Count - before.Length;
        await enough.CancelAsync();
        await editors;
        Assert.Equal((0, ""), (backup.Code, backup.Errors));
        Assert.EndsWith($"backed up to {At("out/paper.zip")}.\n", backup.Output, StringComparison.Ordinal);
        Assert.InRange(during, 1, int.MaxValue);
        Assert.Equal(["paper.zip"], Directory.GetFiles(At("out")).Select(Path.GetFileName));

        var restore = await Program.RunAsync(["restore", At("out/paper.zip"), "--data", At("data")]);
        Assert.Equal((0, ""), (restore.Code, restore.Errors));
        Assert.Contains(" stories and ", restore.Output, StringComparison.Ordinal);
        await using (var db = new NewsDb(
            (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Path.Combine(At("data"), "news.db")).Options))
        {
            Assert.Equal("ok", await db.Database
                .SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check")
                .SingleAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await db.Database
                .SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check")
                .ToListAsync(TestContext.Current.CancellationToken));
            var stories = await db.Stories
                .Where(s => s.Address != null)
                .Select(s => s.Address!)
                .ToListAsync(TestContext.Current.CancellationToken);
            Assert.Empty(before.Except(stories));
            Assert.InRange(await db.Events.MaxAsync(e => e.Id, TestContext.Current.CancellationToken), events, long.MaxValue);
            // Each whole: a story with its text and its place in the lists.
            Assert.False(await db.Stories.AnyAsync(
                s => s.Address != null && s.LiveRevision != null && !db.Revisions.Any(r => r.StoryId == s.Id && r.Number == s.LiveRevision),
                TestContext.Current.CancellationToken));
            Assert.True(await db.Sites.AnyAsync(s => s.ImportedAt != null, TestContext.Current.CancellationToken));
        }
        Assert.False(Directory.Exists(Path.Combine(At("data"), "media", "renditions")));

        using var serving = await Program.ServeAsync(At("data"), At("no-content"));
        foreach (var address in before.TakeLast(3)) Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync(address)).Status);
        var lead = await serving.GetAsync(SamplePaper.LeadStory);
        Assert.Equal(HttpStatusCode.OK, lead.Status);
        var picture = await serving.GetAsync(lead.Page.QuerySelector(".lead-shot img")!.GetAttribute("src")!);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (picture.Status, picture.Header("Content-Type")));
    }

    [Fact]
    public async Task Restoring_is_refused_while_the_paper_is_served_or_a_store_is_there()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        using (var serving = await Program.ServeAsync(At("data"), made.Folder))
        {
            Assert.Equal(0, (await Program.RunAsync(["backup", At("paper.zip"), "--data", At("data")])).Code);
            var busy = await Program.RunAsync(["restore", At("paper.zip"), "--force", "--data", At("data")]);
            AssertRefused(busy, "is in use");
            Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync("/harbour/2025/06/30/boats")).Status);
            // As a power cut ends it: nothing is left that would say it is served.
        }
        AssertRefused(await Program.RunAsync(["restore", At("paper.zip"), "--data", At("data")]), "--force");
        made.Story("2025-07-01", "nets", "Nets are out");
        Assert.Equal(0, (await Program.RunAsync(["import", made.Folder, "--data", At("data")])).Code);
        Assert.Equal(0, (await Program.RunAsync(["restore", At("paper.zip"), "--force", "--data", At("data")])).Code);
        using var again = await Program.ServeAsync(At("data"), At("no-content"));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/harbour/2025/06/30/boats")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync("/harbour/2025/07/01/nets")).Status);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_a_sentence_and_nothing_is_made()
    {
        AssertRefused(await Program.RunAsync(["backup", At("paper.zip"), "--data", At("none")]), "no store");
        AssertRefused(await Program.RunAsync(["restore", At("paper.zip"), "--data", At("none")]), "no backup");
        File.WriteAllText(At("text.zip"), "This is no zip file.");
        AssertRefused(await Program.RunAsync(["restore", At("text.zip"), "--data", At("none")]), "is no whole backup");
        Assert.Equal(["text.zip"], _folder.GetFileSystemInfos().Select(f => f.Name));
    }

    private static void AssertRefused(Program.Outcome outcome, string sentence)
    {
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(sentence, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("should not have happened", outcome.Errors, StringComparison.Ordinal);
    }
}
