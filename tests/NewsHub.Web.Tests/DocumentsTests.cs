using System.Text.RegularExpressions;

namespace NewsHub.Web.Tests;

/// <summary>The map and the decision records: short, complete, and about the code as it is.</summary>
public sealed partial class DocumentsTests
{
    private const int MostLines = 30, MostColumns = 140;

    private static readonly string Decisions = Path.Combine(Repository.Source, "decisions");

    /// <summary>Words that the sources say, comments left out. Migrations are as old as the stores, and so are the names in them.</summary>
    private static readonly Lazy<HashSet<string>> Said = new(() =>
        [.. CodeFiles().SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Word().Matches(line)).Select(word => word.Value)]);

    public static TheoryData<string> Records => [.. RecordFiles().Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string> Documents =>
        [.. RecordFiles().Append(Path.Combine(Repository.Source, "README.md")).Append(Path.Combine(Repository.Source, "CONTRIBUTING.md"))
            .Append(Path.Combine(Decisions, "README.md")).Select(file => Path.GetRelativePath(Repository.Source, file).Replace('\\', '/'))];

    [Theory, MemberData(nameof(Records))]
    public void A_record_has_a_title_a_date_a_status_a_context_a_decision_and_a_price_on_one_screen(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Decisions, name));
        Assert.True(lines.Length <= MostLines, $"{name} has {lines.Length} lines; {MostLines} are the most.");
        Assert.StartsWith($"# {name[..4]}: ", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, line => RecordDate().IsMatch(line));
        Assert.Single(lines, line => Status().IsMatch(line));
        Assert.Equal(["## Context", "## Decision", "## Price"], lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        foreach (var line in lines)
            if (Status().Match(line).Groups["by"] is { Success: true, Value: var by })
                Assert.True(IsRecord(by), $"{name} is superseded by {by}, and there is no such record.");
    }

    [Fact]
    public void The_index_names_every_record_with_its_title_and_no_other()
    {
        var records = from file in RecordFiles()
                      select (Name: Path.GetFileName(file), Title: File.ReadLines(file).First()["# 0000: ".Length..]);
        var index = File.ReadLines(Path.Combine(Decisions, "README.md"))
            .Where(line => line.StartsWith("- [", StringComparison.Ordinal));
        // What stands behind the title says by which record it was superseded.
        Assert.Equal(
            records.Select(record => $"- [{record.Name[..4]}]({record.Name}) {record.Title}"),
            index.Select(line => Superseded().Replace(line, "")));
    }

    [Fact]
    public void The_map_is_two_screens_and_names_every_folder()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Source, "README.md"));
        Assert.InRange(map.Split('\n').Length, 1, 100);
        var unnamed = from project in (string[])["NewsHub.Core", "NewsHub.Web"]
                      from folder in Directory.EnumerateDirectories(Path.Combine(Repository.Source, project)).Select(Path.GetFileName)
                      where folder is not ("bin" or "obj" or "Properties") && !map.Contains($"{folder}/", StringComparison.Ordinal)
                      select $"src/README.md does not say what is in {project}/{folder}.";
        Assert.True(!unnamed.Any(), string.Join('\n', unnamed));
    }

    [Theory, MemberData(nameof(Documents))]
    public void A_document_names_only_what_is_there(string name)
    {
        var file = Path.Combine(Repository.Source, name);
        var text = File.ReadAllText(file);
        var faults = new List<string>();
        foreach (var (line, i) in text.Split('\n').Select((line, i) => (line, i + 1)))
            if (line.Length > MostColumns) faults.Add($"{name}:{i} has {line.Length} columns; {MostColumns} are the most.");
        // What was is shown beside what is: examples of code are not looked at.
        var prose = Example().Replace(text, "");
        foreach (var code in Code().Matches(prose).Select(match => match.Groups[1].Value))
        {
            var parts = code.TrimEnd('(', ')').Split('.');
            if (TypeLike().IsMatch(code) && Array.Find(parts, part => !Said.Value.Contains(part)) is { } missing && !IsFile(code))
                faults.Add($"{name} speaks of `{code}`, and no source says {missing} any more: it was renamed, or is gone.");
            // How to work here also says what a new file is to be called.
            else if (name != "CONTRIBUTING.md" && PathLike().IsMatch(code) && !IsFile(code))
                faults.Add($"{name} speaks of `{code}`, and there is no such file or folder.");
        }
        foreach (var link in Link().Matches(prose).Select(match => match.Groups[1].Value))
            if (!Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link)))
                faults.Add($"{name} links to {link}, and there is no such file.");
        foreach (var number in Reference().Matches(prose).Select(match => match.Value))
            if (!IsRecord(number)) faults.Add($"{name} refers to {number}, and there is no such record.");
        // Drawings name folders and types without quotes; a name of two words is one of ours.
        if (name == "README.md")
            faults.AddRange(from drawing in Drawing().Matches(text)
                            from word in TwoWords().Matches(drawing.Value)
                            where !Said.Value.Contains(word.Value)
                            select $"{name} draws {word.Value}, and no source says so any more.");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> RecordFiles() =>
        Directory.EnumerateFiles(Decisions, "*.md").Where(file => Path.GetFileName(file) != "README.md").Order();

    private static bool IsRecord(string number) =>
        RecordFiles().Any(file => Path.GetFileName(file).StartsWith(number + "-", StringComparison.Ordinal));

    /// <summary>Whether a file is called so from the root, from <c>src</c> or from a project; a name alone may stand anywhere.</summary>
    private static bool IsFile(string path) =>
        ((string[])["..", "", "NewsHub.Core", "NewsHub.Web"]).Any(root => Path.Exists(Path.Combine(Repository.Source, root, path)))
        || !path.Contains('/', StringComparison.Ordinal) && CodeFiles().Any(file => Path.GetFileName(file) == path);

    private static IEnumerable<string> CodeFiles() =>
        from folder in (string[])["src", "tests"]
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".cshtml" or ".csproj" && Path.GetFileName(file) != $"{nameof(DocumentsTests)}.cs"
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations")
        select file;

    [GeneratedRegex(@"^- Date: 20\d\d-\d\d-\d\d$")]
    private static partial Regex RecordDate();

    [GeneratedRegex(@"^- Status: (accepted|superseded by (?<by>\d{4}))$")]
    private static partial Regex Status();

    [GeneratedRegex(@" \(superseded by \d{4}\)$")]
    private static partial Regex Superseded();

    [GeneratedRegex("(?ms)^```csharp.*?^```$|^```\n.*?^```$")]
    private static partial Regex Example();

    [GeneratedRegex("(?ms)^```\n.*?^```$")]
    private static partial Regex Drawing();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();

    /// <summary>A record that another one refers to: “0009”, not the middle of a longer number.</summary>
    [GeneratedRegex(@"(?<![\w.,/\[-])00\d\d(?![\w,-])")]
    private static partial Regex Reference();

    /// <summary>Such as <c>Story</c>, <c>Story.Publish</c>, <c>LiveStories()</c>.</summary>
    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]+(\.[A-Z][A-Za-z0-9]+)*(\(\))?$")]
    private static partial Regex TypeLike();

    /// <summary>Such as <c>Directory.Packages.props</c>, <c>Setup/Logging.cs</c>, <c>wwwroot/lib</c>.</summary>
    [GeneratedRegex(@"^[A-Za-z.]+(/[A-Za-z0-9.]+)+$|^[A-Za-z0-9.]+\.(cs|cshtml|json|props|sln|md|http)$")]
    private static partial Regex PathLike();

    [GeneratedRegex(@"\b[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+\b")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
