using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>What those outside are told, over real HTTP.</summary>
public sealed class TellingTests : IAsyncLifetime
{
    private HookRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await HookRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_published_story_is_told_signed_and_in_the_words_of_the_API()
    {
        var (_, secret) = await _room.RegisterAsync();
        await _room.PublishAsync();
        var letter = await _room.LetterAsync(1);
        Assert.Equal("story.published", letter.Event);
        Assert.True(letter.IsSignedBy(secret, _room.Now), letter.Signature);
        Assert.False(letter.IsSignedBy(secret + "x", _room.Now));
        Assert.False((letter with { Body = [.. letter.Body, (byte)' '] }).IsSignedBy(secret, _room.Now));
        Assert.False(letter.IsSignedBy(secret, _room.Now.AddMinutes(10)));
        Assert.Equal((letter.Delivery, "story.published"),
            (letter.Json.GetProperty("id").GetString(), letter.Json.GetProperty("event").GetString()));
        var answer = (await _room.App.GetAsync($"/api/v1/stories/{letter.Data.GetProperty("id").GetInt64()}")).Text;
        Assert.Equal(answer, letter.Data.GetRawText());
        var delivery = await _room.DeliveryAsync(d => d.State is DeliveryState.Delivered, "it is noted as delivered");
        Assert.Equal((1, 200, "thank you"), (delivery.Tries, delivery.Status, delivery.Answer));
        // What it is signed with lies sealed in the store.
        Assert.DoesNotContain(secret, await _room.App.FromElsewhereAsync(db => db.Webhooks.Select(w => w.SealedSecret).SingleAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_told_by_its_name_and_a_withdrawal_says_no_word_of_the_story()
    {
        await _room.RegisterAsync();
        var address = await _room.PublishAsync();
        await _room.LetterAsync(1);
        await _room.App.FromElsewhereAsync(db => Desk.UpdateAsync(db, address, "Later news", _room.Now));
        Assert.Equal(("story.updated", "Later news"), await Said(2));
        await _room.App.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (story, _) => story.NoteCorrection("It was Tuesday.", Desk.Editor, _room.Now)));
        Assert.Equal(("story.corrected", "Later news"), await Said(3));
        await _room.App.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (story, _) => story.Withdraw("It was not true.", "hoax", Desk.Editor, _room.Now)));
        var gone = await _room.LetterAsync(4);
        Assert.Equal(("story.withdrawn", "It was not true."), (gone.Event, gone.Data.GetProperty("notice").GetString()));
        Assert.Equal(["id", "url", "notice"], gone.Data.EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain("Later", gone.Json.ToString(), StringComparison.Ordinal);
        await _room.App.FromElsewhereAsync(db => Desk.ChangeAsync(db, address, (story, _) => story.Restore(Desk.Editor, _room.Now)));
        Assert.Equal(("story.published", "Later news"), await Said(5));
        await _room.App.FromElsewhereAsync(async db =>
        {
            var edition = new Edition(1, new DateOnly(2025, 7, 1), "The first");
            var story = await db.Stories.SingleAsync(s => s.Address == address);
            edition.Compose([(SlotKind.Lead, story.Id)]);
            db.Editions.Add(edition);
            await db.SaveChangesAsync();
            db.Events.Add(edition.Publish([story], Desk.Editor, _room.Now));
            return await db.SaveChangesAsync();
        });
        var edition = await _room.LetterAsync(6);
        Assert.Equal(("edition.published", 1), (edition.Event, edition.Data.GetProperty("number").GetInt32()));
        Assert.Equal(6, _room.Receiver.Letters.Select(l => l.Delivery).Distinct().Count());

        async Task<(string, string?)> Said(int number)
        {
            var letter = await _room.LetterAsync(number);
            return (letter.Event, letter.Data.GetProperty("headline").GetString());
        }
    }

    [Fact]
    public async Task Nothing_is_told_of_what_is_not_out_and_only_what_was_asked_for()
    {
        await _room.RegisterAsync("/withdrawals", WebhookEventType.StoryWithdrawn);
        await _room.RegisterAsync("/all");
        await _room.App.FromElsewhereAsync(async db =>
        {
            var draft = await Desk.DraftAsync(db, "Not yet", _room.Now);
            draft.File(Desk.Editor, _room.Now);
            draft.Schedule(_room.Now.AddDays(2), Desk.Editor, _room.Now);
            return await db.SaveChangesAsync();
        });
        await _room.PublishAsync();
        await _room.DeliveryAsync(d => d.State is DeliveryState.Delivered, "the published one was told");
        Assert.Equal(["/all"], _room.Receiver.Letters.Select(l => l.Path));
        Assert.All(_room.Receiver.Letters, l => Assert.DoesNotContain("Not yet", l.Json.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_that_is_withdrawn_before_a_late_try_is_not_sent_out_by_it()
    {
        _room.Receiver.Answers = Receiver.Says(500);
        await _room.RegisterAsync();
        var address = await _room.PublishAsync();
        await _room.DeliveryAsync(d => d.Tries == 1, "the first try failed");
        _room.Receiver.Answers = Receiver.Well;
        await _room.App.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (story, _) => story.Withdraw("It was not true.", "hoax", Desk.Editor, _room.Now)));
        Assert.Equal("story.withdrawn", (await _room.LetterAsync(2)).Event);
        _room.App.Time.Advance(TimeSpan.FromMinutes(1));
        await _room.EventuallyAsync(
            async () => (await _room.LogAsync())[0].State is DeliveryState.Dropped, "the first delivery was overtaken");
        Assert.Equal(2, _room.Receiver.Letters.Count);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Two_workers_never_send_the_same_delivery()
    {
        var (hook, _) = await _room.RegisterAsync();
        await _room.PressAsync(hook, "pause");
        await _room.App.FromElsewhereAsync(async db =>
        {
            for (var i = 0; i < 30; i++)
                db.Deliveries.Add(new Delivery(hook, Guid.NewGuid(), WebhookEventType.Ping, null, null, null, _room.Now, _room.Now));
            return await db.SaveChangesAsync();
        });
        await using var other = new AnotherWorker(_room.App);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => other.RoundAsync()));
        await _room.DeliveryAsync(d => d.State is DeliveryState.Delivered, "all are delivered");
        await _room.EventuallyAsync(async () => (await _room.LogAsync()).All(d => d.State is DeliveryState.Delivered), "all are delivered");
        Assert.Equal((30, 30), (_room.Receiver.Letters.Count, _room.Receiver.Letters.Select(l => l.Delivery).Distinct().Count()));
        Assert.All(await _room.LogAsync(), d => Assert.Equal((1, null), (d.Tries, d.LeasedTo)));
    }

    /// <summary>The job once more, as a second node would run it.</summary>
    private sealed class AnotherWorker(NewsHubApp app) : IAsyncDisposable
    {
        private readonly List<Web.Jobs.SendWebhooks> _jobs = [];

        public Task<int> RoundAsync()
        {
            var job = Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<Web.Jobs.SendWebhooks>(app.Services);
            _jobs.Add(job);
            return job.RoundAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            _jobs.ForEach(j => j.Dispose());
            return ValueTask.CompletedTask;
        }
    }
}
