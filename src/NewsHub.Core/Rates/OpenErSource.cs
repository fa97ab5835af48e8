using System.Text.Json;

namespace NewsHub.Core.Rates;

/// <summary>The open endpoint of ExchangeRate-API, version 6: JSON, against any base, some 160 currencies. Mind its terms:
/// <see cref="RatePublisher.OpenEr"/>.</summary>
/// <param name="address">Ends in the base's code.</param>
public sealed class OpenErSource(HttpClient http, Uri address) : IRateSource
{
    public string Key => RatePublisher.OpenEr.Key;

    public async Task<RateSheet> FetchAsync(CancellationToken cancel) =>
        Read(await RateHttp.GetAsync(http, address, ["application/json"], cancel));

    /// <exception cref="RateSourceException">The bytes are no such sheet.</exception>
    internal static RateSheet Read(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("result", out var result))
                throw new RateSourceException("What ExchangeRate-API sent is no sheet of rates.");
            if (result.ToString() != "success")
            {
                var why = root.TryGetProperty("error-type", out var error) ? error : result;
                throw new RateSourceException($"ExchangeRate-API refused: {RateHttp.Short(why.ToString())}.");
            }
            if (!root.TryGetProperty("time_last_update_unix", out var at)
                || at.ValueKind is not JsonValueKind.Number
                || !at.TryGetInt64(out var seconds)
                || seconds is < 0 or > 253_402_300_799
                || !root.TryGetProperty("base_code", out var code) || !root.TryGetProperty(
                    "rates", out var rates) || rates.ValueKind is not JsonValueKind.Object)
            {
                throw new RateSourceException("ExchangeRate-API's sheet lacks its day, its base or its rates.");
            }
            var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
            var figures = rates.EnumerateObject().Select(r => new RateFigure(day, r.Name, r.Value.ToString())).ToList();
            return figures.Count > 0
                ? new RateSheet(RatePublisher.OpenEr.Name, code.ToString(), IsInverse: false, figures)
                : throw new RateSourceException("ExchangeRate-API's sheet has no rates in it.");
        }
        catch (JsonException e)
        {
            throw new RateSourceException($"What ExchangeRate-API sent is not JSON that can be read (line {e.LineNumber + 1}).", e);
        }
    }
}
