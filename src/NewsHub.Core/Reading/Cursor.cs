using System.Globalization;

namespace NewsHub.Core.Reading;

/// <summary>A place in a list, as its address carries it: the last line that was shown, not a page number, so nothing repeats or is skipped
/// when a story is published meanwhile.</summary>
public readonly record struct Cursor(DateTimeOffset At, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks:x}-{Id:x}");

    /// <summary>Reads what <see cref="ToString"/> wrote, and nothing else.</summary>
    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = default;
        if (text?.Split('-') is not [var at, var id]) return false;
        if (!long.TryParse(at, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks
            || !long.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || number < 0) return false;
        cursor = new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), number);
        return cursor.ToString() == text;
    }
}
