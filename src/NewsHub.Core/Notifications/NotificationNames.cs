using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Notifications;

/// <summary>What the things are called that notifications are about.</summary>
public static class NotificationNames
{
    /// <summary>The name of each, by its id: a story's newest headline, or what the subject says of itself.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> NamesAsync(
        this NewsDb db, IReadOnlyCollection<Notification> notifications, CancellationToken cancel = default)
    {
        var stories = notifications.Select(n => n.StoryId).OfType<StoryId>().Distinct().ToList();
        var headlines = await (
            from s in db.Stories.AsNoTracking()
            where stories.Contains(s.Id)
            join r in db.Revisions.AsNoTracking() on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
            select new { s.Id, r.Text.Headline }).ToDictionaryAsync(s => s.Id, s => s.Headline, cancel);
        var assignments = notifications.Select(n => n.Subject)
            .Where(s => s is { Kind: EventSubjectKind.Assignment }).Select(s => s!.Value.Number ?? 0).Distinct().ToList();
        var slugs = await db.Assignments.AsNoTracking()
            .Where(a => assignments.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Slug.Value, cancel);
        return notifications.ToDictionary(n => n.Id, n => Name(n));

        string Name(Notification about)
        {
            var name = about switch
            {
                { StoryId: { } story } => headlines.GetValueOrDefault(story),
                { Subject: { Kind: EventSubjectKind.Assignment, Number: { } id } } => slugs.GetValueOrDefault(id),
                { Subject: { EditionNumber: { } number } } => string.Create(CultureInfo.InvariantCulture, $"No. {number}"),
                _ => about.Subject?.Value,
            };
            return string.IsNullOrEmpty(name) ? "Without a headline" : name;
        }
    }
}
