using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.Options;

namespace NewsHub.Web.Localization;

/// <summary>
/// Which language the paper's own words are in: that of the settings, unless this reader has chosen another one. The choice is a cookie
/// that says a language and nothing else; what names none of ours, or the paper's own, is as none.
/// </summary>
internal sealed class Languages(SiteSnapshot.Current snapshot, SiteOptions site)
{
    private readonly bool _isSecure = site.IsSecure;

    private string Cookie => _isSecure ? "__Host-lang" : "lang";

    /// <summary>The paper's own.</summary>
    public Texts Own => Texts.Nearest(snapshot.Now.Site.Language);

    /// <summary>What the reader has chosen; null for everyone else. On the way of every hit of the page cache: it
    /// allocates nothing.</summary>
    public Texts? Chosen(HttpRequest request)
    {
        var cookies = request.Headers.Cookie;
        // Files and the API are for machines: feeds, the sitemap, figures. They are the same for everyone.
        if (cookies.Count == 0 || Path.HasExtension(request.Path.Value) || ApiPath.IsBelow(request.Path.Value ?? "")) return null;
        var name = Cookie;
        foreach (var line in cookies)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var cookie = (end < 0 ? rest : rest[..end]).Trim(' ');
                if (cookie.Length == name.Length + 3 && cookie[name.Length] == '=' && cookie.StartsWith(name, StringComparison.Ordinal))
                    return Texts.Of(cookie[(name.Length + 1)..]) is { } chosen && chosen != Own ? chosen : null;
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        return null;
    }

    /// <summary>Remembers a choice. Whoever comes back to the paper's own language has nothing to be remembered for.</summary>
    public void Remember(HttpContext context, Texts chosen)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = _isSecure,
            Path = "/",
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
        };
        if (chosen != Own) context.Response.Cookies.Append(Cookie, chosen.Tag, options);
        else if (context.Request.Cookies.ContainsKey(Cookie)) context.Response.Cookies.Delete(Cookie, options);
    }
}

internal static class LanguagesSetup
{
    public static void AddLanguages(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<Languages>();

    /// <summary>Goes right behind the page cache: from here on, an answer is made in its reader's language. The
    /// newsroom speaks English.</summary>
    public static void UseLanguages(this WebApplication app)
    {
        var languages = app.Services.GetRequiredService<Languages>();
        app.Use(async (context, next) =>
        {
            // Set and passed on in one async method, so that it ends with this request.
            if (!PagePath.IsNewsroom(PagePath.Fold(context.Request.Path.Value ?? "")))
                (languages.Chosen(context.Request) ?? languages.Own).Use();
            await next(context);
        });
    }
}
