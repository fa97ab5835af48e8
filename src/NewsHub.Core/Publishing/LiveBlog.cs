using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Publishing;

/// <summary>What is done to the entries of a live story, each with its line in the log. Each saves itself, in the caller's
/// transaction where there is one.</summary>
public static class LiveBlog
{
    /// <summary>Those that readers see, in the order of time.</summary>
    public static IQueryable<LiveEntry> EntriesOf(this NewsDb db, StoryId story) =>
        db.LiveEntries.Where(e => e.StoryId == story && e.DeletedAt == null);

    /// <summary>Publishes an entry at once.</summary>
    /// <param name="form">The one-time key of the form it was sent with.</param>
    /// <returns>The entry; the one that the same form sent before, where it did.</returns>
    /// <exception cref="RefusedException">The story is not live, or no live story, or the entry cannot be printed.</exception>
    public static async Task<LiveEntry> AddEntryAsync(
        this NewsDb db,
        StoryId story,
        LiveEntryText text,
        string form,
        Actor by,
        DateTimeOffset now,
        bool isPinned = false,
        CancellationToken cancel = default)
    {
        if (await db.LiveEntries.FirstOrDefaultAsync(e => e.StoryId == story && e.Form == form, cancel) is { } sent) return sent;
        await db.RefuseUnlessLiveAsync(story, cancel);
        var entry = new LiveEntry(story, text, db.RenderBody(text.Text), form, by, now);
        await db.FreezeMoneyAsync(entry, cancel);
        db.LiveEntries.Add(entry);
        if (isPinned) await db.PinAloneAsync(entry, cancel);
        var note = text.Headline ?? Begin(text.Text);
        await db.TellAsync(entry, new NewsEvent(Act.AddEntry, by, now, TopicsOf(entry), note, story: story), cancel);
        return entry;
    }

    /// <exception cref="RefusedException">The story is not live, or the entry cannot be printed.</exception>
    public static async Task EditEntryAsync(
        this NewsDb db, LiveEntry entry, LiveEntryText text, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        await db.RefuseUnlessLiveAsync(entry.StoryId, cancel);
        var before = Whole(entry);
        entry.Edit(text, db.RenderBody(text.Text), now);
        await db.FreezeMoneyAsync(entry, cancel);
        var line = new NewsEvent(Act.EditEntry, by, now, TopicsOf(entry), before: before, after: Whole(entry), story: entry.StoryId);
        await db.TellAsync(entry, line, cancel);
    }

    public static async Task PinEntryAsync(
        this NewsDb db, LiveEntry entry, bool pinned, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        await db.RefuseUnlessLiveAsync(entry.StoryId, cancel);
        // A second click finds it done.
        if (entry.IsPinned == pinned) return;
        if (pinned) await db.PinAloneAsync(entry, cancel);
        else entry.Pin(false);
        var note = pinned ? "pinned" : "no longer pinned";
        await db.TellAsync(entry, new NewsEvent(Act.EditEntry, by, now, TopicsOf(entry), note, story: entry.StoryId), cancel);
    }

    /// <summary>Takes an entry out, or brings it back: the trace stays in the log either way.</summary>
    public static async Task DeleteEntryAsync(
        this NewsDb db, LiveEntry entry, bool deleted, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        await db.RefuseUnlessLiveAsync(entry.StoryId, cancel);
        if (entry.DeletedAt is not null == deleted) return;
        if (deleted) entry.Delete(now);
        else entry.BringBack();
        var line = deleted
            ? new NewsEvent(Act.DeleteEntry, by, now, TopicsOf(entry), "deleted", before: Whole(entry), story: entry.StoryId)
            : new NewsEvent(Act.DeleteEntry, by, now, TopicsOf(entry), "brought back", after: Whole(entry), story: entry.StoryId);
        await db.TellAsync(entry, line, cancel);
    }

    private static async Task PinAloneAsync(this NewsDb db, LiveEntry entry, CancellationToken cancel)
    {
        foreach (var other in await db.LiveEntries.Where(e => e.StoryId == entry.StoryId && e.IsPinned).ToListAsync(cancel))
            if (other != entry) other.Pin(false);
        entry.Pin(true);
    }

    private static async Task RefuseUnlessLiveAsync(this NewsDb db, StoryId story, CancellationToken cancel)
    {
        var kind = await (
            from p in db.LiveStories()
            where p.Story.Id == story
            select (Kind?)p.Revision.Text.Kind).FirstOrDefaultAsync(cancel);
        if (kind is not Kind.Live) throw new RefusedException("Only a live story of the kind Live can have entries.");
    }

    private static async Task TellAsync(this NewsDb db, LiveEntry entry, NewsEvent line, CancellationToken cancel)
    {
        db.Events.Add(line);
        await db.SaveChangesAsync(cancel);
        // Past the story's version: an editor's open text has nothing to do with an entry.
        await db.Stories.Where(s => s.Id == entry.StoryId).ExecuteUpdateAsync(s => s.SetProperty(x => x.UpdatedAt, line.At), cancel);
    }

    private static IEnumerable<Topic> TopicsOf(LiveEntry entry) => [Topic.Story(entry.StoryId)];

    private static string Whole(LiveEntry entry) => entry.Headline is { } headline ? $"{headline}\n\n{entry.Text}" : entry.Text;

    private static string Begin(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
