namespace NewsHub.Web.Options;

/// <summary>What feeds tell, and who is told that they changed.</summary>
public sealed class FeedsOptions
{
    [Setting("Feeds:FullText", "`false`: feeds tell the standfirst, not the whole story")]
    public bool FullText { get; init; } = true;

    [Setting("Feeds:Hub", "a WebSub hub: feeds name it, and it is told when they change")]
    [WebAddress]
    public string? Hub { get; init; }
}
