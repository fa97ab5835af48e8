using System.Globalization;
using System.Text.Json;

namespace NewsHub.Core.Rates;

/// <summary>
/// The Central Bank of Nigeria's central rates: JSON, naira for one unit of another currency, which it names in words. One answer holds all
/// days since 2001, so the newest are taken and the others left.
/// </summary>
public sealed class CbnSource(HttpClient http, Uri address) : IRateSource
{
    private const int Days = 45;

    private static readonly Dictionary<string, string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["US DOLLAR"] = "USD",
        ["POUNDS STERLING"] = "GBP",
        ["POUND STERLING"] = "GBP",
        ["EURO"] = "EUR",
        ["SWISS FRANC"] = "CHF",
        ["YEN"] = "JPY",
        ["JAPANESE YEN"] = "JPY",
        ["CFA"] = "XOF",
        ["YUAN/RENMINBI"] = "CNY",
        ["RIYAL"] = "SAR",
        ["SOUTH AFRICAN RAND"] = "ZAR",
        ["DANISH KRONA"] = "DKK",
        ["DANISH KRONER"] = "DKK",
        ["UAE DIRHAM"] = "AED",
        ["SDR"] = "XDR",
    };

    public string Key => RatePublisher.Cbn.Key;

    public async Task<RateSheet> FetchAsync(CancellationToken cancel) =>
        Read(await RateHttp.GetAsync(http, address, ["application/json"], cancel));

    /// <exception cref="RateSourceException">The bytes are no such sheet.</exception>
    internal static RateSheet Read(byte[] bytes)
    {
        var figures = new List<RateFigure>();
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind is not JsonValueKind.Array)
                throw new RateSourceException("What the Central Bank of Nigeria sent is no list of rates.");
            foreach (var row in json.RootElement.EnumerateArray())
            {
                if (row.ValueKind is not JsonValueKind.Object || !Codes.TryGetValue(Field(row, "currency"), out var code)) continue;
                var (day, rate) = (Field(row, "ratedate"), Field(row, "centralrate"));
                // Days on which there was none are there all the same, with nothing or nought for a rate.
                if (rate.Length == 0 || rate.Trim('0', '.').Length == 0) continue;
                if (!DateOnly.TryParseExact(
                    day.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                {
                    throw new RateSourceException($"The Central Bank of Nigeria's list has the day '{RateHttp.Short(day)}'.");
                }
                figures.Add(new RateFigure(date, code, rate));
            }
        }
        catch (JsonException e)
        {
            throw new RateSourceException(
                $"What the Central Bank of Nigeria sent is not JSON that can be read (line {e.LineNumber + 1}).", e);
        }
        if (figures.Count == 0) throw new RateSourceException("The Central Bank of Nigeria's list has no rates in it.");
        var from = figures.Max(f => f.Date).AddDays(-Days);
        return new RateSheet(RatePublisher.Cbn.Name, "NGN", IsInverse: true, [.. figures.Where(f => f.Date > from)]);
    }

    private static string Field(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString().Trim() : "";
}
