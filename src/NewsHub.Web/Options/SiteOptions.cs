using NewsHub.Core.Text;

namespace NewsHub.Web.Options;

/// <summary>The paper's own address. Links that leave the house carry it.</summary>
public sealed class SiteOptions
{
    /// <summary>Without a last slash.</summary>
    [Setting("Site:Url", "the address readers use; canonical links, shares and links in mails carry it, passkeys are bound to its "
        + "host, and with `https` cookies are for TLS alone")]
    [SiteAddress]
    public string Url { get; init => field = value.TrimEnd('/'); } = "http://localhost:5080";

    /// <summary>Whether readers come by https.</summary>
    public bool IsSecure => Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The whole address of a page, from its address in the paper, such as that of a story.</summary>
    public string AddressOf(string path) => Url + UrlPath.Escape(path);

    private sealed class SiteAddressAttribute : RuleAttribute
    {
        public override string? Wrong(string value) =>
            Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            && !value.Any(c => char.IsWhiteSpace(c) || c is '?' or '#')
                ? null
                : "it has to be the address readers use, with http:// or https:// and without a path, such as https://lantern.example.";
    }
}
