using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace NewsHub.Core.Editing;

/// <summary>Two texts side by side, paragraph by paragraph, with the words that differ marked.</summary>
public static class WordDiff
{
    /// <param name="Number">The paragraph's number in its own text; null where the other text has one that this lacks.</param>
    public sealed record Side(int? Number, IReadOnlyList<Words> Words);

    /// <param name="Differ">The other side has other words here, or none.</param>
    public sealed record Words(string Text, bool Differ);

    public sealed record Row(Side Before, Side After, bool Differs);

    /// <summary>The rows in order. Paragraphs alike in both are there too: <see cref="Row.Differs"/> tells.</summary>
    public static IReadOnlyList<Row> Of(string? before, string? after)
    {
        var sides = SideBySideDiffBuilder.Diff(before ?? "", after ?? "", ignoreWhiteSpace: false);
        return [.. sides.OldText.Lines.Zip(sides.NewText.Lines,
            (o, n) => new Row(Read(o), Read(n), o.Type is not ChangeType.Unchanged || n.Type is not ChangeType.Unchanged))];
    }

    /// <summary>The fields that differ between two texts, by the manuscript's names, in the form's order.</summary>
    public static IEnumerable<(string Field, string Before, string After)> Fields(Manuscript before, Manuscript after) =>
        Manuscript.FieldNames.Select(f => (Field: f, Before: before.Shown(f), After: after.Shown(f))).Where(f => f.Before != f.After);

    private static Side Read(DiffPiece line) => new(line.Position, line.Type switch
    {
        ChangeType.Imaginary => [],
        ChangeType.Modified => Joined(line.SubPieces),
        ChangeType.Unchanged => [new Words(line.Text, false)],
        _ => [new Words(line.Text, true)],
    });

    private static List<Words> Joined(IEnumerable<DiffPiece> pieces)
    {
        var words = new List<Words>();
        foreach (var piece in pieces.Where(p => p.Type is not ChangeType.Imaginary))
        {
            var differ = piece.Type is not ChangeType.Unchanged;
            if (words.Count > 0 && words[^1].Differ == differ) words[^1] = words[^1] with { Text = words[^1].Text + piece.Text };
            else words.Add(new Words(piece.Text, differ));
        }
        return words;
    }
}
