using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Web.Endpoints;
using NewsHub.Web.Localization;
using NewsHub.Web.Mail;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>The newsletter: who gets it, and how fast it goes out.</summary>
internal static class NewsletterSetup
{
    public static void AddNewsletter(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(s => s.GetService<NodeSecrets>() is { } secrets
            ? new SubscriberLinks(() => secrets.Newsletter)
            : new SubscriberLinks(s.GetRequiredService<Folders>().Keys));
        services.AddSingleton(s => Rules(s.GetRequiredService<SiteOptions>(), s.GetRequiredService<NewsletterOptions>()));
        services.AddSingleton<TextsOf>(s => language => (language is null ? null : Texts.Of(language))
            ?? s.GetRequiredService<Languages>().Own);
        services.AddScoped<IMailHtml, MailHtml>();
        services.AddScoped<BulletinComposer>();
        services.AddScoped<Subscriptions>();
        services.AddScoped<ConfirmationMails>();
        services.AddScoped<Confirmations>();
        services.AddScoped<BulletinMaker>();
        services.AddScoped<BulletinSender>();
    }

    private static BulletinRules Rules(SiteOptions site, NewsletterOptions options) =>
        new(site.Url, options.Batch, TimeSpan.FromSeconds(options.Lease), options.Tries, options.Bounces);

    public static void MapNewsletter(this IEndpointRouteBuilder app)
    {
        app.MapSignUps();
        app.MapBounces();
    }
}
