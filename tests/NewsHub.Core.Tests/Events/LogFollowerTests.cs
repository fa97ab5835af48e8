using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Webhooks;

namespace NewsHub.Core.Tests.Events;

/// <summary>Following the event log from a stored position: each event once, whatever happens in between.</summary>
public sealed class LogFollowerTests : IAsyncLifetime
{
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Every_event_is_handed_over_once_in_its_order_in_batches()
    {
        await WriteAsync(1200);
        var batches = new List<long[]>();
        await FollowAsync(events => batches.Add([.. events.Select(e => e.Id)]));
        await FollowAsync(_ => Assert.Fail("There is nothing new."));
        Assert.Equal([500, 500, 200], batches.Select(b => b.Length));
        Assert.Equal(Enumerable.Range(1, 1200).Select(i => (long)i), batches.SelectMany(b => b));
        await WriteAsync(1);
        await FollowAsync(events => batches.Add([.. events.Select(e => e.Id)]));
        Assert.Equal([1201L], batches[3]);
    }

    [Fact]
    public async Task What_is_done_and_the_position_are_stored_together_or_not_at_all()
    {
        await WriteAsync(3);
        await using (var db = _store.Db())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.FollowLogAsync<DeliveryPosition>(0, async (_, events) =>
            {
                await KeepAsync(db);
                throw new InvalidOperationException("Killed.");
            }, Cancel));
        }
        Assert.Equal((0, null), await StoredAsync());
        await using (var db = _store.Db())
        {
            Assert.True(await db.FollowLogAsync<DeliveryPosition>(0, async (_, events) =>
            {
                await KeepAsync(db);
                return events[^1].Id;
            }, Cancel));
        }
        Assert.Equal((1, 3L), await StoredAsync());

        async Task KeepAsync(NewsDb db)
        {
            db.Tags.Add(new Tag(Slug.Parse("done"), "Done"));
            await db.SaveChangesAsync(Cancel);
        }

        async Task<(int, long?)> StoredAsync()
        {
            await using var db = _store.Db();
            var last = await db.DeliveryPlaces.Select(p => (long?)p.LastEvent).SingleOrDefaultAsync(Cancel);
            return (await db.Tags.CountAsync(Cancel), last);
        }
    }

    [Fact]
    public async Task Who_is_done_with_a_part_gets_the_rest_next_and_who_leaves_all_as_it_was_gets_it_again()
    {
        await WriteAsync(5);
        var firsts = new List<long>();
        await using var db = _store.Db();
        foreach (var last in new long?[] { 2, null, 5 })
        {
            Assert.True(await db.FollowLogAsync<DeliveryPosition>(0, (_, events) =>
            {
                firsts.Add(events[0].Id);
                return Task.FromResult(last);
            }, Cancel));
        }
        Assert.Equal([1, 3, 3], firsts);
        Assert.False(await db.FollowLogAsync<DeliveryPosition>(0, (_, _) => Task.FromResult<long?>(null), Cancel));
    }

    [Fact]
    public async Task Events_that_concern_nobody_are_skipped()
    {
        await WriteAsync(5);
        var handed = new List<long>();
        await FollowAsync(events => handed.AddRange(events.Select(e => e.Id)), skipTo: 3);
        Assert.Equal([4, 5], handed);
    }

    [Fact]
    public async Task Each_follower_has_a_position_of_its_own()
    {
        await WriteAsync(2);
        await FollowAsync(_ => { });
        await using var db = _store.Db();
        Assert.True(await db.FollowLogAsync<BulletinPosition>(0, (_, events) => Task.FromResult<long?>(events[^1].Id), Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task WriteAsync(int count)
    {
        await using var db = _store.Db();
        for (var i = 0; i < count; i++) db.Events.Add(new NewsEvent(Act.Save, Copy.Editor, Copy.Noon, []));
        await db.SaveChangesAsync(Cancel);
    }

    private async Task FollowAsync(Action<IReadOnlyList<NewsEvent>> handle, long skipTo = 0)
    {
        await using var db = _store.Db();
        while (await db.FollowLogAsync<DeliveryPosition>(skipTo, (_, events) =>
        {
            handle(events);
            return Task.FromResult<long?>(events[^1].Id);
        }, Cancel)) { }
    }
}
