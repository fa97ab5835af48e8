using NewsHub.Core.Reading;
using NewsHub.Web.Assets;
using NewsHub.Web.Endpoints;
using NewsHub.Web.Live;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Setup;

/// <summary>What readers send in, and what open tabs are told.</summary>
internal static class LiveSetup
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PageViewCounter>();
        builder.Services.AddScoped(s => new Feeds.JsonLd(
            s.GetRequiredService<SiteSnapshot.Current>().Now, s.GetRequiredService<SiteOptions>(), s.GetRequiredService<AssetStore>()));
        builder.Services.AddSingleton<Reader>();
        builder.Services.AddSingleton<LiveUpdates>();
        builder.Services.AddSingleton<UpdateStream>();
        builder.Services.AddSingleton<NewsroomUpdates>();
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapReactions();
        app.MapShares();
        app.MapLanguageChoice();
        app.MapRatesCsv();
        app.MapGet("/now", (HttpContext context, UpdateStream updateStream, string? story, string? reader) =>
            updateStream.AnswerAsync(context, story, reader));
    }
}
