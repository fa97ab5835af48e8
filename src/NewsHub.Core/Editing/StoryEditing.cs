using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Editing;

/// <summary>What the editor's page, the clock and the editions board need around a verb: the story as it lies on the desk,
/// and the way into print.</summary>
public static class StoryEditing
{
    /// <summary>A story to work on: tracked, with the revisions that matter now (newest, live, approved, scheduled and any named) and its
    /// lists. Null when there is none.</summary>
    public static async Task<Story?> LoadForEditingAsync(
        this NewsDb db, StoryId id, CancellationToken cancel = default, params int[] revisions)
    {
        if (await db.Stories.FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } story) return null;
        int?[] wanted =
            [story.WorkingRevision, story.LiveRevision, story.ApprovedRevision, story.ScheduledRevision, .. revisions.Select(n => (int?)n)];
        var entry = db.Entry(story);
        await entry.Collection(s => s.Revisions).Query().Where(r => wanted.Contains(r.Number)).LoadAsync(cancel);
        await entry.Collection(s => s.Listings).LoadAsync(cancel);
        await entry.Collection(s => s.Corrections).LoadAsync(cancel);
        await entry.Collection(s => s.FormerAddresses).LoadAsync(cancel);
        await entry.Collection(s => s.Notes).Query().Where(n => n.Part != NotePart.Story).LoadAsync(cancel);
        return story;
    }

    /// <summary>A picture of the library by its file name, as a text that is printed now would carry it; null when there is none.</summary>
    public static PictureUse? PictureToPrint(this NewsDb db, string file) =>
        db.Pictures.AsNoTracking().FirstOrDefault(p => p.File == file && p.Hash != "")?.Use();

    /// <summary>
    /// Sets a body with the library's pictures: those that it names are looked up, however many there are. It may take a second: whoever
    /// needs it within a transaction asks for it before that begins, and finds it kept.
    /// </summary>
    public static RenderedBody RenderBody(this NewsDb db, string markdown) =>
        RenderedBodies.Render(markdown, db.PictureToPrint, withinTransaction: db.Database.CurrentTransaction is not null);

    /// <summary>Renders the newest and the scheduled text of a story, and any named, for a transaction that begins after this. The
    /// story is not tracked.</summary>
    public static async Task RenderAheadAsync(this NewsDb db, StoryId id, CancellationToken cancel = default, params int[] revisions)
    {
        var texts = await (
            from s in db.Stories
            where s.Id == id
            join r in db.Revisions on s.Id equals r.StoryId
            where r.Number == s.WorkingRevision || r.Number == s.ScheduledRevision || revisions.Contains(r.Number)
            select r.Text.Body).ToListAsync(cancel);
        foreach (var text in texts) db.RenderBody(text);
    }

    /// <summary>The story that a form has begun; null when it has begun none.</summary>
    /// <param name="after">The newest event when the form was shown: what it began is later.</param>
    public static Task<StoryId?> BegunWithAsync(this NewsDb db, string form, long after, Actor by, CancellationToken cancel = default) =>
        db.Events
            .Where(e => e.Id > after && e.Subject == EventSubject.Form(form) && e.Act == Act.Start && e.By == by)
            .Select(e => e.StoryId)
            .FirstOrDefaultAsync(cancel);

    /// <summary>Whether a preview link's maker is still here and may still share the story: it ends with the
    /// account and with the role.</summary>
    public static async Task<bool> MakerMaySharePreviewAsync(
        this NewsDb db, PreviewLink link, Story story, CancellationToken cancel = default)
    {
        var (id, name) = (link.MadeBy, link.By.Name);
        var maker = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => id == null ? m.Name == name : m.Id == id, cancel);
        return maker?.May(Act.SharePreview, story) is true;
    }

    /// <exception cref="RefusedException">No section was chosen for the text.</exception>
    public static async Task<Section> SectionOfAsync(this NewsDb db, Revision revision, CancellationToken cancel = default) =>
        await db.Sections.SingleOrDefaultAsync(s => s.Id == revision.Text.Section, cancel) ?? throw new RefusedException(Story.NoSection);

    public static Revision Newest(this Story story) => story.Revisions.Single(r => r.Number == story.WorkingRevision);
}
