using System.Globalization;

namespace NewsHub.Core.Rates;

/// <summary>
/// Whether a sheet's rates can be right, and what they are against the paper's own currency. Only days and currencies that are wanted are
/// looked at; a jump is held for an editor, everything else that is odd is left out and told.
/// </summary>
public static class RateCheck
{
    /// <summary>A day at most so far ahead: it may be tomorrow already where the publisher is.</summary>
    private const int DaysAhead = 2;

    /// <summary>In percent of the rate before, up or down.</summary>
    public const decimal MostJump = 20;

    /// <summary>Rates have no more figures that mean anything.</summary>
    internal const int Figures = 12;

    /// <param name="base">The paper's own currency.</param>
    /// <param name="quotes">The currencies that are wanted.</param>
    /// <param name="before">The last accepted rate on or before a day, by currency; null where there is none to compare with.</param>
    /// <param name="accepted">What the same publisher's rate of that very day is already: a jump that an editor has let
    /// through is not held again.</param>
    /// <exception cref="RateSourceException">Nothing in the sheet is of use; the message says why.</exception>
    public static CheckedSheet Check(
        RateSheet sheet,
        string @base,
        IReadOnlyList<string> quotes,
        DateOnly today,
        Func<string, DateOnly, decimal?> before,
        Func<string, DateOnly, decimal?> accepted)
    {
        var (good, held, problems) = (new List<CheckedRate>(), new List<CheckedRate>(), new List<string>());
        var latest = new Dictionary<string, decimal>();
        foreach (var day in sheet.Figures.GroupBy(f => f.Date).OrderBy(d => d.Key))
        {
            if (day.Key > today.AddDays(DaysAhead))
            {
                problems.Add($"The day {day.Key:yyyy-MM-dd} is more than {DaysAhead} days ahead.");
                continue;
            }
            var figures = day.Append(new RateFigure(day.Key, sheet.Base, "1"))
                .GroupBy(f => f.Code)
                .ToDictionary(f => f.Key, f => f.First().Text);
            if (!figures.TryGetValue(@base, out var own) || Read(own) is not { } one)
            {
                problems.Add($"{day.Key:yyyy-MM-dd}: there is no {@base}, against which the paper gives its rates.");
                continue;
            }
            foreach (var quote in quotes.Where(q => q != @base && figures.ContainsKey(q)))
            {
                if (Read(figures[quote]) is not { } other)
                {
                    problems.Add($"{day.Key:yyyy-MM-dd} {quote}: '{RateHttp.Short(figures[quote])}' is no rate.");
                    continue;
                }
                var rate = new CheckedRate(day.Key, quote, Currency.Round(sheet.IsInverse ? one / other : other / one, Figures), null);
                var last = latest.TryGetValue(quote, out var l) ? l : before(quote, day.Key);
                if (accepted(quote, day.Key) != rate.Value && last is { } b && Math.Abs(rate.Value - b) / b * 100 > MostJump)
                    held.Add(rate with { Before = b });
                else
                {
                    good.Add(rate);
                    latest[quote] = rate.Value;
                }
            }
        }
        if (good.Count + held.Count > 0) return new CheckedSheet(good, held, problems);
        throw new RateSourceException(problems.Count > 0 ? problems[0] : $"{sheet.Publisher} has none of {string.Join(", ", quotes)}.");
    }

    /// <summary>A number greater than 0, without a culture; so large or so small that it cannot be a rate, it is none.</summary>
    private static decimal? Read(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var value) && value is > 0.000_000_01m and < 1_000_000_000_000m ? value : null;
}

/// <param name="Good">May be published.</param>
/// <param name="Held">Jumped by more than <see cref="RateCheck.MostJump"/> percent: for an editor to accept or refuse.</param>
/// <param name="Problems">What was left out, in sentences.</param>
public sealed record CheckedSheet(IReadOnlyList<CheckedRate> Good, IReadOnlyList<CheckedRate> Held, IReadOnlyList<string> Problems);

/// <param name="Value">Units of <paramref name="Quote"/> for one of the paper's own currency.</param>
/// <param name="Before">What it was compared with, where it is held.</param>
public sealed record CheckedRate(DateOnly Date, string Quote, decimal Value, decimal? Before);
