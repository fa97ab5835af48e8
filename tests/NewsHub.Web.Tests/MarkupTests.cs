using System.Text.RegularExpressions;

namespace NewsHub.Web.Tests;

/// <summary>Markup is written for people: what white space costs is taken out once, at the entrance to the page cache.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void A_block_begins_on_a_line_of_its_own() => Assert.Empty(Lines(line => BlockAfterSomething().IsMatch(line)));

    [Fact]
    public void Markup_is_indented_by_steps_of_two_spaces() => Assert.Empty(Lines(line => OddIndent().IsMatch(line)));

    private static IEnumerable<string> Lines(Func<string, bool> isWrong) =>
        from file in Directory.EnumerateFiles(Repository.Source, "*.cshtml", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Source, file).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Index()
        where isWrong(line.Item)
        select $"{name}:{line.Index + 1}: {line.Item}";

    [GeneratedRegex(
        @"\S.*<(?:address|article|aside|blockquote|body|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|" +
        @"header|hr|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|pre|section|select|summary|table|tbody|td|textarea|tfoot|th|" +
        @"thead|title|tr|ul)\b")]
    private static partial Regex BlockAfterSomething();

    // A comment of several lines may be set as it reads best.
    [GeneratedRegex(@"^(?:  )* [^ ](?!.*\*@)")]
    private static partial Regex OddIndent();
}
