using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Rates;
using NewsHub.Core.Search;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;

namespace NewsHub.Core.Stories;

/// <summary>What the editor's page, the clock and the editions board need around a verb: the story as it lies on the desk, and the way into print.</summary>
public static class Press
{
    /// <summary>A story to work on: tracked, with the revisions that matter now (newest, live, approved, scheduled and any named) and its lists. Null when there is none.</summary>
    public static async Task<Story?> StoryAtWorkAsync(this NewsDb db, StoryId id, CancellationToken cancel = default, params int[] revisions)
    {
        if (await db.Stories.FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } story) return null;
        int?[] wanted = [story.WorkingRevision, story.LiveRevision, story.ApprovedRevision, story.ScheduledRevision, .. revisions.Select(n => (int?)n)];
        var entry = db.Entry(story);
        await entry.Collection(s => s.Revisions).Query().Where(r => wanted.Contains(r.Number)).LoadAsync(cancel);
        await entry.Collection(s => s.Listings).LoadAsync(cancel);
        await entry.Collection(s => s.Corrections).LoadAsync(cancel);
        await entry.Collection(s => s.FormerAddresses).LoadAsync(cancel);
        return story;
    }

    /// <summary>A picture of the library by its file name, as a text that is printed now would carry it; null when there is none.</summary>
    public static PictureUse? PictureToPrint(this NewsDb db, string file) =>
        db.Pictures.AsNoTracking().FirstOrDefault(p => p.File == file && p.Hash != "")?.Use();

    /// <summary>
    /// Sets a body with the library's pictures: those that it names are looked up, however many there are. It may take a second: whoever needs it within
    /// a transaction asks for it before that begins, and finds it kept.
    /// </summary>
    public static RenderedBody SetBody(this NewsDb db, string markdown) =>
        RenderedBodies.Render(markdown, db.PictureToPrint, withinTransaction: db.Database.CurrentTransaction is not null);

    /// <summary>Renders the newest and the scheduled text of a story, for a transaction that begins after this. The story is not tracked.</summary>
    public static async Task RenderAheadAsync(this NewsDb db, StoryId id, CancellationToken cancel = default)
    {
        var texts = await (
            from s in db.Stories
            where s.Id == id
            join r in db.Revisions on s.Id equals r.StoryId
            where r.Number == s.WorkingRevision || r.Number == s.ScheduledRevision
            select r.Text.Body).ToListAsync(cancel);
        foreach (var text in texts) db.SetBody(text);
    }

    /// <summary>Publishes a revision of a story at work, under an address that is free. Saved with the caller's other changes.</summary>
    /// <exception cref="RefusedException">The story's own reasons, or a picture within the body that lacks alt text or credit.</exception>
    public static async Task PublishAsync(this NewsDb db, Story story, Revision revision, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        db.RefuseBody(revision);
        await db.KeepTagsAsync(revision, cancel);
        await db.FreezeMoneyAsync(story, revision, now, cancel);
        var section = await db.SectionOfAsync(revision, cancel);
        var slug = await db.FreeSlugAsync(section, now, story.Slug ?? Slug.From(revision.Text.Headline) ?? Slug.Parse(story.Id.ToString()), story.Id, cancel);
        // A slug chosen by hand may have been taken by another story since.
        if (story.Address is null) story.Choose(null);
        story.Relate(await db.RelatedToAsync(story, revision.Text, cancel));
        story.Publish(revision, section, slug, by, now);
    }

    /// <summary>The body may be fit to read and yet not to print: its pictures are the library's, and are looked at when it goes out.</summary>
    /// <exception cref="RefusedException">Says which line and why.</exception>
    public static void RefuseBody(this NewsDb db, Revision revision)
    {
        if (db.SetBody(revision.Text.Body).Problems.FirstOrDefault(p => p.Hinders) is { } problem)
            throw new RefusedException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {problem.Line} of the body: {problem.Message}"));
    }

    /// <summary>
    /// Looks the rates up that the body's money is printed at for good: those of the day on which the story first went out. A pair of which the
    /// paper had no rate then is printed without one. Without this no revision with money in it can be published.
    /// </summary>
    public static async Task FreezeMoneyAsync(this NewsDb db, Story story, Revision revision, DateTimeOffset now, CancellationToken cancel = default)
    {
        // What an earlier text printed stays, whatever became of the rates since.
        var before = story.Revisions.FirstOrDefault(r => r.Number == story.LiveRevision)?.Money;
        if (await db.RatesForAsync(revision.BodyHtml, story.FirstPublishedAt ?? now, before, cancel) is { } money) revision.Freeze(money);
    }

    /// <summary>The same for an entry of a live story, by the day on which it went out.</summary>
    public static async Task FreezeMoneyAsync(this NewsDb db, LiveEntry entry, CancellationToken cancel = default) =>
        entry.Freeze(await db.RatesForAsync(entry.Html, entry.At, entry.Money, cancel));

    private static async Task<IReadOnlyDictionary<string, FrozenRate>?> RatesForAsync(this NewsDb db, string html, DateTimeOffset at, IReadOnlyDictionary<string, FrozenRate>? before, CancellationToken cancel)
    {
        if (MoneyInProse.In(html) is not { Count: > 0 } sums) return null;
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        var money = before?.ToDictionary() ?? [];
        foreach (var sum in sums.Where(s => !money.ContainsKey(s.Pair)))
            if (await db.OnAsync(site, sum.From, sum.To, DateOnly.FromDateTime(at.UtcDateTime), cancel) is { } rate) money[sum.Pair] = new FrozenRate(rate.Value, rate.Day, rate.Source);
        return money;
    }

    /// <summary>Puts a live story's time of first publication right. Its address keeps its section and its last words, as far as they are free on the new day.</summary>
    /// <exception cref="RefusedException">The story's own reasons.</exception>
    public static async Task RedateAsync(this NewsDb db, Story story, DateTimeOffset at, string reason, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        var name = Slug.Parse(story.Address?.Split('/')[1] ?? throw new RefusedException("The story has not been published yet."));
        // A section's address is permanent; one that came from elsewhere may have none here.
        var section = await db.Sections.FirstOrDefaultAsync(s => s.Slug == name, cancel) ?? await db.SectionOfAsync(story.Revisions.Single(r => r.Number == story.LiveRevision), cancel);
        story.Redate(at, section, await db.FreeSlugAsync(section, at, story.Slug!.Value, story.Id, cancel), reason, by, now);
    }

    /// <summary>Stories that should be live by now, the longest overdue first. One that the clock has failed at is left out until someone has done something about it.</summary>
    public static IQueryable<Story> Due(this NewsDb db, DateTimeOffset now) =>
        from s in db.Stories
        where s.State == StoryState.Scheduled && s.ScheduledFor <= now && db.Events.Where(e => e.StoryId == s.Id).OrderByDescending(e => e.Id).Select(e => e.Act).FirstOrDefault() != Act.FailToPublish
        orderby s.ScheduledFor, s.Id
        select s;

    /// <summary>Stories that should be live by now, and that the clock could not publish.</summary>
    public static IQueryable<Story> Missed(this NewsDb db, DateTimeOffset now) =>
        from s in db.Stories
        where s.State == StoryState.Scheduled && s.ScheduledFor <= now && db.Events.Where(e => e.StoryId == s.Id).OrderByDescending(e => e.Id).Select(e => e.Act).FirstOrDefault() == Act.FailToPublish
        select s;

    /// <summary>The story that a form has begun; null when it has begun none.</summary>
    /// <param name="after">The newest event when the form was shown: what it began is later.</param>
    public static Task<StoryId?> BegunWithAsync(this NewsDb db, string form, long after, Actor by, CancellationToken cancel = default) =>
        db.Events.Where(e => e.Id > after && e.Subject == $"form:{form}" && e.Act == Act.Start && e.By == by).Select(e => e.StoryId).FirstOrDefaultAsync(cancel);

    /// <summary>Whether a preview link's maker is still here and may still share the story: it ends with the account and with the role.</summary>
    public static async Task<bool> MakerMaySharePreviewAsync(this NewsDb db, PreviewLink link, Story story, CancellationToken cancel = default)
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
