using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

/// <summary>Fields and Markdown of a page about the paper.</summary>
/// <param name="Footer">Null where the file does not say.</param>
/// <param name="Formerly">Slugs that lead to it; null where the file does not say.</param>
internal sealed record PageFile(
    string Title, string Description, string Body, RenderedBody Rendered, PageFile.Place? Footer, IReadOnlyList<string>? Formerly)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its place in the footer, <c>footer: 2</c>, or none, <c>footer: false</c>.</summary>
    /// <param name="Position">From 0; null for none.</param>
    public readonly record struct Place(int? Position);

    /// <exception cref="ContentException">Something is wrong with it.</exception>
    public static PageFile Read(string file, string text, Vocabulary words)
    {
        var (front, body, bodyLine) = StoryFile.Split(file, text);
        var fields = Fields.Read(file, front, 1);
        var (title, description) = (
            fields.Required("title", TextLimits.PageTitle), fields.Required("description", TextLimits.PageDescription));
        var footer = fields.Value("footer", FooterOf, "a place in the footer, such as 2, or false");
        var formerly = fields.Names.Contains("formerly") ? fields.Texts("formerly") : null;
        foreach (var former in formerly ?? [])
            if (!Slug.TryParse(former, out _)) fields.Wrong("formerly", $"'{former}' is not a slug.");
        var rendered = StoryFile.Render(file, body, bodyLine, fields, words);
        fields.CheckUnknown();
        fields.Done();
        return new PageFile(title, description, body, rendered, footer, formerly);
    }

    /// <summary>The page as a file that <see cref="Read"/> reads. What a page begins with is left out.</summary>
    public static string Write(StaticPage page)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"---\ntitle: {Quoted(page.Title)}\ndescription: {Quoted(page.Description)}\n");
        if (page.OutsideFooter) text.Append("footer: false\n");
        else if (page.Position != 0) text.Append(CultureInfo.InvariantCulture, $"footer: {page.Position}\n");
        if (page.FormerSlugs.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"formerly: [{string.Join(", ", page.FormerSlugs.Select(Quoted))}]\n");
        return text.Append(CultureInfo.InvariantCulture, $"---\n{page.Body.Trim('\n')}\n").ToString();
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static (bool, Place) FooterOf(string text)
    {
        if (text == "false") return (true, new Place(null));
        return Fields.Whole(text) is (true, var position) ? (true, new Place(position)) : (false, default);
    }
}
