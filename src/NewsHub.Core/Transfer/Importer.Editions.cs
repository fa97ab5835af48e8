using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

// Editions: their fronts and the stories that came out with them.
public sealed partial class Importer
{
    private async Task<Outcome> EditionAsync(string file, string text, CancellationToken cancel)
    {
        var hash = Hash(text);
        var fields = Fields.Read(file, text);
        var number = fields.RequiredValue(
            "number", n => Fields.Whole(n) is (true, > 0 and var whole) ? (true, whole) : default, "a whole number from 1");
        if (number > 0 && !_numbers.Add(number)) fields.Wrong("number", $"{number} is the number of another edition in this folder.");
        var (date, title) = (
            fields.RequiredValue("date", Fields.Date, "a day such as 2025-07-01"), fields.Required("title", TextLimits.EditionTitle));
        var published = fields.Value("published", Fields.Instant, "a time such as 2025-07-01T08:10:00Z");
        if (published > clock.GetUtcNow()) fields.Wrong("published", "is in the future: a file holds what was published.");
        var edition = await db.Editions.Include(e => e.Slots).FirstOrDefaultAsync(e => e.Number == number, cancel);
        if (edition?.SourceHash == hash && !fields.Failed) return Outcome.Unchanged;

        var stories = new List<Story>();
        var slots = new List<(SlotKind, StoryId)>();
        var words = await WordsAsync(cancel);
        var own = new Dictionary<StoryId, (string? Headline, PictureUse? Picture)>();
        foreach (var slot in fields.Entries("slots"))
        {
            var slotKind = slot.RequiredValue("place", Fields.Word<SlotKind>, "one of lead, second, brief, opinion, section");
            var stem = slot.Required("story");
            var (headline, picture) = (slot.Text("headline", TextLimits.Headline), SlotPicture(slot, words));
            slot.CheckUnknown();
            if (slotKind is SlotKind.Lead && slot.Text("place") == "lead" && slots.Exists(s => s.Item1 is SlotKind.Lead))
                slot.Wrong("place", "A front has exactly one lead.");
            if (stories.Exists(s => s.SourceKey == stem)) slot.Wrong("story", $"'{stem}' stands in another slot.");
            if (await db.Stories.FirstOrDefaultAsync(s => s.SourceKey == stem, cancel) is not { } story)
                slot.Wrong("story", $"'{stem}' is not among the stories.");
            else if (story.State is StoryState.Live || story.WithdrawnAt > (published ?? edition?.PublishedAt))
            {
                stories.Add(story);
                slots.Add((slotKind, story.Id));
                own[story.Id] = (headline, picture);
            }
        }
        fields.CheckUnknown();
        fields.Done();
        var isNew = edition is null;
        if (edition is null) db.Editions.Add(edition = new Edition(number, date, title));
        edition.Describe(date, title);
        edition.Compose(slots);
        foreach (var slot in edition.Slots) slot.Print(own[slot.StoryId].Headline, own[slot.StoryId].Picture);
        // A new edition gets its number, by which its stories know it.
        await db.SaveChangesAsync(cancel);
        // What left this front is free to stand in Latest, or in another edition.
        foreach (var left in await db.Stories.Where(s => s.EditionId == edition.Id).ToListAsync(cancel))
            if (!stories.Contains(left)) left.JoinEdition(null);
        db.Events.Add(edition.Publish(
            stories, Actor.Importer, published ?? edition.PublishedAt ?? stories.Max(s => s.FirstPublishedAt) ?? clock.GetUtcNow()));
        edition.ImportedFrom(hash);
        await db.SaveChangesAsync(cancel);
        return isNew ? Outcome.New : Outcome.Changed;
    }

    /// <summary>The picture that a slot has instead of its story's; null where it has none.</summary>
    private static PictureUse? SlotPicture(Fields slot, Vocabulary words)
    {
        var (file, alt) = (slot.Text("picture", TextLimits.PictureFile), slot.Text("alt", TextLimits.PictureAlt));
        if (file is null)
        {
            if (alt is not null) slot.Wrong("alt", "is of a picture, and there is no 'picture'.");
            return null;
        }
        if (words.Pictures.TryGetValue(file, out var use)) return alt is null ? use : use with { Alt = alt };
        slot.Wrong("picture", $"'{file}' is not in media/pictures.json.");
        return null;
    }
}
