using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NewsHub.Core.Media;

/// <summary>
/// The characters that a TrueType face has letters for, read from its own table (<c>cmap</c>): what it lacks would be drawn as boxes.
/// </summary>
public sealed class FontCoverage
{
    private readonly HashSet<int> _runes = [];

    /// <exception cref="InvalidDataException">The file is no font that can be read.</exception>
    public FontCoverage(ReadOnlySpan<byte> font)
    {
        try
        {
            var map = Table(font, "cmap"u8);
            for (var i = 0; i < U16(map, 2); i++) Read(map[(int)U32(map, 8 + 8 * i)..]);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The font's table of characters cannot be read.", e);
        }
        if (_runes.Count == 0) throw new InvalidDataException("The font has no table of characters that can be read.");
    }

    /// <summary>
    /// The text in characters that the face has, drawn alike: an accented letter that it lacks as letter and accent, spaces and hyphens of
    /// all kinds as its own. Marks that are not seen are left out. Null where a letter is lacking.
    /// </summary>
    public string? Fit(string text)
    {
        var fitting = new StringBuilder();
        // Half of a pair of surrogates is no text, and cannot be normalized.
        foreach (var rune in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormC).EnumerateRunes())
            if (!Append(rune, fitting)) return null;
        return string.IsNullOrWhiteSpace(fitting.ToString()) ? null : fitting.ToString();
    }

    private bool Append(Rune rune, StringBuilder fitting)
    {
        if (_runes.Contains(rune.Value)) fitting.Append(rune.ToString());
        else if (Rune.IsWhiteSpace(rune)) fitting.Append(' ');
        else if (rune.Value is 0x2010 or 0x2011) fitting.Append('-');
        else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || rune.Value is >= 0xFE00 and < 0xFE10 or 0x034F) return true;
        else
        {
            var parts = rune.ToString().Normalize(NormalizationForm.FormD);
            if (parts.Length < 2 || Rune.DecodeLastFromUtf16(parts, out var accent, out var length) is not OperationStatus.Done
                || !_runes.Contains(accent.Value)) return false;
            // The letter under the last accent may have others yet, and is looked for with them.
            foreach (var below in parts[..^length].Normalize(NormalizationForm.FormC).EnumerateRunes())
                if (below == rune || !Append(below, fitting)) return false;
            fitting.Append(accent.ToString());
        }
        return true;
    }

    private void Read(ReadOnlySpan<byte> map)
    {
        switch (U16(map, 0))
        {
            case 4:
                var segments = U16(map, 6) / 2;
                for (var i = 0; i < segments; i++)
                {
                    var (last, first) = (U16(map, 14 + 2 * i), U16(map, 16 + 2 * segments + 2 * i));
                    for (var rune = first; rune <= last && rune < 0xFFFF; rune++)
                        if (Glyph(map, segments, i, first, rune) != 0) _runes.Add(rune);
                }
                break;
            case 12:
                for (var i = 0; i < (int)U32(map, 12); i++)
                    for (var rune = U32(map, 16 + 12 * i); rune <= Math.Min(U32(map, 20 + 12 * i), 0x10FFFF); rune++) _runes.Add((int)rune);
                break;
        }
    }

    private static int Glyph(ReadOnlySpan<byte> map, int segments, int segment, int first, int rune)
    {
        var delta = U16(map, 16 + 4 * segments + 2 * segment);
        var at = 16 + 6 * segments + 2 * segment;
        if (U16(map, at) is not (> 0 and var offset)) return (rune + delta) & 0xFFFF;
        return U16(map, at + offset + 2 * (rune - first)) is > 0 and var glyph ? (glyph + delta) & 0xFFFF : 0;
    }

    private static ReadOnlySpan<byte> Table(ReadOnlySpan<byte> font, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < U16(font, 4); i++)
        {
            var entry = font.Slice(12 + 16 * i, 16);
            if (entry[..4].SequenceEqual(name)) return font.Slice((int)U32(entry, 8), (int)U32(entry, 12));
        }
        throw new InvalidDataException("The file has no table of characters.");
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
