using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editing;

/// <summary>
/// What an editor typed, field by field, before it is a <see cref="StoryText"/>. A half-written one is kept like any other; only what
/// cannot be kept at all (a section that there is not, a text beyond all bounds) is a problem here.
/// </summary>
public sealed class Manuscript
{
    private const int LongestLine = 300;
    private const int LongestStandfirst = 1000;

    /// <summary>The section's slug; empty while none is chosen.</summary>
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

    /// <summary>Null leaves it to the language.</summary>
    public bool? RightToLeft { get; set; }

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
        [
            nameof(Kicker), nameof(Headline), nameof(Standfirst), nameof(Body), nameof(Section), nameof(Kind), nameof(Bylines),
            nameof(Dateline), nameof(Picture), nameof(PictureCaption), nameof(Tags), nameof(Language), nameof(RightToLeft),
            nameof(SeoTitle), nameof(SeoDescription),
        ];

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
        nameof(Bylines) => string.Join("; ", Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))
            .Select(b => string.IsNullOrWhiteSpace(b.Role) ? b.Author : $"{b.Author}, {b.Role}")),
        nameof(Dateline) => Dateline ?? "",
        nameof(Picture) => Picture ?? "",
        nameof(PictureCaption) => PictureCaption ?? "",
        nameof(Tags) => Tags ?? "",
        nameof(Language) => Language ?? "",
        nameof(RightToLeft) => RunsRightToLeft ? "right to left" : "left to right",
        nameof(SeoTitle) => SeoTitle ?? "",
        nameof(SeoDescription) => SeoDescription ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "The manuscript has no such field."),
    };

    private bool RunsRightToLeft => RightToLeft ?? LanguageTag.RunsRightToLeft(Language?.Trim() ?? "");

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
        Tags = string.Join(", ", text.Tags.Select(t => TagName.WithoutCommas(t.Name))),
        Language = text.Language,
        // A direction that is not the language's, or that a reader notices, is shown as chosen; only the usual one goes on following.
        RightToLeft = text.RightToLeft || LanguageTag.RunsRightToLeft(text.Language) ? text.RightToLeft : null,
        Slug = slug?.Value,
        SeoTitle = text.SeoTitle,
        SeoDescription = text.SeoDescription,
    };

    /// <summary>Renders the body. Before a transaction in which <see cref="SetAsync"/> is called, so that nobody
    /// waits for it there.</summary>
    public RenderedBody RenderBody(NewsDb db) => db.RenderBody(TypedText.Text(Body));

    /// <summary>Sets it: finds its section, authors, picture and tags in the store and renders its body.</summary>
    /// <param name="keepTags">Saves tags that no story carried yet, at once; false for a proof and for an autosave in mid-word,
    /// which leave none behind.</param>
    public async Task<TypesetCopy> SetAsync(NewsDb db, bool keepTags = true, CancellationToken cancel = default)
    {
        var problems = new List<FieldProblem>();
        var section = Text.Slug.TryParse(Section, out var name)
            ? await db.Sections.AsNoTracking().FirstOrDefaultAsync(s => s.Slug == name, cancel)
            : null;
        // A draft needs none yet: the checks before publication ask for it.
        if (section is null && !string.IsNullOrWhiteSpace(Section))
            problems.Add(new(nameof(Section), "Choose a section."));
        if (!Enum.IsDefined(Kind)) problems.Add(new(nameof(Kind), "Choose a kind."));
        Slug? slug = null;
        if (TypedText.Line(Slug) is { } typedSlug)
        {
            if (Text.Slug.TryParse(typedSlug, out var chosen)) slug = chosen;
            if (slug is { IsReserved: true } ours) problems.Add(new(nameof(Slug), ours.IsOurs));
            else if (slug is null)
                problems.Add(new(nameof(Slug), "Use lower-case letters, digits and single hyphens, 80 characters at most."));
        }
        var language = TypedText.Line(Language) ?? "en";
        if (!LanguageTag.IsOne(language)) problems.Add(new(nameof(Language), $"'{language}' is not a language such as en, fr or ar."));
        PictureUse? picture = null;
        if (TypedText.Line(Picture) is { } file)
        {
            if (db.PictureToPrint(file) is { } use)
                picture = use with { Caption = Line(nameof(PictureCaption), PictureCaption, TextLimits.PictureCaption) ?? use.Caption };
            else problems.Add(new(nameof(Picture), $"There is no picture '{file}' in the library."));
        }
        var bylines = await BylinesAsync(db, problems, cancel);
        var tags = await TagsAsync(db, keepTags, problems, cancel);
        var body = TypedText.Text(Body);
        var rendered = RenderBody(db);
        if (rendered.IsRefused) problems.Add(new(nameof(Body), rendered.Problems[0].Message));
        var text = new StoryText
        {
            Section = section?.Id ?? SectionId.None,
            Kind = Kind,
            Kicker = Line(nameof(Kicker), Kicker, TextLimits.Kicker),
            Headline = Line(nameof(Headline), Headline, TextLimits.Headline) ?? "",
            Standfirst = Line(nameof(Standfirst), Standfirst, TextLimits.Standfirst) ?? "",
            Body = body,
            Bylines = bylines,
            Dateline = Line(nameof(Dateline), Dateline, TextLimits.Dateline),
            Picture = picture,
            Tags = tags,
            Language = language,
            RightToLeft = RunsRightToLeft,
            SeoTitle = Line(nameof(SeoTitle), SeoTitle, TextLimits.SeoTitle),
            SeoDescription = Line(nameof(SeoDescription), SeoDescription, TextLimits.SeoDescription),
        };
        return new TypesetCopy(text, rendered, slug, problems);

        string? Line(string field, string? typed, int most)
        {
            var line = TypedText.Line(typed);
            if (line?.Length > most)
                problems.Add(new(field, string.Create(
                    CultureInfo.InvariantCulture, $"That is {line.Length} characters. Use {most} at most.")));
            return line;
        }
    }

    private async Task<IReadOnlyList<Byline>> BylinesAsync(NewsDb db, List<FieldProblem> problems, CancellationToken cancel)
    {
        var known = await db.Authors.AsNoTracking().ToDictionaryAsync(a => a.Slug.Value, cancel);
        var bylines = new List<Byline>();
        foreach (var credit in Bylines.Where(c => !string.IsNullOrWhiteSpace(c.Author)))
        {
            var role = TypedText.Line(credit.Role);
            if (!known.TryGetValue(TypedText.Line(credit.Author) ?? "", out var author))
                problems.Add(new(nameof(Bylines), $"'{credit.Author}' is not one of the paper's authors."));
            else if (bylines.Exists(b => b.AuthorId == author.Id)) problems.Add(new(nameof(Bylines), $"{author.Name} is credited twice."));
            else if (role?.Length > TextLimits.BylineRole)
                problems.Add(new(nameof(Bylines), $"The role of {author.Name} can have {TextLimits.BylineRole} characters at most."));
            else bylines.Add(new Byline(author.Id, author.Slug.Value, author.Name, role));
        }
        return bylines;
    }

    private async Task<IReadOnlyList<TagLine>> TagsAsync(NewsDb db, bool keep, List<FieldProblem> problems, CancellationToken cancel)
    {
        var tags = new List<TagLine>();
        var names = TagName.Split(Tags);
        if (names.Count > TextLimits.Tags) problems.Add(new(nameof(Tags), "A story can have twenty tags at most."));
        foreach (var name in names.Take(TextLimits.Tags))
        {
            if (TagName.Fault(name) is not null)
            {
                problems.Add(new(nameof(Tags), $"'{name}' is not a tag. Use a few words, {TextLimits.Tag} characters at most."));
                continue;
            }
            var tag = keep ? await db.KeepTagAsync(name, cancel) : await db.FindTagAsync(name, cancel);
            if (tag is null) tags.Add(new TagLine(0, Text.Slug.From(name)!.Value.Value, name));
            else if (!tags.Exists(t => t.TagId == tag.Id)) tags.Add(new TagLine(tag.Id, tag.Slug.Value, tag.Name));
        }
        return tags;
    }
}

/// <summary>A manuscript set in type.</summary>
/// <param name="Slug">The address's last word that was asked for.</param>
/// <param name="Problems">Why it cannot be kept; empty when it can. What is wrong with the body alone is in <paramref name="Body"/>, and
/// hinders only printing.</param>
public sealed record TypesetCopy(StoryText Text, RenderedBody Body, Slug? Slug, IReadOnlyList<FieldProblem> Problems);

/// <param name="Field">The manuscript's property.</param>
public sealed record FieldProblem(string Field, string Message);
