namespace NewsHub.Web.Http;

/// <summary>Where the read API stands.</summary>
internal static class ApiPath
{
    public const string Root = "/api/v1";

    /// <summary>Whether a program is asking: whatever is below <c>/api/</c>, in any version.</summary>
    public static bool IsBelow(PathString path) => path.StartsWithSegments("/api", out var rest) && rest.HasValue && rest.Value!.Length > 1;
}
