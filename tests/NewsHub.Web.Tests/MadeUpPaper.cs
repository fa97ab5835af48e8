using System.Globalization;

namespace NewsHub.Web.Tests;

/// <summary>A small content folder that a test writes for itself. Another name, another section: nothing in the pages may be the
/// sample paper's by heart.</summary>
internal sealed class MadeUpPaper : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-content-");

    public MadeUpPaper(string timeZone = "UTC")
    {
        Write("site.json", $$"""
            { "name": "The Lantern", "subtitle": "News of a small harbour", "description": "A paper made up for tests.",
              "timeZone": "{{timeZone}}",
              "currency": { "base": "USD", "quotes": ["EUR", "JPY"] }, "reactions": [{ "key": "glad", "label": "Glad" }] }
            """);
        Write(
            "sections.json", """[{ "slug": "harbour", "name": "Harbour", "description": "Boats." }, { "slug": "hill", "name": "Hill" }]""");
        Write("authors.json", """[{ "slug": "ada-night", "name": "Ada Night", "title": "Reporter", "bio": "Ada Night walks." }]""");
    }

    public string Folder => _folder.FullName;

    public MadeUpPaper Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>One story in the section Harbour, published at noon of that day.</summary>
    /// <param name="fields">More lines of front matter.</param>
    public MadeUpPaper Story(string day, string slug, string headline, string fields = "", string body = "One sentence of body.") =>
        Write($"stories/{day}-{slug}.md", $"""
            ---
            headline: "{headline}"
            standfirst: "What {slug} is about."
            section: harbour
            kind: news
            bylines:
              - author: ada-night
            published: {day}T12:00:00Z
            {fields}
            ---
            {body}
            """);

    /// <summary>An edition with these stories: the first leads, the others are of the section.</summary>
    public MadeUpPaper Edition(int number, string day, params string[] stems) => Write(
        string.Create(CultureInfo.InvariantCulture, $"editions/{number:000}.json"),
        $$"""{ "number": {{number}}, "date": "{{day}}", "title": "Edition {{number}}", "slots": """
        + $$"""[{{string.Join(", ", stems.Select((s, i) => $$"""{ "place": "{{(i == 0 ? "lead" : "section")}}", "story": "{{s}}" }"""))}}"""
        + $$"""] }""");

    public void Dispose() => _folder.Delete(recursive: true);
}
