using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Transfer;

// Entries of live stories: a list beside the story, under the same stem.
public sealed partial class Importer
{
    private async Task<Outcome> LiveAsync(string file, string text, CancellationToken cancel)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var words = await WordsAsync(cancel);
        var story = await db.Stories.Where(s => s.SourceKey == stem).Select(s => (StoryId?)s.Id).FirstOrDefaultAsync(cancel)
            ?? throw new ContentException([new FileProblem(file, 1, null, $"There is no story stories/{stem}.md.")]);
        var known = await db.LiveEntries.Where(e => e.StoryId == story).ToListAsync(cancel);
        var entries = Fields.ReadList(file, text);
        var (added, changed) = (0, 0);
        foreach (var fields in entries.Where(e => !e.Failed))
        {
            var at = fields.RequiredValue("at", Fields.Instant, "an instant such as 2025-07-01T18:05:00Z");
            var (headline, by, body) = (fields.Text("headline", LiveEntry.LongestHeadline), fields.Required("by", 200), fields.Required("text", HouseMarkdown.MaxBytes));
            var (isKey, isPinned) = (Yes(fields, "key"), Yes(fields, "pinned"));
            fields.CheckUnknown();
            var rendered = HouseMarkdown.Render(body, f => words.Pictures.GetValueOrDefault(f));
            foreach (var problem in rendered.Problems) fields.Wrong("text", problem.Message);
            if (fields.Failed) continue;
            try
            {
                var entry = known.Find(e => e.At == at && e.Headline == headline) ?? known.Find(e => e.At == at);
                if (entry is null)
                {
                    known.Add(entry = new LiveEntry(story, headline, body, rendered, isKey, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"file:{at.UtcTicks}:{known.Count(e => e.At == at)}"), new Actor(by), at));
                    db.LiveEntries.Add(entry);
                    added++;
                }
                else if (entry.Text != body || entry.Headline != headline || entry.IsKey != isKey)
                {
                    entry.Edit(headline, body, rendered, isKey, clock.GetUtcNow());
                    changed++;
                }
                await db.FreezeMoneyAsync(entry, cancel);
                if (entry.IsPinned == isPinned) continue;
                foreach (var other in known.Where(e => e.IsPinned)) other.Pin(false);
                if (isPinned) entry.Pin(true);
                changed++;
            }
            catch (RefusedException refused)
            {
                fields.Wrong("text", refused.Message);
            }
        }
        if (entries.Any(e => e.Failed)) throw new ContentException([.. entries.SelectMany(e => e.Problems)]);
        return added + changed == 0 ? Outcome.Unchanged : await KeepAsync(Staff.Act.EditEntry, Topic.Story(story), file, cancel);
    }

    private static bool Yes(Fields fields, string name) => fields.Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => Wrong(fields, name),
    };

    private static bool Wrong(Fields fields, string name)
    {
        fields.Wrong(name, "is true or false.");
        return false;
    }
}
