using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

// Entries of live stories: a list beside the story, under the same stem.
public sealed partial class Importer
{
    private async Task<Outcome> LiveAsync(string file, string text, CancellationToken cancel)
    {
        var stem = await StemAsync(file, cancel);
        var words = await WordsAsync(cancel);
        var story = await db.Stories.Where(s => s.SourceKey == stem).Select(s => (StoryId?)s.Id).FirstOrDefaultAsync(cancel)
            ?? throw new ContentException([new FileProblem(file, 1, null, $"There is no story stories/{stem}.md.")]);
        var known = await db.LiveEntries.Where(e => e.StoryId == story).ToListAsync(cancel);
        var entries = Fields.ReadList(file, text);
        var read = entries.Where(e => !e.Failed).Select(e => EntryOf(e, words)).ToList();
        foreach (var second in read.Where(r => r.IsPinned).Skip(1))
            second.Fields.Wrong("pinned", "Another entry of this story is pinned; one is the most.");
        if (entries.Any(e => e.Failed)) throw new ContentException([.. entries.SelectMany(e => e.Problems)]);
        var was = Match(read, known);
        var (added, changed) = (0, 0);
        foreach (var line in read)
        {
            try
            {
                if (!was.TryGetValue(line, out var entry))
                {
                    known.Add(entry = was[line] = new LiveEntry(
                        story, line.Text, line.Body, FormOf(line.At, known), new Actor(line.By), line.At));
                    db.LiveEntries.Add(entry);
                    added++;
                }
                else if (new LiveEntryText(entry.Headline, entry.Text, entry.IsKey) != line.Text)
                {
                    entry.Edit(line.Text, line.Body, clock.GetUtcNow());
                    changed++;
                }
                await db.FreezeMoneyAsync(entry, cancel);
            }
            catch (RefusedException refused)
            {
                line.Fields.Wrong("text", refused.Message);
            }
        }
        if (entries.Any(e => e.Failed)) throw new ContentException([.. entries.SelectMany(e => e.Problems)]);
        var pinned = read.Find(r => r.IsPinned) is { } top ? was[top] : null;
        foreach (var entry in known.Where(e => e.IsPinned != (e == pinned) && (e == pinned || was.ContainsValue(e) || pinned is not null)))
        {
            // An entry that was deleted here takes no pin.
            if (entry == pinned && entry.DeletedAt is not null) continue;
            entry.Pin(entry == pinned);
            changed++;
        }
        return added + changed == 0 ? Outcome.Unchanged : await KeepAsync(Events.Act.EditEntry, Topic.Story(story), file, cancel);
    }

    /// <summary>An entry as the file has it.</summary>
    private sealed record LiveLine(
        Fields Fields, DateTimeOffset At, string By, LiveEntryText Text, RenderedBody Body, bool IsPinned);

    private static LiveLine EntryOf(Fields fields, Vocabulary words)
    {
        var at = fields.RequiredValue("at", Fields.Instant, "an instant such as 2025-07-01T18:05:00Z");
        var (headline, by, text) = (fields.Text("headline", TextLimits.EntryHeadline), fields.Required("by", TextLimits.EntryBy),
            fields.RequiredLines("text", HouseMarkdown.MaxBytes));
        var (isKey, isPinned) = (Yes(fields, "key"), Yes(fields, "pinned"));
        fields.CheckUnknown();
        var body = RenderedBodies.Render(text, f => words.Pictures.GetValueOrDefault(f));
        foreach (var problem in body.Problems.Where(p => p.Hinders)) fields.Wrong("text", problem.Message);
        return new LiveLine(fields, at, by, new LiveEntryText(headline, text, isKey), body, isPinned);
    }

    /// <summary>Which of the store's entries each line of the file is. Several may be of one instant: each is one entry, the most alike
    /// first, and none is two.</summary>
    private static Dictionary<LiveLine, LiveEntry> Match(List<LiveLine> read, List<LiveEntry> known)
    {
        var was = new Dictionary<LiveLine, LiveEntry>(ReferenceEqualityComparer.Instance);
        var free = known.OrderBy(e => e.Id).ToList();
        foreach (var alike in new Func<LiveLine, LiveEntry, bool>[]
        {
            SameWords,
            (l, e) => e.Headline == l.Text.Headline,
            (l, e) => e.Text == l.Text.Text,
            (_, _) => true,
        })
        {
            foreach (var line in read.Where(l => !was.ContainsKey(l)))
            {
                // One that was deleted in the newsroom is meant only by its very words, and stays deleted.
                if (free.Find(e => e.At.ToMicrosecond() == line.At.ToMicrosecond()
                    && alike(line, e)
                    && (e.DeletedAt is null || SameWords(line, e))) is not { } entry)
                {
                    continue;
                }
                was[line] = entry;
                free.Remove(entry);
            }
        }
        return was;

        static bool SameWords(LiveLine line, LiveEntry entry) => (entry.Headline, entry.Text) == (line.Text.Headline, line.Text.Text);
    }

    private static string FormOf(DateTimeOffset at, List<LiveEntry> known)
    {
        for (var n = 0; ; n++)
        {
            var form = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"file:{at.UtcTicks}:{n}");
            if (!known.Exists(e => e.Form == form)) return form;
        }
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
