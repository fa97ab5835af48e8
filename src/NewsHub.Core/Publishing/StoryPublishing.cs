using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Publishing;

/// <summary>
/// The way of a story to its readers: the same steps in the same order for the editor's page, the clock, an edition, a correction and the
/// importer. All of it is saved with the caller's other changes.
/// </summary>
public static class StoryPublishing
{
    /// <summary>Publishes a revision of a story at work, or updates a live story with it.</summary>
    /// <param name="at">When readers see it (UTC): now, or when an imported file says that they saw it first.</param>
    /// <param name="slug">The one to use where the story has no address yet; its own or its headline's where none is given.
    /// Numbered if it is taken.</param>
    /// <exception cref="RefusedException">The story's own reasons, or a picture within the body that lacks alt text or credit.</exception>
    public static async Task PublishAsync(
        this NewsDb db, Story story, Revision revision, Actor by, DateTimeOffset at, Slug? slug = null, CancellationToken cancel = default)
    {
        var section = await db.PrepareAsync(story, revision, at, cancel);
        var wanted = slug ?? story.Slug ?? Slug.From(revision.Text.Headline) ?? Slug.Parse(story.Id.ToString());
        var free = await db.FreeSlugAsync(section, at, wanted, story.Id, cancel);
        // A slug chosen by hand may have been taken by another story since.
        if (story.Address is null) story.ChooseSlug(null);
        story.Publish(revision, section, free, by, at);
    }

    /// <summary>Tells readers what was wrong with a live story.</summary>
    /// <param name="revision">The text that goes live with the note; null where what is live was put right before.</param>
    /// <exception cref="RefusedException">The story's own reasons, or a picture within the body that lacks alt text or credit.</exception>
    public static async Task CorrectAsync(
        this NewsDb db, Story story, Revision? revision, string note, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (revision is null) story.NoteCorrection(note, by, now);
        else story.Correct(revision, await db.PrepareAsync(story, revision, now, cancel), note, by, now);
    }

    /// <summary>Makes ready what a text needs of the rest of the paper before it goes live: fit pictures, tags, rates for its money,
    /// stories to read next.</summary>
    /// <returns>The section that it goes into.</returns>
    private static async Task<Section> PrepareAsync(
        this NewsDb db, Story story, Revision revision, DateTimeOffset at, CancellationToken cancel)
    {
        db.RefuseBody(revision);
        await db.KeepTagsAsync(revision, cancel);
        await db.FreezeMoneyAsync(story, revision, at, cancel);
        var section = await db.SectionOfAsync(revision, cancel);
        story.SetRelated(await db.RelatedToAsync(story, revision.Text, cancel));
        return section;
    }

    /// <summary>The body may be fit to read and yet not to print: its pictures are the library's, and are looked
    /// at when it goes out.</summary>
    private static void RefuseBody(this NewsDb db, Revision revision)
    {
        if (db.RenderBody(revision.Text.Body).Problems.FirstOrDefault(p => p.Hinders) is { } problem)
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"Line {problem.Line} of the body: {problem.Message}"));
    }

    /// <summary>Puts a live story's time of first publication right. Its address keeps its section and its last words, as far as they are
    /// free on the new day.</summary>
    /// <exception cref="RefusedException">The story's own reasons.</exception>
    public static async Task RedateAsync(
        this NewsDb db, Story story, DateTimeOffset at, string reason, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        var name = Slug.Parse(story.Address?.Split('/')[1] ?? throw new RefusedException("The story has not been published yet."));
        // A section's address is permanent; one that came from elsewhere may have none here.
        var section = await db.Sections.FirstOrDefaultAsync(s => s.Slug == name, cancel)
            ?? await db.SectionOfAsync(story.Revisions.Single(r => r.Number == story.LiveRevision), cancel);
        story.Redate(at, section, await db.FreeSlugAsync(section, at, story.Slug!.Value, story.Id, cancel), reason, by, now);
    }

    /// <summary>
    /// Stories that should be live by now, the longest overdue first. One that the clock has failed at is left out until
    /// someone has done something about it.
    /// </summary>
    public static IQueryable<Story> Due(this NewsDb db, DateTimeOffset now) =>
        from s in db.Overdue(now)
        where db.Events.Where(e => e.StoryId == s.Id).OrderByDescending(e => e.Id).Select(e => e.Act).FirstOrDefault() != Act.FailToPublish
        orderby s.ScheduledFor, s.Id
        select s;

    /// <summary>Stories that should be live by now, and that the clock could not publish.</summary>
    public static IQueryable<Story> Missed(this NewsDb db, DateTimeOffset now) =>
        from s in db.Overdue(now)
        where db.Events.Where(e => e.StoryId == s.Id).OrderByDescending(e => e.Id).Select(e => e.Act).FirstOrDefault() == Act.FailToPublish
        select s;

    private static IQueryable<Story> Overdue(this NewsDb db, DateTimeOffset now) =>
        db.Stories.Where(s => s.State == StoryState.Scheduled && s.ScheduledFor <= now);
}
