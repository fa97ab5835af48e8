using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Web.Areas.Admin.Pages;
using NewsHub.Web.Areas.Admin.Pages.Stories.Editor;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;
using NewsHub.Web.Live;
using NewsHub.Web.Mail;
using NewsHub.Web.Options;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Setup;

/// <summary>Getting into the newsroom, and what holds for every answer from it.</summary>
internal static class NewsroomSetup
{
    public static void AddNewsroom(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Newsroom>();
        services.AddScoped<IAuthorizationHandler, MayHandler>();
        services.AddSingleton<SetUpKey>();
        services.AddScoped<DeskWork>();
        services.AddScoped<NotificationMaker>();
        services.AddScoped<NotificationMails>();
        services.AddSingleton<NewsroomStream>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<AccountMailQueue>();
        services.AddSingleton<DeniedRequests>();
        services.AddSingleton<RepeatedPosts>();
        services.AddScoped<StaffSignIn>();
        builder.AddStaff().AddSignInManager();

        // Browsers take a __Host- cookie over TLS alone; behind it, or on one's own machine without it, is what Site:Url says.
        var options = Settings.Read<SiteOptions>(builder.Configuration);
        var secure = options.IsSecure;
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(o =>
            {
                o.LoginPath = "/admin/sign-in";
                o.ReturnUrlParameter = "then";
                // Twelve hours without a sign of life, or a week since the last proof: then one signs in anew.
                o.ExpireTimeSpan = TimeSpan.FromHours(12);
                o.SlidingExpiration = true;
                // In place of Identity's own, which asks the store twice a minute. The cookie stays where it is: it may
                // be an old one that arrived late.
                o.Events.OnValidatePrincipal = async session =>
                {
                    if (!IsNewsroom(session.Request.Path)
                        || !await StaffSignIn.IsValidSessionAsync(session.HttpContext, session.Principal!, session.Properties))
                    {
                        session.RejectPrincipal();
                    }
                };
                o.Events.OnRedirectToAccessDenied = denied =>
                {
                    denied.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
                // A stream comes back by itself as long as its page is open: it is no sign that anybody is there.
                o.Events.OnCheckSlidingExpiration = session =>
                {
                    session.ShouldRenew &= !EventStream.IsAskedFor(session.HttpContext);
                    return Task.CompletedTask;
                };
                // A script that asks wants to know, not to be shown a form.
                o.Events.OnRedirectToLogin = async ask =>
                {
                    if (ask.Request.Headers.XRequestedWith == "fetch" || EventStream.IsAskedFor(ask.HttpContext))
                        ask.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    // Whoever was writing gets the text back, and a way in beside it.
                    else if (await KeepsFormAttribute.MattersAsync(ask.Request))
                        (ask.Response.StatusCode, ask.Response.Headers.Location) = (
                            StatusCodes.Status307TemporaryRedirect, KeepsFormAttribute.Page);
                    else ask.Response.Redirect(ask.RedirectUri);
                };
            });
        });
        foreach (var scheme in new[]
        {
            IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme,
            IdentityConstants.ExternalScheme,
        })
        {
            services.Configure<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(
                scheme, o => Harden(o.Cookie, scheme.Replace("Identity.", "", StringComparison.Ordinal)));
        }
        services.AddAntiforgery(o =>
        {
            Harden(o.Cookie, "Form");
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(o => Harden(o.Cookie, "Said"));
        services.AddSingleton<CookieTempDataProvider>();
        services.AddSingleton<ITempDataProvider, FlashProvider>();
        var known = new CookieBuilder { MaxAge = TimeSpan.FromDays(180) };
        Harden(known, "Known");
        services.AddSingleton(s => new KnownBrowsers(s.GetRequiredService<IDataProtectionProvider>(), known));
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // The paper's own address, never a request's Host. On one's own machine any port will do.
            var site = new Uri(options.Url);
            o.ServerDomain = site.Host;
            o.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin
                && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var origin)
                && origin.Scheme == site.Scheme && origin.Host == site.Host && (origin.Port == site.Port || site.IsLoopback));
            // Something one has and something one is or knows: that is why a passkey alone signs one in.
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
        });
        services.AddAuthorization();

        void Harden(CookieBuilder cookie, string name)
        {
            cookie.Name = (secure ? "__Host-" : "") + "newsroom-" + name;
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.Path = "/";
            cookie.IsEssential = true;
        }
    }

    /// <summary>Whatever comes from the newsroom is kept by nobody and found by no search engine; its pages may frame
    /// each other, for proofs.</summary>
    public static void UseNewsroom(this WebApplication app) => app.Use((context, next) =>
    {
        if (!IsNewsroom(context.Request.Path) && !context.Request.Path.StartsWithSegments("/preview")) return next(context);
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = "noindex, nofollow";
            return Task.CompletedTask;
        }, context);
        NewsHeaders.MayFrameItself(context);
        // An address that holds a key is told to nobody.
        if (context.Request.Query.ContainsKey("key")) context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });

    public static void MapNewsroom(this IEndpointRouteBuilder app) =>
        app.MapGet("/admin/stream", (HttpContext context, NewsroomStream stream, Newsroom room, DeskWork work) =>
            stream.AnswerAsync(context, room, work)).RequireAuthorization(new RequiresActAttribute(Act.Read));

    /// <summary>Goes behind sign-in: what is refused is noted, and a form that comes twice is done once.</summary>
    public static void UseStaff(this WebApplication app)
    {
        var deniedRequests = app.Services.GetRequiredService<DeniedRequests>();
        var repeats = app.Services.GetRequiredService<RepeatedPosts>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode is StatusCodes.Status403Forbidden
                && IsNewsroom(context.Request.Path)
                && context.RequestServices.GetRequiredService<Newsroom>() is { IsSomeoneHere: true } room)
            {
                await deniedRequests.NoteAsync(context, room.Me);
            }
        });
        app.UseAuthorization();
        app.Use(async (context, next) =>
        {
            if (!IsNewsroom(context.Request.Path)) await next(context);
            else if (!await Enrolment.LeadsAsync(context)) await repeats.AnswerAsync(context, next);
        });
    }

    private static bool IsNewsroom(PathString path) => path.StartsWithSegments("/admin");
}
