namespace NewsHub.Web.Http;

internal static class NoStore
{
    /// <summary>For an answer that is one reader's, or a moment's.</summary>
    public static void NeverKeep(this HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
