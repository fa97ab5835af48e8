using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Transfer;

/// <summary>What a story file may name: the sections, authors, pictures and tags that the store has.</summary>
internal sealed class Vocabulary
{
    private readonly List<Tag> _newTags = [];

    public required IReadOnlyDictionary<string, Section> Sections { get; init; }
    public required IReadOnlyDictionary<string, Author> Authors { get; init; }
    public required IReadOnlyDictionary<string, PictureUse> Pictures { get; init; }
    public required Dictionary<string, TagLine> Tags { get; init; }

    public static async Task<Vocabulary> ReadAsync(NewsDb db, CancellationToken cancel)
    {
        var all = await db.Tags.AsNoTracking().ToDictionaryAsync(t => t.Id, cancel);
        // Whatever a tag was called, or is called now, means the tag that has its stories.
        var tags = all.Values.ToDictionary(t => t.Slug.Value, t => Line(t.MergedInto is { } other ? all[other] : t));
        foreach (var tag in all.Values.Where(t => t.MergedInto is null))
            if (Slug.From(tag.Name) is { } name) tags.TryAdd(name.Value, Line(tag));
        return await ReadAsync(db, tags, cancel);

        static TagLine Line(Tag tag) => new(tag.Id, tag.Slug.Value, tag.Name);
    }

    private static async Task<Vocabulary> ReadAsync(NewsDb db, Dictionary<string, TagLine> tags, CancellationToken cancel) => new()
    {
        Sections = await db.Sections.AsNoTracking().ToDictionaryAsync(s => s.Slug.Value, cancel),
        Authors = await db.Authors.AsNoTracking().ToDictionaryAsync(a => a.Slug.Value, cancel),
        Pictures = await db.Pictures.AsNoTracking().Where(p => p.Hash != "").ToDictionaryAsync(p => p.File, p => p.Use(), cancel),
        Tags = tags,
    };

    /// <summary>A tag by its name; a new one has no id until <see cref="KeepNewTagsAsync"/>.</summary>
    public TagLine Tag(string name)
    {
        var slug = Slug.From(name)!.Value;
        return Tags.TryGetValue(slug.Value, out var known) ? known : new TagLine(0, slug.Value, name);
    }

    /// <summary>Stores the tags that a text is the first to carry, and gives the text with their ids.</summary>
    public async Task<StoryText> KeepNewTagsAsync(NewsDb db, StoryText text, CancellationToken cancel)
    {
        if (text.Tags.All(t => t.TagId != 0)) return text;
        // Another importer may have stored them since; this file's transaction holds the store now, so what is missing stays missing.
        var slugs = text.Tags.Where(t => t.TagId == 0).Select(t => Slug.Parse(t.Slug)).ToList();
        foreach (var known in await db.Tags.AsNoTracking().Where(t => slugs.Contains(t.Slug)).ToListAsync(cancel))
            Tags[known.Slug.Value] = new TagLine(known.Id, known.Slug.Value, known.Name);
        var added = text.Tags.Where(t => t.TagId == 0 && !Tags.ContainsKey(t.Slug)).Select(t => new Tag(Slug.Parse(t.Slug), t.Name)).ToList();
        db.Tags.AddRange(added);
        await db.SaveChangesAsync(cancel);
        foreach (var tag in added) Tags[tag.Slug.Value] = new TagLine(tag.Id, tag.Slug.Value, tag.Name);
        _newTags.AddRange(added);
        return text with { Tags = [.. text.Tags.Select(t => Tags[t.Slug])] };
    }

    /// <summary>After a file's transaction was given up: its tags are not in the store after all.</summary>
    public void ForgetNewTags()
    {
        foreach (var tag in _newTags) Tags.Remove(tag.Slug.Value);
        _newTags.Clear();
    }

    public void NewTagsAreKept() => _newTags.Clear();
}
