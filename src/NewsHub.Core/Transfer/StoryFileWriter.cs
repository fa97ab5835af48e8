using System.Globalization;
using System.Text;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

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
        Line("section", Plain(section.Slug.Value));
        Line("kind", text.Kind.ToString().ToLowerInvariant());
        file.Append("bylines:\n");
        foreach (var byline in text.Bylines)
        {
            file.Append("  - author: ").Append(Plain(byline.Slug)).Append('\n');
            if (Quoted(byline.Role) is { } role) file.Append("    role: ").Append(role).Append('\n');
        }
        Line("dateline", Quoted(text.Dateline));
        Line("published", Instant(story.FirstPublishedAt));
        Line("updated", Instant(story.UpdatedAt));
        Line("withdrawn", Instant(story.WithdrawnAt));
        Line("notice", Quoted(story.WithdrawalNotice, TypedText.Lines));
        Line("slug", story.Slug is { } slug ? Plain(slug.Value) : null);
        Line("picture", Quoted(text.Picture?.File));
        Line("caption", Quoted(text.Picture?.Caption));
        Line("tags", text.Tags.Count == 0
            ? null
            : $"[{string.Join(", ", text.Tags.Select(t => Quoted(TagName.WithoutCommas(t.Name), TypedText.Line)))}]");
        Line("language", text.Language);
        Line("direction", text.RightToLeft ? "rtl" : "ltr");
        Line("seoTitle", Quoted(text.SeoTitle));
        Line("seoDescription", Quoted(text.SeoDescription));
        var former = story.FormerAddresses.Select(f => f.Path).Order(StringComparer.Ordinal).ToList();
        Line("formerly", former.Count == 0 ? null : $"[{string.Join(", ", former.Select(f => Quoted(f)))}]");
        if (story.Corrections.Count > 0) file.Append("corrections:\n");
        foreach (var correction in story.Corrections.OrderBy(c => c.At).ThenBy(c => c.Note, StringComparer.Ordinal))
            file.Append("  - at: ").Append(Instant(correction.At)).Append("\n    note: ").Append(Quoted(correction.Note, TypedText.Lines))
                .Append('\n');
        return file.Append("---\n").Append(TypedText.Text(text.Body).Trim('\n')).Append('\n').ToString();

        void Line(string name, string? value)
        {
            if (value is not null) file.Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    public static string? Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A slug as it is; the one word that YAML would read as nothing stands in quotes.</summary>
    private static string Plain(string slug) => slug is "null" ? "\"null\"" : slug;

    /// <summary>A YAML double-quoted scalar: the one form in which every text can be written.</summary>
    /// <param name="takenIn">How the field is read; one line where nothing is said. An old store may hold what no
    /// door lets in today.</param>
    private static string? Quoted(string? text, Func<string?, string?>? takenIn = null)
    {
        if ((takenIn ?? TypedText.Line)(text) is not { } words) return null;
        var quoted = new StringBuilder("\"");
        foreach (var c in words)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\uFEFF' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
