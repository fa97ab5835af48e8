using System.Buffers;

namespace NewsHub.Core.Text;

/// <summary>The path of a page as it stands in a link.</summary>
public static class UrlPath
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("/-0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>Percent-encodes whatever a path cannot hold, letters of other scripts included, as UTF-8; slashes stay. Safe
    /// in an HTML attribute.</summary>
    /// <returns>The same string where nothing has to be encoded, as in most addresses.</returns>
    public static string Escape(string path) =>
        path.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal) : path;
}
