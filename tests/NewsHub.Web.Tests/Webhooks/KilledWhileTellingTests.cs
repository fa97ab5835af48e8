using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Tests.Commands;
using NewsHub.Web.Webhooks;
using Server = NewsHub.Web.Tests.Commands.Program;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>The program in a process of its own, killed while a letter is on its way.</summary>
[NeedsProcess]
public sealed class KilledWhileTellingTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-telling-");
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");

    public void Dispose()
    {
        _paper.Dispose();
        _data.Delete(recursive: true);
    }

    private NewsDb Open() => new(
        (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Path.Combine(_data.FullName, "news.db")).Options);

    [Fact]
    public async Task Nothing_is_lost_by_a_kill_and_what_comes_twice_has_one_key()
    {
        await using var receiver = await Receiver.OpenAsync();
        receiver.Answers = Receiver.Hangs;
        string[] settings = ["--Webhooks:AllowHttp=true", $"--Outbound:Allow:0={receiver.Host}", "--Outbound:Seconds=60"];
        string secret;
        using (await Server.ServeAsync(_data.FullName, _paper.Folder, settings))
        {
            var keys = DataProtectionProvider.Create(
                new DirectoryInfo(Path.Combine(_data.FullName, "keys")), k => k.SetApplicationName("NewsHub"));
            (secret, var kept) = new HookSecret(keys).Make();
            await using var db = Open();
            db.Webhooks.Add(new Webhook(new Uri($"http://{receiver.Host}/in"), [WebhookEventType.StoryPublished], kept,
                await db.Events.MaxAsync(e => e.Id), Desk.Editor, TimeProvider.System.GetUtcNow()));
            await db.SaveChangesAsync();
            await Desk.PublishAsync(db, "On its way", TimeProvider.System.GetUtcNow());
            await NewsHubApp.EventuallyAsync(() => Task.FromResult(!receiver.Letters.IsEmpty), "a letter came, and its bearer waits");
            // It is killed while it waits; the second is published while nobody is there.
        }
        receiver.Answers = Receiver.Well;
        await using (var db = Open())
        {
            await Desk.PublishAsync(db, "While it was down", TimeProvider.System.GetUtcNow());
            var held = await db.Deliveries.AsNoTracking().SingleAsync();
            Assert.True(
                held is { State: DeliveryState.Waiting, Tries: 0, LeasedTo: not null }, "The letter in hand is not waiting under a lease.");
            // A minute goes by.
            DateTimeOffset? past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.LeasedUntil, past));
        }
        using var again = await Server.ServeAsync(_data.FullName, _paper.Folder, settings);
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(receiver.Letters.Count >= 3), "both letters came");
        var letters = receiver.Letters.ToList();
        Assert.All(letters, l => Assert.True(l.IsSignedBy(secret, TimeProvider.System.GetUtcNow())));
        Assert.Equal(["On its way", "On its way", "While it was down"], letters.Select(l => l.Data.GetProperty("headline").GetString()));
        Assert.Equal(2, letters.Select(l => l.Delivery).Distinct().Count());
    }
}
