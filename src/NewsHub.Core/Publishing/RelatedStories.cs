using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Publishing;

/// <summary>Which stories a reader of one may want to read next: those with its tags, of its section, and with the
/// words that set it apart.</summary>
public static class RelatedStories
{
    private const int Most = 4;
    private const int PerTag = 20;
    private const int ByWords = 20;

    /// <summary>Looked up when a story is published, from what is live then, the nearest first.</summary>
    public static async Task<IReadOnlyList<StoryId>> RelatedToAsync(
        this NewsDb db, Story story, StoryText text, CancellationToken cancel = default)
    {
        var weights = new Dictionary<StoryId, double>();
        foreach (var tag in text.Tags.Select(t => t.TagId).Distinct().Take(8))
        {
            var tagged = await db.Listings
                .AsNoTracking()
                .Where(l => l.List == ListOf.Tag && l.Subject == tag)
                .OrderByDescending(l => l.LiveAt)
                .ThenByDescending(l => l.StoryId)
                .Select(l => l.StoryId)
                .Take(PerTag)
                .ToListAsync(cancel);
            // A tag of few stories says more than one that is on half of them.
            foreach (var other in tagged) weights[other] = weights.GetValueOrDefault(other) + (tagged.Count < PerTag ? 1.5 : 1);
        }
        var alike = await LikeAsync(db, text, cancel);
        var strongest = alike.Select(a => a.Weight).DefaultIfEmpty(1).Max();
        foreach (var (other, weight) in alike) weights[other] = weights.GetValueOrDefault(other) + 1.4 * weight / strongest;
        weights.Remove(story.Id);
        if (weights.Count == 0) return [];
        var found = weights.Keys.ToList();
        var live = await (
            from p in db.LiveStories()
            where found.Contains(p.Story.Id)
            select new { p.Story.Id, p.Revision.Text.Section, At = p.Story.FirstPublishedAt!.Value }).ToListAsync(cancel);
        return [.. live.Select(l => (l.Id, l.At, Weight: weights[l.Id] + (l.Section == text.Section ? 0.4 : 0)))
            .Where(l => l.Weight >= 1).OrderByDescending(l => l.Weight).ThenByDescending(l => l.At).Take(Most).Select(l => l.Id)];
    }

    /// <summary>An index that cannot answer keeps no story from being published: it then has fewer related ones.</summary>
    private static async Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(NewsDb db, StoryText text, CancellationToken cancel)
    {
        try
        {
            return await db.Index.LikeAsync(text, ByWords, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Activity.Current?.AddException(e);
            return [];
        }
    }
}
