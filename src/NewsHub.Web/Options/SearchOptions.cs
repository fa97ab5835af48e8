namespace NewsHub.Web.Options;

/// <summary>How often one address may search.</summary>
public sealed class SearchOptions
{
    [Setting("Search:Burst", "searches from one address at once, of `/search` and the API together; two more each second")]
    [WholeNumber(1, 1_000_000)]
    public int Burst { get; init; } = 200;
}
