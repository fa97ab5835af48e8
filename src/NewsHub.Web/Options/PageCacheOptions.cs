namespace NewsHub.Web.Options;

/// <summary>How much of the memory rendered pages may take.</summary>
public sealed class PageCacheOptions
{
    [Setting("PageCache:MegaBytes", "bound of the page cache, in megabytes")]
    [WholeNumber(0, 1_000_000)]
    public int MegaBytes { get; init; } = 64;
}
