using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsHub.Core.Stories.Body;

/// <summary>How much of the page a picture in a body takes. On a telephone a wide one is as wide as the text.</summary>
public enum PictureWidth
{
    /// <summary>With the text's column, as the paper prints most.</summary>
    Column,

    /// <summary>All columns of the story.</summary>
    Wide,

    /// <summary>From edge to edge of the page.</summary>
    Full,
}

/// <summary>Where a text names pictures of the library.</summary>
public static partial class PictureMentions
{
    /// <summary>Reads what stands where Markdown has a picture's address: a file of the library and, behind a <c>#</c>, a width.</summary>
    public static (string File, PictureWidth Width) Read(string? address) => address switch
    {
        null => ("", PictureWidth.Column),
        _ when address.EndsWith("#wide", StringComparison.Ordinal) => (address[..^5], PictureWidth.Wide),
        _ when address.EndsWith("#full", StringComparison.Ordinal) => (address[..^5], PictureWidth.Full),
        _ => (address, PictureWidth.Column),
    };

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseFootnotes().UseCustomContainers().UsePreciseSourceLocation().Build();

    /// <summary>House Markdown without the pictures of these names; all else stays as it was written.</summary>
    public static string Without(string markdown, IReadOnlyCollection<string> files)
    {
        if (!files.Any(f => markdown.Contains(f, StringComparison.Ordinal))) return markdown;
        var text = markdown;
        try
        {
            var spans = Markdown.Parse(markdown, Pipeline).Descendants<LinkInline>()
                .Where(l => l.IsImage && files.Contains(Read(l.Url).File))
                .Select(l => l.Span)
                .Where(s => s.Start >= 0 && s.End < markdown.Length && s.End > s.Start && markdown[s.Start] == '!')
                .OrderByDescending(s => s.Start);
            foreach (var span in spans) text = Cut(text, span.Start, span.End + 1);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InsufficientExecutionStackException)
        {
            // Nested beyond what can be read: it prints nothing either.
        }
        return Image().Replace(text, m => files.Contains(Read(m.Groups["file"].Value).File) ? "" : m.Value);
    }

    /// <summary>A line of its own goes with the empty one behind it.</summary>
    private static string Cut(string text, int start, int end)
    {
        var (lineStart, lineEnd) = (text.LastIndexOf('\n', Math.Max(0, start - 1), Math.Max(0, start)) + 1, text.IndexOf('\n', end));
        if (lineEnd < 0) lineEnd = text.Length;
        var isAlone = string.IsNullOrWhiteSpace(text[lineStart..start]) && string.IsNullOrWhiteSpace(text[end..lineEnd]);
        if (!isAlone) return text[..start] + text[end..];
        var next = lineEnd;
        while (next < text.Length && text[next] == '\n' && next < lineEnd + 2) next++;
        return text[..lineStart] + text[next..];
    }

    [GeneratedRegex("""<img\b[^>]*?\bsrc\s*=\s*["']?(?<file>[^"'\s>]+)["']?[^>]*>""", RegexOptions.IgnoreCase)]
    private static partial Regex Image();
}
