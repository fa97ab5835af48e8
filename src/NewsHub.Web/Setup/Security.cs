using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsHub.Web.Setup;

/// <summary>What every request and every answer meets first: known proxies, security headers, known hosts, HEAD.</summary>
public static class Security
{
    private static readonly string[] Loopback = ["127.0.0.0/8", "::1"];

    public static WebApplicationBuilder AddNewsSecurity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.TryAddSingleton(services => new NewsHeaders(services.GetService<Assets>()));
        builder.Services.TryAddSingleton(new KnownHosts(List(builder.Configuration, "AllowedHosts")));
        builder.Services.TryAddSingleton<LastResort>();
        // The stock filter answers before any of our headers are set; ours takes its place.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            var known = List(builder.Configuration, "Proxies:Known");
            foreach (var proxy in known.Length > 0 ? known : Loopback)
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy.Contains('/', StringComparison.Ordinal) ? proxy : $"{proxy}/{(proxy.Contains(':', StringComparison.Ordinal) ? 128 : 32)}"));
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
        var lastResort = app.Services.GetRequiredService<LastResort>();
        app.Use(next => context =>
        {
            headers.Set(context);
            if (!hosts.Knows(context.Request.Headers.Host)) return RefuseAsync(context);
            return HttpMethods.IsHead(context.Request.Method)
                ? HeadAnswers.AnswerAsync(context, body => lastResort.AnswerAsync(body, next))
                : lastResort.AnswerAsync(context, next);
        });
        return app;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("This newspaper is not published at that address.\n");
    }

    /// <summary>A setting given as a list, or as one line with semicolons.</summary>
    private static string[] List(ConfigurationManager settings, string name) =>
        settings.GetSection(name).Get<string[]>() is { Length: > 0 } listed
            ? listed
            : settings[name]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
