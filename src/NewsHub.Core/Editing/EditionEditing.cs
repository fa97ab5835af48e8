using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Editing;

/// <summary>Putting an edition together and letting it out: what the board needs around the edition's verbs.</summary>
public static class EditionEditing
{
    /// <summary>An edition to work on: tracked, with its front in order. Null when there is none.</summary>
    public static Task<Edition?> LoadEditionForEditingAsync(this NewsDb db, int number, CancellationToken cancel = default) =>
        db.Editions.Include(e => e.Slots.OrderBy(s => s.Position)).FirstOrDefaultAsync(e => e.Number == number, cancel);

    /// <inheritdoc cref="FrontLinesAsync(NewsDb, IQueryable{Story}, EditionId, bool, CancellationToken)"/>
    public static Task<IReadOnlyDictionary<StoryId, FrontLine>> FrontLinesAsync(
        this NewsDb db, IQueryable<Story> stories, EditionId edition, CancellationToken cancel = default) =>
        db.FrontLinesAsync(stories, edition, savedByHand: false, cancel);

    /// <summary>Stories as they would stand on an edition's front, by id.</summary>
    /// <param name="savedByHand">Of what is not live, the newest text that somebody saved by hand; else the newest.</param>
    public static async Task<IReadOnlyDictionary<StoryId, FrontLine>> FrontLinesAsync(
        this NewsDb db, IQueryable<Story> stories, EditionId edition, bool savedByHand, CancellationToken cancel = default)
    {
        var lines = await (
            from s in stories.AsNoTracking()
            join r in db.Revisions.AsNoTracking() on new
            {
                s.Id,
                Number = s.State == StoryState.Live ? s.LiveRevision
                    : savedByHand ? db.Revisions.Where(x => x.StoryId == s.Id && !x.Autosaved).Max(x => (int?)x.Number) ?? s.WorkingRevision
                    : s.WorkingRevision,
            } equals new { Id = r.StoryId, Number = (int?)r.Number }
            select new FrontLine
            {
                State = s.State,
                Version = s.Version,
                Revision = r.Number,
                Approved = s.ApprovedRevision == r.Number,
                Changed = s.State == StoryState.Live && s.LiveRevision != s.WorkingRevision,
                ScheduledFor = s.ScheduledFor,
                EmbargoUntil = s.EmbargoUntil,
                ChangedAt = s.ChangedAt,
                HasBody = r.Text.Body.Trim(' ', '\n', '\r', '\t') != "",
                IsSet = r.BodyHtml != "",
                Card = new CardRow
                {
                    Id = s.Id,
                    Address = s.Address ?? "",
                    PublishedAt = s.FirstPublishedAt ?? s.ChangedAt,
                    UpdatedAt = s.UpdatedAt,
                    Section = r.Text.Section,
                    Kind = r.Text.Kind,
                    Kicker = r.Text.Kicker,
                    Headline = r.Text.Headline,
                    Standfirst = r.Text.Standfirst,
                    Bylines = r.Text.Bylines,
                    Picture = r.Text.Picture,
                    Words = r.Words,
                    Language = r.Text.Language,
                    RightToLeft = r.Text.RightToLeft,
                },
            }).ToDictionaryAsync(l => l.Id, cancel);
        // Few editions are being made at a time: all of what stands in them is less than asking story by story.
        var elsewhere = await (
            from e in db.Editions
            where e.PublishedAt == null && e.Id != edition
            join slot in db.FrontSlots on e.Id equals slot.EditionId
            orderby e.Number
            select new { slot.StoryId, e.Number }).ToListAsync(cancel);
        foreach (var story in elsewhere.GroupBy(s => s.StoryId, s => s.Number))
            if (lines.TryGetValue(story.Key, out var line)) line.Elsewhere = [.. story];
        var own = await db.FrontSlots.AsNoTracking()
            .Where(s => s.EditionId == edition && (s.Headline != null || s.Picture != null)).ToListAsync(cancel);
        foreach (var slot in own)
            if (lines.TryGetValue(slot.StoryId, out var line)) (line.FrontHeadline, line.FrontPicture) = (slot.Headline, slot.Picture);
        return lines;
    }

    /// <inheritdoc cref="FrontOfAsync(NewsDb, Edition, bool, CancellationToken)"/>
    public static Task<IReadOnlyList<(SlotKind Place, FrontLine Line)>> FrontOfAsync(
        this NewsDb db, Edition edition, CancellationToken cancel = default) =>
        db.FrontOfAsync(edition, savedByHand: false, cancel);

    /// <summary>An edition's front as it is stored.</summary>
    /// <param name="savedByHand">Of what is not live, the newest text that somebody saved by hand; else the newest.</param>
    public static async Task<IReadOnlyList<(SlotKind Place, FrontLine Line)>> FrontOfAsync(
        this NewsDb db, Edition edition, bool savedByHand, CancellationToken cancel = default)
    {
        var lines = await db.FrontLinesAsync(
            db.FrontSlots.Where(s => s.EditionId == edition.Id).Join(db.Stories, slot => slot.StoryId, s => s.Id, (_, s) => s),
            edition.Id,
            savedByHand,
            cancel);
        return [
            .. edition.Slots.OrderBy(s => s.Position).Where(s => lines.ContainsKey(s.StoryId)).Select(s => (s.Place, lines[s.StoryId]))];
    }

    /// <summary>The newest edition that is out, and the shape of its front; null while there is none.</summary>
    public static async Task<(int Number, IReadOnlyList<ShapePart> Shape)?> LatestShapeAsync(
        this NewsDb db, CancellationToken cancel = default)
    {
        var number = await db.Editions.Where(e => e.PublishedAt != null).MaxAsync(e => (int?)e.Number, cancel);
        if (number is null || await db.LoadEditionForEditingAsync(number.Value, cancel) is not { } edition) return null;
        return (edition.Number, FrontShape.Of((await db.FrontOfAsync(edition, cancel)).Select(s => (s.Place, s.Line.Section))));
    }

    /// <summary>Changes the front of an edition that is out. Saved with the caller's other changes.</summary>
    public static async Task RecomposeAsync(
        this NewsDb db,
        Edition edition,
        IReadOnlyList<(SlotKind Place, StoryId Story)> slots,
        Actor by,
        DateTimeOffset now,
        string? note = null,
        CancellationToken cancel = default)
    {
        var ids = slots.Select(s => s.Story).ToList();
        var stories = await db.Stories.Where(s => ids.Contains(s.Id) || s.EditionId == edition.Id).ToListAsync(cancel);
        db.Events.Add(edition.Recompose(slots, stories, by, now, note));
    }
}
