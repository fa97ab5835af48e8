using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NewsHub.Web.Feeds;

/// <summary>
/// A body for readers that show it far from here: every address in it is whole, and a picture has one size. Addresses are looked for in
/// attributes, as a parser finds them: what text and code say of attributes is left as it was written.
/// </summary>
internal static class FeedHtml
{
    private static readonly string[] Addresses = ["href", "src", "cite", "poster"];

    /// <summary>What a browser makes of a picture's sizes and turns, and a feed reader does not.</summary>
    private static readonly string[] ForBrowsers = ["srcset", "sizes", "loading", "decoding", "fetchpriority"];

    /// <param name="html">Sanitized HTML.</param>
    /// <param name="page">The address of the story that it is from, against which its addresses are read.</param>
    public static string Print(string html, string page)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var home = new Uri(page);
        foreach (var source in document.QuerySelectorAll("picture > source").ToList()) source.Remove();
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            foreach (var name in Addresses)
                if (element.GetAttribute(name) is { } address) element.SetAttribute(name, Whole(address, home));
            if (element.LocalName is not ("img" or "source")) continue;
            foreach (var name in ForBrowsers) element.RemoveAttribute(name);
        }
        return document.Body.InnerHtml;
    }

    /// <summary>An address with its scheme and host; one that cannot be read stays as it is.</summary>
    private static string Whole(string address, Uri home)
    {
        var trimmed = address.Trim();
        if (HasScheme(trimmed)) return address;
        // Of a fragment the page's address stays as it is printed elsewhere, letter by letter.
        if (trimmed.StartsWith('#')) return home.AbsoluteUri + trimmed;
        return Uri.TryCreate(home, trimmed, out var whole) ? whole.AbsoluteUri : address;
    }

    /// <summary>RFC 3986: a letter, then letters, digits, <c>+</c>, <c>-</c> and dots up to the colon.</summary>
    private static bool HasScheme(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(address[0]) && !address.AsSpan(0, colon).ContainsAnyExcept(SchemeSigns);
    }

    private static readonly System.Buffers.SearchValues<char> SchemeSigns =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
}
