using System.Collections.Frozen;
using System.Globalization;

namespace NewsHub.Core.Rates;

/// <summary>Money by its ISO 4217 code: which there are, what they are called, how amounts and rates are written.</summary>
public static class Currency
{
    private static readonly FrozenDictionary<string, (int Decimals, string Name)> Known = Read();

    /// <summary>The largest amount that is converted.</summary>
    public const decimal MostAmount = 1_000_000_000_000m;

    /// <summary>Every code, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The code of what somebody typed, a code or the currency's name, in any letters; null where it is neither.</summary>
    public static string? Find(string typed) =>
        IsKnown(typed.ToUpperInvariant())
            ? typed.ToUpperInvariant()
            : Codes.FirstOrDefault(c => Known[c].Name.Equals(typed, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether ISO 4217 knows the code, in capital letters as it writes them.</summary>
    public static bool IsKnown(string? code) => code is not null && Known.ContainsKey(code);

    /// <summary>The currency's name in English; the code itself where it is unknown.</summary>
    public static string Name(string code) => Known.TryGetValue(code, out var known) ? known.Name : code;

    /// <summary>Decimals of its smallest coin.</summary>
    public static int Decimals(string code) => Known.TryGetValue(code, out var known) ? known.Decimals : 2;

    /// <summary>A rate as the ticker prints it: no decimals above 5,000, else two; thousands grouped.</summary>
    public static string ForTicker(decimal rate) => rate.ToString(rate > 5000 ? "N0" : "N2", CultureInfo.InvariantCulture);

    /// <summary>A rate on the pair's own page, with more digits: two decimals above 5,000, three above 80, four above 1, and as many as
    /// show five figures below.</summary>
    public static string ForPair(decimal rate) => rate switch
    {
        > 5000 => rate.ToString("N2", CultureInfo.InvariantCulture),
        > 80 => rate.ToString("N3", CultureInfo.InvariantCulture),
        >= 1 => rate.ToString("N4", CultureInfo.InvariantCulture),
        _ => Round(rate, 5).ToString("0.00000#########", CultureInfo.InvariantCulture),
    };

    /// <summary>An amount with the currency's own decimals, thousands grouped: <c>NGN 76,519.07</c>. A whole amount that was written
    /// without decimals stays so.</summary>
    public static string Amount(decimal amount, string code, bool asWritten = false)
    {
        var decimals = Decimals(code);
        if (asWritten && amount == decimal.Truncate(amount)) decimals = 0;
        // A sum smaller than the smallest coin still says something.
        var sum = amount > 0 && Math.Round(amount, decimals, MidpointRounding.AwayFromZero) == 0
            ? Round(amount, 2).ToString("0.############", CultureInfo.InvariantCulture)
            : Math.Round(amount, decimals, MidpointRounding.AwayFromZero).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return $"{code} {sum}";
    }

    /// <summary>Reads an amount as people write it: <c>1,250.50</c>, <c>1250</c> or, where the comma cannot part thousands, <c>1
    /// 250,50</c>. Greater than 0, at most <see cref="MostAmount"/>.</summary>
    public static bool TryReadAmount(string? text, out decimal amount)
    {
        amount = 0;
        if (text is null || text.Length > 40) return false;
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '_'));
        if (bare.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma
            && comma == bare.LastIndexOf(',')
            && bare.Length - comma != 4
            && !bare.Contains('.', StringComparison.Ordinal))
        {
            bare = bare.Replace(',', '.');
        }
        return decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture,
            out amount) && amount is > 0 and <= MostAmount;
    }

    /// <summary>To so many figures that count.</summary>
    internal static decimal Round(decimal value, int figures)
    {
        if (value == 0) return 0;
        var whole = (int)Math.Floor(Math.Log10((double)Math.Abs(value))) + 1;
        return Math.Round(value, Math.Clamp(figures - whole, 0, 28), MidpointRounding.AwayFromZero);
    }

    private static FrozenDictionary<string, (int, string)> Read()
    {
        using var list = new StreamReader(typeof(Currency).Assembly.GetManifestResourceStream("currencies.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(' ', 3)).ToFrozenDictionary(
                l => l[0], l => (int.Parse(l[1], CultureInfo.InvariantCulture), l[2]));
    }
}
