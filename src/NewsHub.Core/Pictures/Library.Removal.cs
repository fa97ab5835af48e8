using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Pictures;

// Taking a picture off the server: its bytes, whatever was made of them, and every place that shows it.
public static partial class Library
{
    /// <summary>What would go with a picture, or with the files that once stood in its place.</summary>
    public static async Task<Removal> RemovalOfAsync(
        this NewsDb db, PictureProcessor pictureProcessor, Picture picture, bool onlyEarlier, CancellationToken cancel = default)
    {
        // The log tells the beginnings of the hashes that a picture had.
        var subject = Subject(picture);
        var changes =
            await db.Events.AsNoTracking().Where(e => e.Subject == subject).Select(e => new { e.Before, e.After }).ToListAsync(cancel);
        var beginnings = changes.SelectMany(t => HashInWords().Matches($"{t.Before}\n{t.After}"))
            .Select(m => m.Groups["hash"].Value)
            .ToHashSet();
        var former = await pictureProcessor.FormerAsync(
            picture.File, hash => hash == picture.Hash || beginnings.Contains(hash[..Math.Min(12, hash.Length)]), cancel);
        var pictures = onlyEarlier
            ? []
            : await db.Pictures.Where(p => p.Id == picture.Id || p.Hash == picture.Hash && p.Hash != "").ToListAsync(cancel);
        // Bytes that are another picture's of the library are that one's.
        var going = pictures.Select(p => p.Id).ToList();
        var held =
            await db.Pictures.AsNoTracking().Where(p => p.Hash != "" && !going.Contains(p.Id)).Select(p => p.Hash).ToListAsync(cancel);
        List<(string Key, string Hash)> addresses =
        [
            .. former.Where(a => !held.Contains(a.Hash)),
            .. pictures.Where(p => p.Key.Length > 0).Select(p => (p.Key, p.Hash)),
        ];
        var files = addresses.Select(a => a.Hash).Concat(pictures.Select(p => p.Hash)).Where(h => h.Length > 0).Distinct()
            .ToDictionary(h => h, h => pictures.Find(p => p.Hash == h)?.File ?? picture.File);
        return new Removal(pictures, files, [.. addresses.DistinctBy(a => a.Key)]);
    }

    /// <summary>
    /// Takes a picture off the server for good: original, renditions, earlier files and their addresses are deleted, and what prints it
    /// is printed anew
    /// without it. Its addresses answer that it is gone, and the same bytes are not taken in again.
    /// </summary>
    /// <param name="onlyEarlier">Only the files that once stood in its place; the picture stays.</param>
    /// <exception cref="RefusedException">There is nothing to remove.</exception>
    public static async Task<Removal> RemovePictureAsync(
        this NewsDb db,
        PictureProcessor pictureProcessor,
        Picture picture,
        bool onlyEarlier,
        string reason,
        Actor by,
        DateTimeOffset now,
        CancellationToken cancel = default)
    {
        var removal = await db.RemovalOfAsync(pictureProcessor, picture, onlyEarlier, cancel);
        if (removal.Pictures.Count + removal.Files.Count == 0)
            throw new RefusedException("This picture has no earlier files on the server.");
        // First nothing more may be made of it, then readers get pages without it, then the bytes go. Cut short in between, it is finished
        // or given up at the next start.
        await pictureProcessor.MarkRemovedAsync(removal, reason, by.Name, now);
        try
        {
            await TakeOutAsync(db, removal, picture, reason, by, now, cancel);
        }
        catch
        {
            foreach (var hash in removal.Files.Keys) await pictureProcessor.LiftAsync(hash, CancellationToken.None);
            throw;
        }
        await pictureProcessor.EraseAsync(removal.Files.Keys, removal.Addresses.Select(a => a.Key), CancellationToken.None);
        return removal;
    }

    private static async Task TakeOutAsync(
        NewsDb db, Removal removal, Picture picture, string reason, Actor by, DateTimeOffset now, CancellationToken cancel)
    {
        var gone = removal.Pictures.Select(p => p.File).ToList();
        var library = await db.Pictures.AsNoTracking()
            .Where(p => p.Hash != "" && !gone.Contains(p.File))
            .ToDictionaryAsync(p => p.File, p => p.Use(), cancel);
        var printed = await PictureUpdates.WithoutAsync(db, gone, removal.Addresses.Select(a => a.Key), library.GetValueOrDefault, cancel);
        var stories = printed.Stories.ToList();
        var live = await db.Stories.AsNoTracking()
            .Where(s => stories.Contains(s.Id) && s.State == StoryState.Live)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        var topics = live.Count == 0 ? [] : await TopicsOfAsync(db, live, cancel);
        if (printed.HasPages) topics = [.. topics, Topic.SiteWide];
        var slots = await db.SlotsOfAsync(gone, cancel);
        foreach (var slot in slots) slot.TakeOutPicture();
        topics = [.. topics, .. slots.Select(s => Topic.Edition(s.EditionId)).Distinct()];
        topics = [.. topics, .. removal.Addresses.Select(a => Topic.Picture(a.Key))];
        db.Pictures.RemoveRange(removal.Pictures);
        var earlier = $"earlier files: {string.Join(", ", removal.Files.Keys.Select(h => h[..12]))}";
        db.Events.AddRange(removal.Pictures.Count == 0
            ? [new NewsEvent(Act.RemovePicture, by, now, topics, reason, Subject(picture), before: earlier)]
            : removal.Pictures.Select(p => new NewsEvent(Act.RemovePicture, by, now, topics, reason, Subject(p), before: Words(p))));
        // A story's own history tells of it too, and the search index reads the text anew.
        var note = $"{picture.File} was removed from the server.";
        db.Events.AddRange(live.Select(id => new NewsEvent(Act.RemovePicture, by, now, [Topic.Story(id)], note, story: id)));
        await db.SaveChangesAsync(cancel);
    }

    [GeneratedRegex("file: [0-9]+ × [0-9]+, (?<hash>[0-9a-f]{12})$", RegexOptions.Multiline)]
    private static partial Regex HashInWords();
}
