using NewsHub.Core.Rates;
using NewsHub.Core.Transfer;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Setup;

/// <summary>Where rates are fetched. Which of these are asked, in what order and when, are the paper's own settings.</summary>
internal static class RatesSetup
{
    public static void AddRates(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOutbound(Settings.Read<OutboundOptions>(builder.Configuration));
        var options = Settings.Read<RatesOptions>(builder.Configuration);
        Source(options.Ecb, (http, at) => new EcbSource(http, at));
        Source(options.Cbn, (http, at) => new CbnSource(http, at));
        Source(options.ErApi, (http, at) => new OpenErSource(http, at));
        builder.Services.AddTransient<IRateSource>(s => new FileSource(s.GetRequiredService<Folders>().Content));
        builder.Services.AddScoped<RateRefresh>();

        void Source(string address, Func<HttpClient, Uri, IRateSource> make)
        {
            var at = new Uri(address);
            builder.Services.AddTransient(s => make(s.GetRequiredService<IHttpClientFactory>().CreateClient(OutboundSetup.Client), at));
        }
    }
}
