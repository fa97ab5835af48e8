namespace NewsHub.Web.Options;

/// <summary>Where rates are fetched. Which sources are asked, in what order and when, are the paper's own settings.</summary>
public sealed class RatesOptions
{
    [Setting("Rates:Refresh", "`false`: no source of rates is asked but when somebody wants it")]
    public bool Refresh { get; init; } = true;

    [Setting("Rates:Ecb", "where the European Central Bank is asked")]
    [WebAddress]
    public string Ecb { get; init; } = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml";

    [Setting("Rates:Cbn", "where the Central Bank of Nigeria is asked")]
    [WebAddress]
    public string Cbn { get; init; } = "https://www.cbn.gov.ng/api/GetAllExchangeRates";

    // No shell can set a name with a hyphen.
    [Setting("Rates:ErApi", "where ExchangeRate-API is asked", FormerName = "Rates:er-api")]
    [WebAddress]
    public string ErApi { get; init; } = "https://open.er-api.com/v6/latest/USD";
}
