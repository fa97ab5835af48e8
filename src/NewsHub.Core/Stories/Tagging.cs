using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>Finding, making, renaming and merging tags. Texts keep the word that they were printed with; the lists of the
/// paper follow the tag.</summary>
public static class Tagging
{
    /// <summary>The tag that a name means: the one that is called so, was called so, or took the stories of one that was; null
    /// where there is none yet.</summary>
    public static async Task<Tag?> FindTagAsync(this NewsDb db, string name, CancellationToken cancel = default)
    {
        if (Slug.From(name) is not { } slug) return null;
        var identity = TagName.Identity(name);
        Tag? found = null, renamed = null;
        foreach (var stem in new[] { slug, slug.WithoutMarks }.Distinct())
        {
            for (var n = 1; found is null; n++)
            {
                var address = n == 1 ? stem : stem.Numbered(n);
                if (await db.Tags.FirstOrDefaultAsync(t => t.Slug == address, cancel) is not { } tag) break;
                if (TagName.Identity(tag.Name) == identity) found = tag;
                // Its address tells what it was called before.
                else if (n == 1 && identity == slug.Value && !Names(tag)) renamed ??= tag;
            }
        }
        found ??= await db.Tags.FirstOrDefaultAsync(
            t => t.MergedInto == null && Like.Matches(t.Name, Like.Whole(name)), cancel) ?? renamed;
        return found?.MergedInto is { } other ? await db.Tags.FirstAsync(t => t.Id == other, cancel) : found;
    }

    /// <summary>The tag that a name means, made where there is none, under an address that is free. Saved at once: a revision
    /// names a tag by its number.</summary>
    public static async Task<Tag> KeepTagAsync(this NewsDb db, string name, CancellationToken cancel = default)
    {
        if (await db.FindTagAsync(name, cancel) is { } known) return known;
        var slug = Slug.From(name)!.Value;
        for (var n = 2; await db.Tags.AnyAsync(t => t.Slug == slug, cancel); n++) slug = Slug.From(name)!.Value.Numbered(n);
        var tag = new Tag(slug, name);
        db.Tags.Add(tag);
        await db.SaveChangesAsync(cancel);
        return tag;
    }

    /// <summary>Makes the tags that an autosaved text is the first to name, before readers see it.</summary>
    public static async Task KeepTagsAsync(this NewsDb db, Revision revision, CancellationToken cancel = default)
    {
        if (revision.Text.Tags.All(t => t.TagId != 0)) return;
        var tags = new List<TagLine>();
        foreach (var line in revision.Text.Tags)
        {
            var tag = line.TagId != 0 ? null : await db.KeepTagAsync(line.Name, cancel);
            var kept = tag is null ? line : new TagLine(tag.Id, tag.Slug.Value, tag.Name);
            if (!tags.Exists(t => t.TagId == kept.TagId)) tags.Add(kept);
        }
        revision.Carry(tags);
    }

    /// <summary>Whether a tag's address is made of the name that it has now, numbered or not.</summary>
    internal static bool Names(Tag tag) =>
        Slug.From(tag.Name) is { } made
        && new[] { made, made.WithoutMarks }.Any(m => tag.Slug == m || tag.Slug.Value.StartsWith(m.Value + "-", StringComparison.Ordinal)
            && int.TryParse(tag.Slug.Value.AsSpan(m.Value.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Changes a tag's name, on its own page and for texts to come. Its address stays.</summary>
    /// <exception cref="RefusedException">Another tag has that name, or it is none.</exception>
    public static async Task RenameTagAsync(
        this NewsDb db, Tag tag, string name, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (TagName.Fault(name) is { } fault) throw new RefusedException($"'{name}' {fault}");
        if (tag.MergedInto is not null)
            throw new RefusedException("This tag was merged into another one and cannot be renamed.");
        if (await db.FindTagAsync(name, cancel) is { } other && other.Id != tag.Id || await db.Tags.AnyAsync(
            t => t.Id != tag.Id && t.MergedInto == tag.Id && Like.Matches(t.Name, Like.Whole(name)), cancel))
        {
            throw new RefusedException($"The name '{name}' is or was used by another tag. Merge the two instead.");
        }
        if (tag.Name == name) return;
        var before = tag.Name;
        tag.Rename(name);
        db.Events.Add(new NewsEvent(Act.ChangeTag, by, now, [Topic.List(ListOf.Tag, tag.Id)], "renamed", Subject(tag), before, name));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Gives a tag's stories to another one, to which readers are led from now on. Each text keeps the printed word, and carries the
    /// other tag by it: what is published or restored later stands in the right list too. Tags that were merged into this one go
    /// along, so nobody is led twice.
    /// </summary>
    /// <returns>How many live stories changed lists.</returns>
    /// <exception cref="RefusedException">The two cannot be merged.</exception>
    public static async Task<int> MergeTagsAsync(
        this NewsDb db, Tag tag, Tag into, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (tag.Id == into.Id) throw new RefusedException("A tag cannot be merged into itself.");
        if (tag.MergedInto is not null) throw new RefusedException($"“{tag.Name}” has already been merged.");
        if (into.MergedInto is not null) throw new RefusedException($"“{into.Name}” was itself merged into another tag. Choose that one.");
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        tag.MergeInto(into);
        await db.SaveChangesAsync(cancel);
        await db.Tags.Where(t => t.MergedInto == tag.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.MergedInto, into.Id), cancel);
        const int list = (int)ListOf.Tag;
        // Whoever is about to publish one of these stories by its old list finds it changed.
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE "Stories" SET "Version" = "Version" + 1 WHERE "Id" IN (SELECT "StoryId" FROM "Listings" WHERE "List" = {list} AND "Subject" = {tag.Id})""",
            cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Listings" ("List", "Subject", "LiveAt", "StoryId")
            SELECT "List", {into.Id}, "LiveAt", "StoryId" FROM "Listings" AS old WHERE "List" = {list} AND "Subject" = {tag.Id}
            AND NOT EXISTS (SELECT 1 FROM "Listings" AS known WHERE known."List" = {list} AND known."Subject" = {into.Id} AND known."StoryId" = old."StoryId")
            """, cancel);
        var moved = await db.Listings.Where(l => l.List == ListOf.Tag && l.Subject == tag.Id).ExecuteDeleteAsync(cancel);
        // Within the text's JSON a quotation mark of a name would be escaped: only the number itself looks like this.
        var (was, becomes) = (Number(tag), Number(into));
        var carries = $"%{was}%";
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE "Revisions" SET "Tags" = REPLACE("Tags", {was}, {becomes}) WHERE "Tags" LIKE {carries}""", cancel);
        db.Events.Add(new NewsEvent(Act.ChangeTag, by, now, [Topic.List(ListOf.Tag, tag.Id), Topic.List(ListOf.Tag, into.Id)],
            string.Create(CultureInfo.InvariantCulture, $"merged; {moved} live stories"), Subject(tag), tag.Name, into.Name));
        await db.SaveChangesAsync(cancel);
        if (own is not null) await own.CommitAsync(cancel);
        return moved;
    }

    private static string Number(Tag tag) => string.Create(CultureInfo.InvariantCulture, $"\"tagId\":{tag.Id},");

    private static EventSubject Subject(Tag tag) => EventSubject.Tag(tag.Slug.Value);
}
