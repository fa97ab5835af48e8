using System.Globalization;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

/// <summary>A story as a file: front matter and house Markdown. <see cref="Read"/> and <see cref="StoryFileWriter"/> are
/// each other's reverse.</summary>
public sealed record StoryFile
{
    public required StoryText Text { get; init; }
    public required RenderedBody Body { get; init; }
    public required Slug Slug { get; init; }
    public required DateTimeOffset Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public DateTimeOffset? Withdrawn { get; init; }
    public string? Notice { get; init; }
    public IReadOnlyList<(DateTimeOffset At, string Note)> Corrections { get; init; } = [];

    /// <summary>Addresses that lead to this story.</summary>
    public IReadOnlyList<string> Formerly { get; init; } = [];

    /// <summary>What is wrong with the body and hinders no publication, as at the editor's: it is told, and the
    /// story is taken in.</summary>
    public IReadOnlyList<FileProblem> Notices { get; init; } = [];

    /// <param name="file">Path within the content folder, for messages.</param>
    /// <param name="now">What is dated after it was not published yet, and a file must not let it out early.</param>
    /// <exception cref="ContentException">Something in it is wrong; all of it is named.</exception>
    internal static StoryFile Read(string file, string stem, string text, Vocabulary words, DateTimeOffset now)
    {
        var (front, body, bodyLine) = Split(file, text);
        var fields = Fields.Read(file, front, 1);
        var published = fields.RequiredValue("published", Fields.Instant, "a time such as 2025-07-01T08:10:00Z");
        var slug = fields.Value("slug", Fields.Slug, "a slug") ?? SlugOf(stem, published, fields);
        if (slug.IsReserved) fields.Wrong("slug", slug.IsOurs);
        var rendered = Render(file, body, bodyLine, fields, words);
        var story = new StoryFile
        {
            Text = ReadText(fields, body, words),
            Body = rendered,
            Slug = slug,
            Published = published,
            Updated = fields.Value("updated", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"),
            Withdrawn = fields.Value("withdrawn", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"),
            Notice = fields.Lines("notice", TextLimits.Note),
            Corrections = [.. fields.Entries("corrections").Select(Note)],
            Formerly = Addresses(fields),
            Notices = [
                .. rendered.Problems.Where(p => !p.Hinders).Select(p => new FileProblem(file, bodyLine + p.Line - 1, "body", p.Message))],
        };
        if (story.Published > now) fields.Wrong("published", "is in the future: a file holds what was published.");
        if (story.Updated < story.Published || story.Updated > now) fields.Wrong("updated", "is before the publication or in the future.");
        if (story.Withdrawn < story.Published || story.Withdrawn > now)
            fields.Wrong("withdrawn", "is before the publication or in the future.");
        if (story.Corrections.Any(c => c.At != default && (c.At < story.Published || c.At > now)))
            fields.Wrong("corrections", "has a time before the publication or in the future.");
        if (story.Withdrawn is not null && story.Notice is null)
            fields.Wrong("notice", "is missing: readers of a withdrawn story are told why.");
        fields.CheckUnknown();
        fields.Done();
        return story;
    }

    /// <summary>Renders a body and names what hinders its publication: the rules are the editor's.</summary>
    internal static RenderedBody Render(string file, string body, int bodyLine, Fields fields, Vocabulary words)
    {
        var rendered = RenderedBodies.Render(body, f => words.Pictures.GetValueOrDefault(f));
        foreach (var problem in rendered.Problems.Where(p => p.Hinders))
            fields.Add(new FileProblem(file, bodyLine + problem.Line - 1, "body", problem.Message));
        if (string.IsNullOrWhiteSpace(rendered.Html) && !rendered.Problems.Any(p => p.Hinders))
            fields.Add(new FileProblem(file, bodyLine, "body", "is empty."));
        return rendered;
    }

    private static IReadOnlyList<string> Addresses(Fields fields)
    {
        var addresses = fields.Texts("formerly");
        foreach (var path in addresses)
            if (FormerAddress.Fault(path) is { } fault) fields.Wrong("formerly", $"'{path}' {fault}");
        return addresses;
    }

    private static (DateTimeOffset At, string Note) Note(Fields correction)
    {
        var note = (correction.RequiredValue("at", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"),
            correction.RequiredLines("note", TextLimits.Note));
        correction.CheckUnknown();
        return note;
    }

    private static StoryText ReadText(Fields fields, string body, Vocabulary words)
    {
        var section = fields.Required("section");
        if (section.Length > 0 && !words.Sections.ContainsKey(section)) fields.Wrong("section", $"'{section}' is not in sections.json.");
        var credited = fields.Entries("bylines");
        var bylines = credited.Select(b => Credit(b, words)).OfType<Byline>().ToList();
        if (credited.Count == 0) fields.Wrong("bylines", "is missing: a story has at least one.");
        var language = fields.Language();
        var tags = fields.Texts("tags");
        if (tags.Count > TextLimits.Tags) fields.Wrong("tags", $"has more than {TextLimits.Tags}.");
        foreach (var tag in tags)
            if (TagName.Fault(tag) is { } fault) fields.Wrong("tags", $"'{tag}' {fault}");
        return new StoryText
        {
            Section = words.Sections.TryGetValue(section, out var known) ? known.Id : default,
            Kind = fields.RequiredValue("kind", Fields.Word<Kind>, "one of news, breaking, analysis, opinion, live"),
            Kicker = fields.Text("kicker", TextLimits.Kicker),
            Headline = fields.Required("headline", TextLimits.Headline),
            Standfirst = fields.Required("standfirst", TextLimits.Standfirst),
            Body = body,
            Bylines = bylines,
            Dateline = fields.Text("dateline", TextLimits.Dateline),
            Picture = Picture(fields, words),
            Tags = [.. tags.Where(t => TagName.Fault(t) is null).DistinctBy(TagName.Identity).Select(words.Tag)],
            Language = language,
            RightToLeft = fields.Text("direction") switch
            {
                null => LanguageTag.RunsRightToLeft(language),
                "ltr" => false,
                "rtl" => true,
                var other => WrongDirection(other),
            },
            SeoTitle = fields.Text("seoTitle", TextLimits.SeoTitle),
            SeoDescription = fields.Text("seoDescription", TextLimits.SeoDescription),
        };

        bool WrongDirection(string other)
        {
            fields.Wrong("direction", $"'{other}' is neither ltr nor rtl.");
            return false;
        }
    }

    private static Byline? Credit(Fields byline, Vocabulary words)
    {
        var slug = byline.Required("author");
        var role = byline.Text("role", TextLimits.BylineRole);
        byline.CheckUnknown();
        if (words.Authors.TryGetValue(slug, out var author)) return new Byline(author.Id, slug, author.Name, role);
        if (slug.Length > 0) byline.Wrong("author", $"'{slug}' is not in authors.json.");
        return null;
    }

    private static PictureUse? Picture(Fields fields, Vocabulary words)
    {
        var caption = fields.Text("caption", TextLimits.PictureCaption);
        if (fields.Text("picture") is not { } file) return null;
        if (words.Pictures.TryGetValue(file, out var picture)) return picture with { Caption = caption ?? picture.Caption };
        fields.Wrong("picture", $"'{file}' is not in media/pictures.json.");
        return null;
    }

    private static Slug SlugOf(string stem, DateTimeOffset published, Fields fields)
    {
        var day = published.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (published != default && !stem.StartsWith(day + "-", StringComparison.Ordinal))
            fields.Wrong("published", $"is on {day}, but the file's name does not start with that day.");
        if (stem.Length > 11 && Slug.TryParse(stem[11..], out var slug)) return slug;
        fields.Wrong("slug", $"'{(stem.Length > 11 ? stem[11..] : stem)}' is not a slug of at most 80 characters; name the file "
            + "otherwise, or give one here.");
        return default;
    }

    internal static (string Front, string Body, int BodyLine) Split(string file, string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimStart('\uFEFF');
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
            throw new ContentException([new FileProblem(file, 1, null, "The file does not start with '---' and its fields.")]);
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0) throw new ContentException([new FileProblem(file, 1, null, "There is no second '---' after the fields.")]);
        var body = TypedText.Text(text[(end + 5)..]);
        var start = body.Length - body.TrimStart('\n').Length;
        return (text[4..(end + 1)], body.Trim('\n'), text.AsSpan(0, end + 5 + start).Count('\n') + 1);
    }
}
