using System.Globalization;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Transfer;

/// <summary>A story as a file: front matter and house Markdown. <see cref="Read"/> and <see cref="StoryFileWriter"/> are each other's reverse.</summary>
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
        var rendered = HouseMarkdown.Render(body, f => words.Pictures.GetValueOrDefault(f));
        foreach (var problem in rendered.Problems) fields.Add(new FileProblem(file, bodyLine + problem.Line - 1, "body", problem.Message));
        if (rendered is { Words: 0, Problems.Count: 0 }) fields.Add(new FileProblem(file, bodyLine, "body", "is empty."));
        var story = new StoryFile
        {
            Text = ReadText(fields, body, words),
            Body = rendered,
            Slug = slug,
            Published = published,
            Updated = fields.Value("updated", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"),
            Withdrawn = fields.Value("withdrawn", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"),
            Notice = fields.Text("notice"),
            Corrections = [.. fields.Entries("corrections").Select(Note)],
            Formerly = fields.Texts("formerly"),
        };
        if (story.Published > now) fields.Wrong("published", "is in the future: a file holds what was published.");
        if (story.Updated < story.Published || story.Updated > now) fields.Wrong("updated", "is before the publication or in the future.");
        if (story.Withdrawn < story.Published || story.Withdrawn > now) fields.Wrong("withdrawn", "is before the publication or in the future.");
        if (story.Corrections.Any(c => c.At != default && (c.At < story.Published || c.At > now))) fields.Wrong("corrections", "has a time before the publication or in the future.");
        if (story.Withdrawn is not null && story.Notice is null) fields.Wrong("notice", "is missing: readers of a withdrawn story are told why.");
        foreach (var path in story.Formerly.Where(p => !p.StartsWith('/'))) fields.Wrong("formerly", $"'{path}' does not start with /.");
        fields.CheckUnknown();
        fields.Done();
        return story;
    }

    private static (DateTimeOffset At, string Note) Note(Fields correction)
    {
        var note = (correction.RequiredValue("at", Fields.Instant, "a time such as 2025-07-01T08:10:00Z"), correction.Required("note"));
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
        var tags = fields.Texts("tags");
        if (tags.Count > 8) fields.Wrong("tags", "has more than eight.");
        foreach (var tag in tags.Where(t => Slug.From(t) is null)) fields.Wrong("tags", $"'{tag}' cannot stand in an address.");
        return new StoryText
        {
            Section = words.Sections.TryGetValue(section, out var known) ? known.Id : default,
            Kind = fields.RequiredValue("kind", Fields.Word<Kind>, "one of news, breaking, analysis, opinion, live"),
            Kicker = fields.Text("kicker", 60),
            Headline = fields.Required("headline", 400),
            Standfirst = fields.Required("standfirst", 600),
            Body = body,
            Bylines = bylines,
            Dateline = fields.Text("dateline", 80),
            Picture = Picture(fields, words),
            Tags = [.. tags.Where(t => Slug.From(t) is not null).DistinctBy(t => Slug.From(t)).Select(words.Tag)],
            Language = fields.Language(),
            RightToLeft = fields.Text("direction") switch { null or "ltr" => false, "rtl" => true, var other => WrongDirection(other) },
            SeoTitle = fields.Text("seoTitle", 120),
            SeoDescription = fields.Text("seoDescription", 300),
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
        var role = byline.Text("role", 80);
        byline.CheckUnknown();
        if (words.Authors.TryGetValue(slug, out var author)) return new Byline(author.Id, slug, author.Name, role);
        if (slug.Length > 0) byline.Wrong("author", $"'{slug}' is not in authors.json.");
        return null;
    }

    private static PictureUse? Picture(Fields fields, Vocabulary words)
    {
        var caption = fields.Text("caption");
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
        fields.Wrong("slug", $"'{(stem.Length > 11 ? stem[11..] : stem)}' is not a slug of at most 80 characters; name the file otherwise, or give one here.");
        return default;
    }

    private static (string Front, string Body, int BodyLine) Split(string file, string text)
    {
        text = text.ReplaceLineEndings("\n").TrimStart('\uFEFF');
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
            throw new ContentException([new FileProblem(file, 1, null, "The file does not start with '---' and its fields.")]);
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0) throw new ContentException([new FileProblem(file, 1, null, "There is no second '---' after the fields.")]);
        var body = text[(end + 5)..];
        var start = body.Length - body.TrimStart('\n').Length;
        return (text[4..(end + 1)], body.Trim('\n'), text.AsSpan(0, end + 5 + start).Count('\n') + 1);
    }

    /// <summary>Fields and Markdown of a page about the paper.</summary>
    internal static (string Title, string Description, string Body, RenderedBody Rendered) ReadPage(string file, string text, Vocabulary words)
    {
        var (front, body, bodyLine) = Split(file, text);
        var fields = Fields.Read(file, front, 1);
        var (title, description) = (fields.Required("title", 120), fields.Required("description", 300));
        var rendered = HouseMarkdown.Render(body, f => words.Pictures.GetValueOrDefault(f));
        foreach (var problem in rendered.Problems) fields.Add(new FileProblem(file, bodyLine + problem.Line - 1, "body", problem.Message));
        fields.CheckUnknown();
        fields.Done();
        return (title, description, body, rendered);
    }
}
