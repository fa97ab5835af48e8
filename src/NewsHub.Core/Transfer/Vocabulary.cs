using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

/// <summary>What a story file may name: the sections, authors, pictures and tags that the store has.</summary>
internal sealed class Vocabulary
{
    private readonly List<string> _newTags = [];

    public required IReadOnlyDictionary<string, Section> Sections { get; init; }
    public required IReadOnlyDictionary<string, Author> Authors { get; init; }
    public required IReadOnlyDictionary<string, PictureUse> Pictures { get; init; }

    /// <summary>By <see cref="TagName.Identity"/>.</summary>
    public required Dictionary<string, TagLine> Tags { get; init; }

    public static async Task<Vocabulary> ReadAsync(NewsDb db, CancellationToken cancel)
    {
        var all = await db.Tags.AsNoTracking().ToDictionaryAsync(t => t.Id, cancel);
        // Whatever a tag was called, or is called now, means the tag that has its stories.
        var tags = new Dictionary<string, TagLine>();
        foreach (var tag in all.Values.OrderBy(t => t.MergedInto is not null).ThenBy(t => t.Id))
            tags.TryAdd(TagName.Identity(tag.Name), Line(Now(tag)));
        foreach (var tag in all.Values.Where(t => !Tagging.Names(t))) tags.TryAdd(tag.Slug.Value, Line(Now(tag)));
        return await ReadAsync(db, tags, cancel);

        Tag Now(Tag tag) => tag.MergedInto is { } other ? all[other] : tag;

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
    public TagLine Tag(string name) =>
        Tags.TryGetValue(TagName.Identity(name), out var known) ? known : new TagLine(0, Slug.From(name)!.Value.Value, name);

    /// <summary>Stores the tags that a text is the first to carry, and gives the text with their ids.</summary>
    public async Task<StoryText> KeepNewTagsAsync(NewsDb db, StoryText text, CancellationToken cancel)
    {
        if (text.Tags.All(t => t.TagId != 0)) return text;
        // Another importer may have stored them since; this file's transaction holds the store now, so what is missing stays missing.
        foreach (var line in text.Tags.Where(t => t.TagId == 0))
        {
            var (tag, identity) = (await db.KeepTagAsync(line.Name, cancel), TagName.Identity(line.Name));
            Tags[identity] = new TagLine(tag.Id, tag.Slug.Value, tag.Name);
            _newTags.Add(identity);
        }
        return text with { Tags = [.. text.Tags.Select(t => t.TagId != 0 ? t : Tags[TagName.Identity(t.Name)]).DistinctBy(t => t.TagId)] };
    }

    /// <summary>After a file's transaction was given up: its tags are not in the store after all.</summary>
    public void ForgetNewTags()
    {
        foreach (var tag in _newTags) Tags.Remove(tag);
        _newTags.Clear();
    }

    public void NewTagsAreKept() => _newTags.Clear();
}
