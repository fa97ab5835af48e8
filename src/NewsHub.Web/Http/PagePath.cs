namespace NewsHub.Web.Http;

/// <summary>How the path of a request is read: capitals and a last slash count for nothing, as to the router.</summary>
internal static class PagePath
{
    /// <summary>A path in lower case and without a last slash.</summary>
    public static string Fold(string path) =>
        path.Length == 0 || IsCanonical(path) ? path : path.ToLowerInvariant().TrimEnd('/') is { Length: > 0 } folded ? folded : "/";

    public static bool IsCanonical(string path) =>
        !path.AsSpan().ContainsAnyInRange('A', 'Z') && (path.Length == 1 || path[^1] != '/');

    /// <summary>Whether a folded path leads into the newsroom, which is never cached.</summary>
    public static bool IsNewsroom(string folded) =>
        folded.StartsWith("/admin", StringComparison.Ordinal) && (folded.Length == 6 || folded[6] is '/' or '?');
}
