using System.Text.RegularExpressions;

namespace NewsHub.Web.Tests;

/// <summary>
/// A line fits beside another window. Columns are counted in UTF-16 units, as <see cref="string.Length"/> does:
/// a Chinese character is one, an Arabic letter with its mark two.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int Most = 140;

    private static readonly string[] Kinds = ["*.cs", "*.cshtml", "*.razor"];

    [Fact]
    public void No_line_of_src_or_tests_is_over_140_columns()
    {
        var tooLong = from kind in Kinds
                      from file in Files(kind)
                      from line in Lines(File.ReadAllText(file))
                      where line.Length > Most
                      select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number} has {line.Length} columns";
        var told = tooLong.ToList();
        Assert.True(told.Count == 0, $"{told.Count} lines are over {Most} columns:\n{string.Join('\n', told)}");
    }

    [Theory]
    [InlineData(140, 0, "x")]
    [InlineData(141, 1, "x")]
    [InlineData(140, 0, "船")]
    [InlineData(71, 1, "بً")]
    public void A_column_is_a_UTF_16_unit(int times, int tooLong, string letter) =>
        Assert.Equal(tooLong, Lines(string.Concat(Enumerable.Repeat(letter, times))).Count(l => l.Length > Most));

    [Theory]
    [InlineData("SELECT", 0)]
    [InlineData("\n    UPDATE", 0)]
    [InlineData("<p>", 1)]
    [InlineData("Selected", 1)]
    public void Only_SQL_in_a_raw_string_may_be_longer(string begin, int tooLong)
    {
        var quotes = new string('"', 3);
        var text = $"Run({quotes}{begin} {new string('x', 200)}{quotes});\n";
        Assert.Equal(tooLong, Lines(text).Count(l => l.Length > Most));
        Assert.Equal(1, Lines(text + new string('x', 200)).Count(l => l.Number == text.Count('\n') + 1 && l.Length > Most));
    }

    /// <summary>What tools write is not read by people: what the build makes, and the models beside migrations.</summary>
    private static IEnumerable<string> Files(string kind) =>
        from folder in (string[])["src", "tests"]
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), kind, SearchOption.AllDirectories)
        let parts = file.Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj") && !parts.Contains("bin")
        where !file.EndsWith(".Designer.cs", StringComparison.Ordinal) && !file.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal)
        orderby file
        select file;

    /// <summary>The lines and their lengths, without the SQL that stands in them.</summary>
    private static IEnumerable<(int Number, int Length)> Lines(string text) =>
        Sql().Replace(text, m => new string('\n', m.Value.Count('\n')))
            .Split('\n')
            .Select((line, i) => (i + 1, line.TrimEnd('\r').Length));

    [GeneratedRegex(@"(?<quotes>""{3,})\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP)\b.*?\k<quotes>", RegexOptions.Singleline)]
    private static partial Regex Sql();
}
