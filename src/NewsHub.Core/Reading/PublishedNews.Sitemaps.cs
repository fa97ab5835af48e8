using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>Every address of the paper, for machines that look for all of them.</summary>
public sealed partial class PublishedNews
{
    /// <summary>As many addresses as a sitemap may hold.</summary>
    public const int MostInSitemap = 50_000;

    /// <summary>When the newest story of each month (UTC) went live, newest month first. One look into the index for
    /// each month there is.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> MonthsAsync(CancellationToken cancel = default)
    {
        var months = new List<DateTimeOffset>();
        for (var before = DateTimeOffset.MaxValue; await _hot.NewestBefore(db, before, cancel) is { } newest;)
        {
            months.Add(newest);
            before = new DateTimeOffset(newest.UtcDateTime.Year, newest.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        }
        return months;
    }

    /// <summary>The stories that went live in a month (UTC), newest first.</summary>
    public async Task<IReadOnlyList<SitemapLine>> OfMonthAsync(DateOnly month, CancellationToken cancel = default)
    {
        var from = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var until = from.AddMonths(1);
        return await (
            from l in db.Listings.AsNoTracking()
            where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt >= @from && l.LiveAt < until
            join s in db.Stories on l.StoryId equals s.Id
            orderby l.LiveAt descending, l.StoryId descending
            select new SitemapLine(s.Address!, s.UpdatedAt ?? s.FirstPublishedAt!.Value)).Take(MostInSitemap).ToListAsync(cancel);
    }

    /// <summary>The newest stories since an instant, a thousand at most: what a news sitemap holds.</summary>
    public async Task<IReadOnlyList<SitemapStory>> SinceAsync(DateTimeOffset since, CancellationToken cancel = default) => await (
        from l in db.Listings.AsNoTracking()
        where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt > since
        join p in db.LiveStories() on l.StoryId equals p.Story.Id
        orderby l.LiveAt descending, l.StoryId descending
        let text = p.Revision.Text
        select new SitemapStory(p.Story.Address!, text.Headline, text.Language, p.Story.FirstPublishedAt!.Value))
        .Take(1000)
        .ToListAsync(cancel);

    /// <summary>The pages that are no story's: editions, and authors and tags that have one.</summary>
    public async Task<IReadOnlyList<string>> OtherPagesAsync(CancellationToken cancel = default)
    {
        var editions = await Published().OrderByDescending(e => e.Number).Select(e => e.Number).Take(MostInSitemap / 2).ToListAsync(cancel);
        var authors = await db.Authors
            .AsNoTracking()
            .Where(a => db.Listings.Any(l => l.List == ListOf.Author && l.Subject == a.Id))
            .OrderBy(a => a.Id)
            .Select(a => a.Slug)
            .Take(MostInSitemap / 5)
            .ToListAsync(cancel);
        var tags = await db.Tags
            .AsNoTracking()
            .Where(t => db.Listings.Any(l => l.List == ListOf.Tag && l.Subject == t.Id))
            .OrderBy(t => t.Id)
            .Select(t => t.Slug)
            .Take(MostInSitemap / 5)
            .ToListAsync(cancel);
        return [
            .. editions.Select(n => FormattableString.Invariant($"/editions/{n}")),
            .. authors.Select(a => $"/authors/{a}"),
            .. tags.Select(t => $"/tags/{t}"),
        ];
    }
}

/// <param name="ChangedAt">When readers last got a new text.</param>
public sealed record SitemapLine(string Address, DateTimeOffset ChangedAt);

public sealed record SitemapStory(string Address, string Headline, string Language, DateTimeOffset PublishedAt);
