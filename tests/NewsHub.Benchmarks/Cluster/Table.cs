namespace NewsHub.Benchmarks.Cluster;

/// <summary>The trials as a table of plain text, in which long words of a cell go on in the next line.</summary>
internal static class Table
{
    private static readonly int[] Widths = [30, 62, 34, 3];

    public static string Of(IEnumerable<Row> rows)
    {
        var line = "+" + string.Concat(Widths.Select(width => new string('-', width + 2) + "+"));
        return string.Join('\n', rows
            .Select(row => Cells(row.Trial, row.Seen, row.Bound, row.IsHeld switch { true => "ok", false => "NOT", null => "-" }))
            .Prepend(Cells("trial", "seen", "bound", ""))
            .SelectMany(cells => cells.Prepend(line))
            .Append(line));
    }

    private static IEnumerable<string> Cells(params string[] texts)
    {
        var cells = texts.Select((text, i) => Wrap(text, Widths[i]).ToList()).ToList();
        for (var n = 0; n < cells.Max(cell => cell.Count); n++)
            yield return "|" + string.Concat(cells.Select((cell, i) => $" {(cell.ElementAtOrDefault(n) ?? "").PadRight(Widths[i])} |"));
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', '\n'))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
            for (; line.Length > width; line = line[width..]) yield return line[..width];
        }
        yield return line;
    }
}
