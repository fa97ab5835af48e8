using NewsHub.Web.Live;

namespace NewsHub.Web.Setup;

/// <summary>What readers send in, and what open tabs are told.</summary>
internal static class LiveSetup
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Turnstile>();
        builder.Services.AddScoped(s => new Feeds.JsonLd(s.GetRequiredService<NewsHub.Core.Reading.Masthead.Current>().Now, s.GetRequiredService<IConfiguration>(), s.GetRequiredService<Assets>()));
        builder.Services.AddSingleton<Reader>();
        builder.Services.AddSingleton<Newsstand>();
        builder.Services.AddSingleton<Now>();
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapReactions();
        app.MapShares();
        app.MapTongues();
        app.MapRatesCsv();
        app.MapGet("/now", (HttpContext context, Now now, string? story, string? reader) =>
            now.AnswerAsync(context, story, reader));
    }
}
