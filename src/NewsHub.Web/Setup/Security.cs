using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsHub.Web.Assets;
using NewsHub.Web.Http;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>What every request and every answer meets first: known proxies, security headers, known hosts, HEAD.</summary>
public static class Security
{
    public static WebApplicationBuilder AddNewsSecurity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(services => new NewsHeaders(
            services.GetService<AssetStore>() is { } assets && assets.Has("js/first.js") ? assets.Text("js/first.js") : null,
            services.GetRequiredService<S3Options>().PublicUrl));
        builder.Services.TryAddSingleton(services => new KnownHosts(services.GetRequiredService<AllowedHostsOptions>().Names));
        builder.Services.TryAddSingleton<FallbackErrors>();
        // The stock filter answers before any of our headers are set; ours takes its place.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<ProxiesOptions>((options, proxies) =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in KnownProxies.From(proxies.Known)) options.KnownIPNetworks.Add(network);
        });
        return builder;
    }

    /// <summary>Goes first. An error handler belongs inside: it clears headers, and these are set again.</summary>
    public static WebApplication UseNewsSecurity(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Headers.ContainsKey("X-Forwarded-Proto") || context.Request.Headers.ContainsKey("X-Forwarded-For"),
            branch => branch.UseForwardedHeaders());
        var headers = app.Services.GetRequiredService<NewsHeaders>();
        var hosts = app.Services.GetRequiredService<KnownHosts>();
        var fallbackErrors = app.Services.GetRequiredService<FallbackErrors>();
        app.Use(next => context =>
        {
            headers.Set(context);
            if (!hosts.Knows(context.Request.Headers.Host)) return RefuseAsync(context);
            return HttpMethods.IsHead(context.Request.Method)
                ? HeadAnswers.AnswerAsync(context, body => fallbackErrors.AnswerAsync(body, next))
                : fallbackErrors.AnswerAsync(context, next);
        });
        return app;
    }

    /// <summary>
    /// Nothing here is asked for but by these methods: TRACE would give a request's cookies back, and a page would answer a method that it
    /// has no handler for. Goes inside the notices and the API, which say it in their own way.
    /// </summary>
    public static void UseKnownMethods(this WebApplication app) => app.Use(async (context, next) =>
    {
        var (method, response) = (context.Request.Method, context.Response);
        // What is nowhere is not there for any method.
        if (context.GetEndpoint() is null || HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method))
        {
            await next(context);
            // Routing lists the methods that endpoints are mapped with; HeadAnswers adds HEAD to each GET.
            if (response.StatusCode is StatusCodes.Status405MethodNotAllowed
                && response.Headers.Allow == HttpMethods.Get
                && !response.HasStarted)
            {
                response.Headers.Allow = "GET, HEAD";
            }
            return;
        }
        response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        response.Headers.Allow = "GET, HEAD, POST";
    });

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync("This newspaper is not published at that address.\n");
    }
}
