using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

// Stories: a file that is new, and one that has changed.
public sealed partial class Importer
{
    private async Task<Outcome> StoryAsync(string file, string text, CancellationToken cancel)
    {
        var stem = await StemAsync(file, cancel);
        var hash = Hash(text);
        var seen = await db.Stories.Where(s => s.SourceKey == stem).Select(s => new { s.SourceHash }).FirstOrDefaultAsync(cancel);
        if (seen?.SourceHash == hash) return Outcome.Unchanged;

        var words = await WordsAsync(cancel);
        var read = StoryFile.Read(file, stem, text, words, clock.GetUtcNow());
        if (seen is not null && read.Withdrawn is null && await WithdrawnHereAsync(stem, cancel) is { } by)
            throw new ContentException([new FileProblem(file, 1, null,
                $"{by} withdrew this story in the newsroom, and it stays so. Restore it there first, or say withdrawn and notice here.")]);
        _result.Note(read.Notices);
        var copy = await words.KeepNewTagsAsync(db, read.Text, cancel);
        var section = words.Sections.Values.Single(s => s.Id == copy.Section);
        if (seen is null) await AddAsync(read, copy, stem, hash, cancel);
        else await ChangeAsync(read, copy, section, stem, hash, cancel);
        await db.SaveChangesAsync(cancel);
        return seen is null ? Outcome.New : Outcome.Changed;
    }

    private async Task AddAsync(StoryFile read, StoryText copy, string stem, string hash, CancellationToken cancel)
    {
        var story = new Story(copy, read.Body, Actor.Importer, read.Published);
        await db.PublishAsync(story, story.Revisions[0], Actor.Importer, read.Published, read.Slug, cancel);
        foreach (var (at, note) in read.Corrections) story.NoteCorrection(note, Actor.Importer, at);
        if (read.Updated is { } updated && updated > (story.UpdatedAt ?? read.Published))
            await db.PublishAsync(story, story.Revisions[0], Actor.Importer, updated, cancel: cancel);
        Finish(story, read, stem, hash);
        db.Stories.Add(story);
    }

    private async Task ChangeAsync(StoryFile read, StoryText copy, Section section, string stem, string hash, CancellationToken cancel)
    {
        var story =
            await db.Stories.Include(s => s.Revisions).Include(s => s.Listings).Include(s => s.Corrections).Include(s => s.FormerAddresses)
                .AsSplitQuery().SingleAsync(s => s.SourceKey == stem, cancel);
        // A text is changed while it is live: a withdrawn story that stays so is out for no reader, for this is one transaction.
        if (story.State is StoryState.Withdrawn) story.Restore(Actor.Importer, clock.GetUtcNow());
        if (read.Published.ToMicrosecond() != story.FirstPublishedAt?.ToMicrosecond())
            await db.RedateAsync(story, read.Published, "as the file says", Actor.Importer, clock.GetUtcNow(), cancel);
        var now = read.Updated?.ToMicrosecond() > story.UpdatedAt?.ToMicrosecond() || story.UpdatedAt is null && read.Updated is not null
            ? read.Updated.Value
            : clock.GetUtcNow();
        var revision = story.Save(copy, read.Body, Actor.Importer, now);
        await db.PublishAsync(story, revision, Actor.Importer, now, cancel: cancel);
        story.Readdress(
            section, await db.FreeSlugAsync(section, story.FirstPublishedAt!.Value, read.Slug, story.Id, cancel), Actor.Importer, now);
        foreach (var (at, note) in read.Corrections.Where(c => !story.Corrections.Any(
            old => old.At.ToMicrosecond() == c.At.ToMicrosecond() && old.Note == c.Note)))
            story.NoteCorrection(note, Actor.Importer, at);
        Finish(story, read, stem, hash);
    }

    /// <summary>A file's name as stories know it. File systems may take letters apart; a store that kept such a
    /// name learns the other.</summary>
    private async Task<string> StemAsync(string file, CancellationToken cancel)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var stem = TypedText.Line(name) ?? name;
        if (stem != name)
            await db.Stories.Where(s => s.SourceKey == name).ExecuteUpdateAsync(s => s.SetProperty(x => x.SourceKey, stem), cancel);
        return stem;
    }

    /// <summary>Who withdrew a story, where that was no file: an import does not undo what an editor decided. Null where it is not
    /// withdrawn, or a file did it.</summary>
    private async Task<string?> WithdrawnHereAsync(string stem, CancellationToken cancel)
    {
        var withdrawn = db.Stories.Where(s => s.SourceKey == stem && s.State == StoryState.Withdrawn);
        var by = await db.Events
            .Where(e => e.Act == Act.Withdraw && withdrawn.Any(s => s.Id == e.StoryId))
            .OrderByDescending(e => e.Id)
            .Select(e => (Actor?)e.By)
            .FirstOrDefaultAsync(cancel);
        return by is { } who && who != Actor.Importer ? who.Name : null;
    }

    private static void Finish(Story story, StoryFile read, string stem, string hash)
    {
        foreach (var path in read.Formerly) story.AddFormerAddress(path);
        if (read.Withdrawn is { } at && story.State is StoryState.Live) story.Withdraw(read.Notice!, "as imported", Actor.Importer, at);
        story.ImportedFrom(stem, hash);
    }
}
