using System.Globalization;
using System.Text;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Transfer;

/// <summary>Writes a story file in one fixed form, so that what was exported and imported is exported as the same bytes.</summary>
internal static class StoryFileWriter
{
    public static string Write(Story story, Revision revision, Section section)
    {
        var text = revision.Text;
        var file = new StringBuilder("---\n");
        Line("headline", Quoted(text.Headline));
        Line("kicker", Quoted(text.Kicker));
        Line("standfirst", Quoted(text.Standfirst));
        Line("section", section.Slug.Value);
        Line("kind", text.Kind.ToString().ToLowerInvariant());
        file.Append("bylines:\n");
        foreach (var byline in text.Bylines)
        {
            file.Append("  - author: ").Append(byline.Slug).Append('\n');
            if (byline.Role is not null) file.Append("    role: ").Append(Quoted(byline.Role)).Append('\n');
        }
        Line("dateline", Quoted(text.Dateline));
        Line("published", Instant(story.FirstPublishedAt));
        Line("updated", Instant(story.UpdatedAt));
        Line("withdrawn", Instant(story.WithdrawnAt));
        Line("notice", Quoted(story.WithdrawalNotice));
        Line("slug", story.Slug?.Value);
        Line("picture", Quoted(text.Picture?.File));
        Line("caption", Quoted(text.Picture?.Caption));
        Line("tags", text.Tags.Count == 0 ? null : $"[{string.Join(", ", text.Tags.Select(t => Quoted(t.Name)))}]");
        Line("language", text.Language);
        Line("direction", text.RightToLeft ? "rtl" : "ltr");
        Line("seoTitle", Quoted(text.SeoTitle));
        Line("seoDescription", Quoted(text.SeoDescription));
        var former = story.FormerAddresses.Select(f => f.Path).Order(StringComparer.Ordinal).ToList();
        Line("formerly", former.Count == 0 ? null : $"[{string.Join(", ", former.Select(Quoted))}]");
        if (story.Corrections.Count > 0) file.Append("corrections:\n");
        foreach (var correction in story.Corrections.OrderBy(c => c.At).ThenBy(c => c.Note, StringComparer.Ordinal))
            file.Append("  - at: ").Append(Instant(correction.At)).Append("\n    note: ").Append(Quoted(correction.Note)).Append('\n');
        return file.Append("---\n").Append(text.Body.ReplaceLineEndings("\n").Trim('\n')).Append('\n').ToString();

        void Line(string name, string? value)
        {
            if (value is not null) file.Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    public static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A YAML double-quoted scalar: the one form in which every text can be written.</summary>
    private static string? Quoted(string? text)
    {
        // Blank is none and ends are trimmed, as a file is read.
        if (string.IsNullOrWhiteSpace(text)) return null;
        var quoted = new StringBuilder("\"");
        foreach (var c in text.Trim())
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\uFEFF' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
