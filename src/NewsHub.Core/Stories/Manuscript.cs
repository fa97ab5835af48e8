using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Core.Stories;

/// <summary>
/// What an editor typed, field by field, before it is a <see cref="StoryText"/>. A half-written one is kept like any other; only what
/// cannot be kept at all (a section that there is not, a text beyond all bounds) is a problem here.
/// </summary>
public sealed partial class Manuscript
{
    private const int LongestLine = 300;
    private const int LongestStandfirst = 1000;

    /// <summary>The section's slug.</summary>
    public string? Section { get; set; }
    public Kind Kind { get; set; }
    public string? Kicker { get; set; }
    public string? Headline { get; set; }
    public string? Standfirst { get; set; }

    /// <summary>House Markdown.</summary>
    public string? Body { get; set; }
    public IList<Credit> Bylines { get; set; } = [];
    public string? Dateline { get; set; }

    /// <summary>The lead picture's file name in the library; empty for none.</summary>
    public string? Picture { get; set; }

    /// <summary>A caption of this story's own; empty for the picture's.</summary>
    public string? PictureCaption { get; set; }

    /// <summary>Names, separated by commas. A name that no story carried yet becomes a tag.</summary>
    public string? Tags { get; set; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; set; } = "en";
    public bool RightToLeft { get; set; }

    /// <summary>The address's last word, until the story has an address; empty leaves it to the headline.</summary>
    public string? Slug { get; set; }
    public string? SeoTitle { get; set; }
    public string? SeoDescription { get; set; }

    /// <summary>One author and the words after the name.</summary>
    public sealed class Credit
    {
        /// <summary>The author's slug; an empty one is no byline.</summary>
        public string? Author { get; set; }
        public string? Role { get; set; }
    }

    /// <summary>Its fields, in the form's order.</summary>
    public static IReadOnlyList<string> FieldNames { get; } =
        [nameof(Kicker), nameof(Headline), nameof(Standfirst), nameof(Body), nameof(Section), nameof(Kind), nameof(Bylines), nameof(Dateline), nameof(Picture), nameof(PictureCaption), nameof(Tags), nameof(Language), nameof(RightToLeft), nameof(SeoTitle), nameof(SeoDescription)];

    /// <summary>What a field is called on the page.</summary>
    public static string NameOf(string field) => field switch
    {
        nameof(Picture) => "Lead picture",
        nameof(PictureCaption) => "Caption in this story",
        nameof(RightToLeft) => "Direction",
        nameof(SeoTitle) => "Title for search engines",
        nameof(SeoDescription) => "Description for search engines",
        _ => field,
    };

    /// <summary>A field as words, for comparing.</summary>
    public string Shown(string field) => field switch
    {
        nameof(Kicker) => Kicker ?? "",
        nameof(Headline) => Headline ?? "",
        nameof(Standfirst) => Standfirst ?? "",
        nameof(Body) => (Body ?? "").ReplaceLineEndings("\n"),
        nameof(Section) => Section ?? "",
        nameof(Kind) => Kind.ToString(),
        nameof(Bylines) => string.Join("; ", Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author)).Select(b => string.IsNullOrWhiteSpace(b.Role) ? b.Author : $"{b.Author}, {b.Role}")),
        nameof(Dateline) => Dateline ?? "",
        nameof(Picture) => Picture ?? "",
        nameof(PictureCaption) => PictureCaption ?? "",
        nameof(Tags) => Tags ?? "",
        nameof(Language) => Language ?? "",
        nameof(RightToLeft) => RightToLeft ? "right to left" : "left to right",
        nameof(SeoTitle) => SeoTitle ?? "",
        nameof(SeoDescription) => SeoDescription ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "The manuscript has no such field."),
    };

    /// <summary>Takes a field over from another text.</summary>
    public void Take(string field, Manuscript other)
    {
        switch (field)
        {
            case nameof(Kicker): Kicker = other.Kicker; break;
            case nameof(Headline): Headline = other.Headline; break;
            case nameof(Standfirst): Standfirst = other.Standfirst; break;
            case nameof(Body): Body = other.Body; break;
            case nameof(Section): Section = other.Section; break;
            case nameof(Kind): Kind = other.Kind; break;
            case nameof(Bylines): Bylines = other.Bylines; break;
            case nameof(Dateline): Dateline = other.Dateline; break;
            case nameof(Picture): Picture = other.Picture; break;
            case nameof(PictureCaption): PictureCaption = other.PictureCaption; break;
            case nameof(Tags): Tags = other.Tags; break;
            case nameof(Language): Language = other.Language; break;
            case nameof(RightToLeft): RightToLeft = other.RightToLeft; break;
            case nameof(SeoTitle): SeoTitle = other.SeoTitle; break;
            case nameof(SeoDescription): SeoDescription = other.SeoDescription; break;
        }
    }

    /// <summary>A saved text as fields to type in.</summary>
    /// <param name="section">The slug of the text's section.</param>
    public static Manuscript From(StoryText text, string section, Slug? slug) => new()
    {
        Section = section,
        Kind = text.Kind,
        Kicker = text.Kicker,
        Headline = text.Headline,
        Standfirst = text.Standfirst,
        Body = text.Body,
        Bylines = [.. text.Bylines.Select(b => new Credit { Author = b.Slug, Role = b.Role })],
        Dateline = text.Dateline,
        Picture = text.Picture?.File,
        PictureCaption = text.Picture?.Caption,
        Tags = string.Join(", ", text.Tags.Select(t => t.Name)),
        Language = text.Language,
        RightToLeft = text.RightToLeft,
        Slug = slug?.Value,
        SeoTitle = text.SeoTitle,
        SeoDescription = text.SeoDescription,
    };

    /// <summary>Sets it: finds its section, authors, picture and tags in the store and renders its body.</summary>
    /// <param name="keepTags">Saves tags that no story carried yet, at once; false for a proof, which leaves nothing behind.</param>
    public async Task<TypesetCopy> SetAsync(NewsDb db, bool keepTags = true, CancellationToken cancel = default)
    {
        var problems = new List<FieldProblem>();
        var section = Stories.Slug.TryParse(Section, out var name) ? await db.Sections.AsNoTracking().FirstOrDefaultAsync(s => s.Slug == name, cancel) : null;
        if (section is null) problems.Add(new(nameof(Section), "Choose one of the paper's sections."));
        if (!Enum.IsDefined(Kind)) problems.Add(new(nameof(Kind), "Choose one of the kinds."));
        Slug? slug = null;
        if (!string.IsNullOrWhiteSpace(Slug))
        {
            if (Stories.Slug.TryParse(Slug.Trim(), out var chosen)) slug = chosen;
            if (slug is { IsReserved: true } ours) problems.Add(new(nameof(Slug), ours.IsOurs));
            else if (slug is null) problems.Add(new(nameof(Slug), "An address is made of small letters, digits and single hyphens, 80 at most."));
        }
        var language = Language?.Trim() is { Length: > 0 } tongue ? tongue : "en";
        if (!LanguageTag.IsOne(language)) problems.Add(new(nameof(Language), $"'{language}' is not a language such as en, fr or ar."));
        PictureUse? picture = null;
        if (!string.IsNullOrWhiteSpace(Picture))
        {
            if (db.PictureToPrint(Picture.Trim()) is { } use) picture = use with { Caption = Line(nameof(PictureCaption), PictureCaption, LongestStandfirst) ?? use.Caption };
            else problems.Add(new(nameof(Picture), $"There is no picture '{Picture}' in the library."));
        }
        var bylines = await BylinesAsync(db, problems, cancel);
        var tags = await TagsAsync(db, keepTags, problems, cancel);
        var body = (Body ?? "").ReplaceLineEndings("\n");
        var rendered = db.SetBody(body);
        if (System.Text.Encoding.UTF8.GetByteCount(body) > HouseMarkdown.MaxBytes) problems.Add(new(nameof(Body), rendered.Problems[0].Message));
        var text = new StoryText
        {
            Section = section?.Id ?? default,
            Kind = Kind,
            Kicker = Line(nameof(Kicker), Kicker, 80),
            Headline = Line(nameof(Headline), Headline, LongestLine) ?? "",
            Standfirst = Line(nameof(Standfirst), Standfirst, LongestStandfirst) ?? "",
            Body = body,
            Bylines = bylines,
            Dateline = Line(nameof(Dateline), Dateline, 80),
            Picture = picture,
            Tags = tags,
            Language = language,
            RightToLeft = RightToLeft,
            SeoTitle = Line(nameof(SeoTitle), SeoTitle, LongestLine),
            SeoDescription = Line(nameof(SeoDescription), SeoDescription, LongestStandfirst),
        };
        return new TypesetCopy(text, rendered, slug, problems);

        string? Line(string field, string? typed, int most)
        {
            var line = typed?.Trim() is { Length: > 0 } words ? Spaces().Replace(words, " ") : null;
            if (line?.Length > most) problems.Add(new(field, string.Create(CultureInfo.InvariantCulture, $"That is {line.Length} characters; {most} is the most there is room for.")));
            return line;
        }
    }

    private async Task<IReadOnlyList<Byline>> BylinesAsync(NewsDb db, List<FieldProblem> problems, CancellationToken cancel)
    {
        var known = await db.Authors.AsNoTracking().ToDictionaryAsync(a => a.Slug.Value, cancel);
        var bylines = new List<Byline>();
        foreach (var credit in Bylines.Where(c => !string.IsNullOrWhiteSpace(c.Author)))
        {
            if (!known.TryGetValue(credit.Author!.Trim(), out var author)) problems.Add(new(nameof(Bylines), $"'{credit.Author}' is not one of the paper's authors."));
            else if (bylines.Exists(b => b.AuthorId == author.Id)) problems.Add(new(nameof(Bylines), $"{author.Name} is credited twice."));
            else if (credit.Role?.Trim().Length > 80) problems.Add(new(nameof(Bylines), $"What {author.Name} did is told in 80 characters at most."));
            else bylines.Add(new Byline(author.Id, author.Slug.Value, author.Name, credit.Role?.Trim() is { Length: > 0 } role ? role : null));
        }
        return bylines;
    }

    private async Task<IReadOnlyList<TagLine>> TagsAsync(NewsDb db, bool keep, List<FieldProblem> problems, CancellationToken cancel)
    {
        var tags = new List<TagLine>();
        foreach (var typed in (Tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (typed.Length > 60 || Stories.Slug.From(typed) is not { } slug)
            {
                problems.Add(new(nameof(Tags), $"'{typed}' is not a tag: a few words, 60 characters at most."));
                continue;
            }
            // A tag that was renamed goes by its new name too; its address is the old one.
            var tag = await db.Tags.FirstOrDefaultAsync(t => t.Slug == slug, cancel) ?? await db.Tags.FirstOrDefaultAsync(t => t.MergedInto == null && EF.Functions.Like(t.Name, Like.Whole(typed), Like.Escape), cancel);
            if (tag?.MergedInto is { } other) tag = await db.Tags.FirstAsync(t => t.Id == other, cancel);
            if (tag is null && !keep)
            {
                tags.Add(new TagLine(0, slug.Value, typed));
                continue;
            }
            if (tag is null)
            {
                // Saved at once: a revision names a tag by its number. One that no live story carries is unknown to readers.
                db.Tags.Add(tag = new Tag(slug, typed));
                await db.SaveChangesAsync(cancel);
            }
            if (!tags.Exists(t => t.Slug == tag.Slug.Value)) tags.Add(new TagLine(tag.Id, tag.Slug.Value, tag.Name));
        }
        if (tags.Count > 20) problems.Add(new(nameof(Tags), "Twenty tags are enough for any story."));
        return tags;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>A manuscript set in type.</summary>
/// <param name="Slug">The address's last word that was asked for.</param>
/// <param name="Problems">Why it cannot be kept; empty when it can. What is wrong with the body alone is in <paramref name="Body"/>, and hinders only printing.</param>
public sealed record TypesetCopy(StoryText Text, RenderedBody Body, Slug? Slug, IReadOnlyList<FieldProblem> Problems);

/// <param name="Field">The manuscript's property.</param>
public sealed record FieldProblem(string Field, string Message);
