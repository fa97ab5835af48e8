using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// Browsers in which someone has signed in before. It opens nothing; it only counts wrong tries apart from those of strangers, so that
/// whoever guesses at an account does not shut its owner out.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection, CookieBuilder cookie)
{
    private const int Most = 5;
    private readonly IDataProtector _seal = protection.CreateProtector("known browsers");

    /// <summary>What this browser is called for this account; null where it is a stranger to it.</summary>
    public string? Of(HttpContext context, long? account) =>
        account is { } id ? Read(context).FirstOrDefault(k => k.Account == id).Browser : null;

    public void Remember(HttpContext context, long account)
    {
        var known = Read(context);
        var browser = known.FirstOrDefault(k => k.Account == account).Browser
            ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var text = string.Join(';', known.Where(k => k.Account != account)
            .Prepend((Account: account, Browser: browser))
            .Take(Most)
            .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Account}:{k.Browser}")));
        context.Response.Cookies.Append(cookie.Name!, _seal.Protect(text), cookie.Build(context));
    }

    private List<(long Account, string Browser)> Read(HttpContext context)
    {
        if (context.Request.Cookies[cookie.Name!] is not { Length: > 0 } value) return [];
        try
        {
            return [.. _seal.Unprotect(value)
                .Split(';')
                .Select(k => k.Split(':'))
                .Select(k => (long.Parse(k[0], CultureInfo.InvariantCulture), k[1]))];
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return [];
        }
    }
}
