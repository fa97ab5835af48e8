using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.WebEncoders;
using NewsHub.Core.Media;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Assets;
using NewsHub.Web.Endpoints;
using NewsHub.Web.Feeds;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;
using NewsHub.Web.Pages.Shared;
using Serilog;

namespace NewsHub.Web.Setup;

/// <summary>The web application, put together: read it as the contents page of the program.</summary>
internal static class WebApp
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        NativeMemory.TuneAllocator();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // The program's own folder, so that it finds its files from wherever it is started.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddSettings(args);
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls("http://localhost:5080");
        builder.AddNewsLogging();
        builder.AddTelemetry();
        // A lock that is held for longer is not one of ours, and whoever saves is told so.
        builder.AddStore(patience: 10);
        builder.AddRates();
        builder.AddNewsletter();
        builder.AddJobs();
        builder.AddNewsSecurity();
        builder.AddRequestBodyLimits();
        builder.AddNewsroom();
        builder.AddLive();
        builder.AddApi();
        builder.AddAssets();
        builder.AddPageCache();
        builder.AddLanguages();
        builder.Services.AddSingleton<TickerCache>();
        // Readers' pages can only be read. (A page without a handler for a method would be rendered all the same, with nothing in it.)
        builder.Services.AddRazorPages(pages =>
        {
            pages.Conventions.AddFolderRouteModelConvention("/", page =>
            {
                foreach (var selector in page.Selectors) selector.EndpointMetadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
            });
            pages.Conventions.AddAreaFolderApplicationModelConvention("Admin", "/", page => page.Filters.Add(new NewsroomPageFilter()));
        }).AddMvcOptions(mvc => mvc.ModelBinderProviders.Insert(0, new TypedTextBinder.Provider()));
        // Pages are UTF-8: letters stand in them as themselves.
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.Configure<RouteOptions>(o =>
        {
            o.LowercaseUrls = true;
            o.SetParameterPolicy<StaticPageConstraint>("staticpage");
        });
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseNewsSecurity();
        app.UseAssets();
        app.UseNumberedAddresses();
        app.UsePageCache();
        app.UseLanguages();
        app.UseNewsroom();
        app.UsePlainHttpNotice();
        app.UseErrorPages();
        app.UseStorageFailures();
        app.UseApi();
        app.UseAddresses();
        app.UseRouting();
        app.UseKnownMethods();
        app.UseRequestBodyLimits();
        // Said here, or WebApplication puts them before everything, and each hit of the page cache passes them.
        app.UseAuthentication();
        app.UseStaff();
        app.MapRazorPages();
        app.MapNewsroom();
        app.MapLive();
        app.MapFeeds();
        app.MapSitemaps();
        app.MapWellKnown();
        app.MapCards();
        app.MapApi();
        app.MapNewsletter();
        app.MapMedia();
        app.MapAccentSheet();
        app.MapManifest();
        app.MapHealth();
        return app;
    }
}
