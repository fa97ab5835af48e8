using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Endpoints;
using NewsHub.Web.Localization;
using NewsHub.Web.Mail;

namespace NewsHub.Web.Setup;

/// <summary>The newsletter: who gets it, and how fast it goes out.</summary>
internal static class NewsletterSetup
{
    public static void AddNewsletter(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration.GetSection("Newsletter");
        services.AddSingleton(s => new SubscriberLinks(s.GetRequiredService<Folders>().Keys));
        services.AddSingleton(s => new BulletinRules(
            s.GetRequiredService<IConfiguration>().SiteUrl(),
            Math.Clamp(settings.GetValue("Batch", 50), 1, 1000),
            TimeSpan.FromSeconds(Math.Max(1, settings.GetValue("Lease", 600))),
            Math.Max(1, settings.GetValue("Tries", 6)),
            Math.Max(1, settings.GetValue("Bounces", 3))));
        services.AddSingleton<TextsOf>(s => language => (language is null ? null : Texts.Of(language)) ?? s.GetRequiredService<Languages>().Own);
        services.AddScoped<IMailHtml, MailHtml>();
        services.AddScoped<BulletinComposer>();
        services.AddScoped<Subscriptions>();
        services.AddScoped<ConfirmationMails>();
        services.AddScoped<Confirmations>();
        services.AddScoped<BulletinMaker>();
        services.AddScoped<BulletinSender>();
    }

    public static void MapNewsletter(this IEndpointRouteBuilder app)
    {
        app.MapSignUps();
        app.MapBounces();
    }
}
