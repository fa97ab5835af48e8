using System.Globalization;

namespace NewsHub.Core.Stories.Body;

/// <summary>How money in prose is said in the language of the page around it. Sums, days and sources come as HTML, and
/// so do the sentences go.</summary>
/// <param name="Around">The attributes that tell whoever reads the story in which language this is; empty where it is the story's.</param>
/// <param name="Between">What stands between two of the sentences.</param>
/// <param name="AtRate">Of a sum, the day of its rate, and the source.</param>
/// <param name="AtThatOf">Of a sum and the day of its rate.</param>
public sealed record MoneyWords(
    string Around,
    string Between,
    string ByHand,
    Func<DateOnly, string> Day,
    Func<string, string, string, string> AtRate,
    Func<string, string, string> AtThatOf,
    Func<string, string> Today)
{
    public static MoneyWords English { get; } = new(
        "", "; ", "set by hand", day => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        (sum, day, source) => $"{sum} at the rate of {day}, {source}", (sum, day) => $"{sum} at that of {day}", sum => $"{sum} today");
}
