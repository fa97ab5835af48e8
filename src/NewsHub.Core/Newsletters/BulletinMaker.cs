using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// Makes a bulletin of each edition that is published. It follows the log from a position of its own, so nothing is missed while the
/// program is down; a bulletin, the list of who gets it and that position are stored in one transaction.
/// </summary>
public sealed class BulletinMaker(NewsDb db, PublishedNews news, TimeProvider clock)
{
    /// <summary>An edition that came out longer ago than this is no news to a mailbox.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>Looks through the log from where it stopped.</summary>
    /// <returns>How many bulletins were made.</returns>
    public async Task<int> FollowAsync(CancellationToken cancel = default)
    {
        var made = 0;
        while (await db.FollowLogAsync<BulletinPosition>(0, HandleAsync, cancel)) { }
        foreach (var number in await Due(clock.GetUtcNow()).ToListAsync(cancel))
            if (await MakeDueAsync(number, cancel)) made++;
        return made;

        async Task<long?> HandleAsync(BulletinPosition place, IReadOnlyList<NewsEvent> events)
        {
            // One edition at a time, each with its position. What came from files is an archive, not news.
            var now = clock.GetUtcNow();
            var published = events.FirstOrDefault(e => e.Act is Act.PublishEdition && e.By != Actor.Importer && now - e.At <= Fresh);
            if (published is null) return events[^1].Id;
            if (await MakeAsync(published, cancel)) made++;
            return published.Id;
        }
    }

    /// <summary>Makes the bulletin of an edition that is out. Saved at once.</summary>
    /// <exception cref="RefusedException">There is one already, there is no such edition, or nothing on its front.</exception>
    public async Task<Bulletin> MakeAsync(int number, Actor by, CancellationToken cancel = default)
    {
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Bulletins.AnyAsync(b => b.Number == number, cancel))
            throw new RefusedException($"The newsletter of No. {number} has already been created.");
        var bulletin = await AddAsync(number, by, cancel)
            ?? throw new RefusedException($"No. {number} is not published, or its front is empty.");
        await tx.CommitAsync(cancel);
        return bulletin;
    }

    /// <summary>Editions that are out and whose bulletin has come to the time that was chosen for it.</summary>
    private IQueryable<int> Due(DateTimeOffset now)
    {
        var oldest = now - Fresh;
        return from p in db.BulletinPlans
               where !p.IsStopped && p.SendAt <= now && p.SendAt >= oldest
               join e in db.Editions on p.EditionId equals e.Id
               where e.PublishedAt < p.SendAt && !db.Bulletins.Any(b => b.EditionId == e.Id)
               orderby p.SendAt
               select e.Number;
    }

    /// <returns>Whether a bulletin was made.</returns>
    private async Task<bool> MakeDueAsync(int number, CancellationToken cancel)
    {
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        // Asked once more where no other worker can write: it may have been made, moved or stopped.
        if (!await Due(clock.GetUtcNow()).AnyAsync(n => n == number, cancel)
            || !await IsWantedAsync(number, cancel)
            || await AddAsync(number, Actor.Clock, cancel) is null)
        {
            return false;
        }
        await tx.CommitAsync(cancel);
        return true;
    }

    /// <returns>Whether a bulletin was made.</returns>
    private async Task<bool> MakeAsync(NewsEvent published, CancellationToken cancel) =>
        published.Subject?.EditionNumber is { } number
        && await IsWantedAsync(number, cancel)
        && !await WaitsAsync(number, cancel)
        && await AddAsync(number, Actor.Clock, cancel) is not null;

    /// <summary>The newest edition alone: one that fills a gap in the archive is not sent to anybody.</summary>
    private async Task<bool> IsWantedAsync(int number, CancellationToken cancel) =>
        await db.Sites.AnyAsync(s => s.Bulletin, cancel)
        && !await db.Bulletins.AnyAsync(b => b.Number == number, cancel)
        && await db.Editions.Where(e => e.PublishedAt != null).MaxAsync(e => (int?)e.Number, cancel) == number;

    /// <summary>It goes later, or not by itself.</summary>
    private async Task<bool> WaitsAsync(int number, CancellationToken cancel) =>
        await db.BulletinPlanOfAsync(number, cancel) is { } plan && plan.Waits(clock.GetUtcNow());

    private async Task<Bulletin?> AddAsync(int number, Actor by, CancellationToken cancel)
    {
        if (await news.EditionAsync(number, cancel) is not { } front || !front.Stories.Any()) return null;
        var now = clock.GetUtcNow();
        var plan = await db.BulletinPlanOfAsync(number, cancel);
        var (subject, preheader) = BulletinComposer.Head(front, news.Snapshot, plan);
        var bulletin = new Bulletin(front.Edition.Id, number, subject, preheader, now);
        db.Bulletins.Add(bulletin);
        await db.SaveChangesAsync(cancel);
        var at = now.UtcDateTime;
        // One statement for however many: a row each through EF would take minutes for a hundred thousand.
        var all = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Mailings" ("BulletinId", "SubscriberId", "State", "Tries", "NextAt", "At")
            SELECT {bulletin.Id}, "Id", 'Waiting', 0, {at}, {at} FROM "Subscribers" WHERE "State" = 'Subscribed'
            """, cancel);
        db.Events.Add(new NewsEvent(Act.SendBulletin, by, now, [], string.Create(
            CultureInfo.InvariantCulture, $"made for {all:N0} subscriber{(all == 1 ? "" : "s")}"), EventSubject.Bulletin(number)));
        await db.SaveChangesAsync(cancel);
        return bulletin;
    }
}
