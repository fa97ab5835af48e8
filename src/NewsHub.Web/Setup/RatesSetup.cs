using NewsHub.Core.Rates;
using NewsHub.Core.Transfer;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Setup;

/// <summary>Where rates are fetched. Which of these are asked, in what order and when, are the paper's own settings.</summary>
internal static class RatesSetup
{
    public static void AddRates(this IHostApplicationBuilder builder)
    {
        builder.AddOutbound();
        var settings = builder.Configuration;
        Source("Ecb", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml", (http, at) => new EcbSource(http, at));
        Source("Cbn", "https://www.cbn.gov.ng/api/GetAllExchangeRates", (http, at) => new CbnSource(http, at));
        Source("ErApi", "https://open.er-api.com/v6/latest/USD", (http, at) => new OpenErSource(http, at));
        builder.Services.AddTransient<IRateSource>(s => new FileSource(s.GetRequiredService<Folders>().Content));
        builder.Services.AddScoped<RateRefresh>();

        void Source(string name, string usual, Func<HttpClient, Uri, IRateSource> make)
        {
            // Its former name, which no shell can set.
            var former = name == "ErApi" ? settings["Rates:er-api"] : null;
            var at = new Uri(settings[$"Rates:{name}"] ?? former ?? usual);
            builder.Services.AddTransient(s => make(s.GetRequiredService<IHttpClientFactory>().CreateClient(OutboundSetup.Client), at));
        }
    }
}
