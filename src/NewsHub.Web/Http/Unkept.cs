namespace NewsHub.Web.Http;

/// <summary>Marks a request whose contents the store could not keep, so that the notice says so.</summary>
internal static class Unkept
{
    /// <summary>When to come again, in seconds.</summary>
    public const string RetryAfter = "30";

    private const string Item = "storage failure: unkept";

    public static void Mark(HttpContext context) => context.Items[Item] = true;

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Item);
}
