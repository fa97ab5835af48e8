using NewsHub.Core.Text;

namespace NewsHub.Web.Setup;

internal static class SiteAddress
{
    /// <summary>The setting <c>Site:Url</c>, the address that readers use, without a last slash. Links that leave the house carry it.</summary>
    public static string SiteUrl(this IConfiguration settings) => settings["Site:Url"] is { Length: > 0 } set ? set.TrimEnd('/') : "http://localhost:5080";

    /// <summary>The whole address of a page, from its address in the paper, such as that of a story.</summary>
    public static string AddressOf(this IConfiguration settings, string path) => settings.SiteUrl() + UrlPath.Escape(path);
}
