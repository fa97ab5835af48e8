namespace NewsHub.Core.Rates;

/// <summary>How money is written.</summary>
public static class Currency
{
    /// <summary>An ISO 4217 code by its form: three capital letters.</summary>
    public static bool IsCode(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    /// <summary>A rate as the ticker prints it: no decimals above 5,000, else two; thousands grouped.</summary>
    public static string ForTicker(decimal rate) =>
        rate.ToString(rate > 5000 ? "N0" : "N2", System.Globalization.CultureInfo.InvariantCulture);
}
