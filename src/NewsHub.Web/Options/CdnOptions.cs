namespace NewsHub.Web.Options;

/// <summary>The programs in front of the paper whose form of topics and purges is known.</summary>
public enum CdnKind
{
    None,

    /// <summary>Varnish with the module xkey: docker/varnish/default.vcl.</summary>
    Varnish,
    Fastly,
    Cloudflare,
}

/// <summary>A cache in front of the paper that many readers share, and that is told what to drop.</summary>
public sealed class CdnOptions : IValidatedOptions
{
    [Setting("Cdn:Kind", "`varnish`, `fastly` or `cloudflare`: pages say to such a cache in front of the paper how long it may keep them "
        + "and what they show, and it is told what has changed (*To grow* in the README)", Otherwise = "none")]
    public CdnKind Kind { get; init; }

    [Setting("Cdn:Purge", "where it is told: the address of each Varnish, `https://api.fastly.com/service/ID`, or "
        + "`https://api.cloudflare.com/client/v4/zones/ID`; several with semicolons", Otherwise = "none")]
    [WebAddress]
    public IReadOnlyList<string> Purge { get; init; } = [];

    [Setting("Cdn:Token", "what proves to it that it is told by the paper: the token of the API, or what Varnish was given in "
        + "`PURGE_TOKEN`")]
    public string? Token { get; init; }

    [Setting("Cdn:Seconds", "how long it may keep a page that nothing has changed; counts of readers, reactions and shares in it may be "
        + "so old")]
    [WholeNumber(1, 86_400)]
    public int Seconds { get; init; } = 60;

    public string? Wrong() => this switch
    {
        { Kind: CdnKind.None, Purge.Count: 0 } => null,
        { Kind: CdnKind.None } => "The setting Cdn:Purge needs Cdn:Kind beside it: varnish, fastly or cloudflare.",
        { Purge.Count: 0 } => "The setting Cdn:Kind needs Cdn:Purge beside it: the address where the cache is told what to drop.",
        { Kind: not CdnKind.Varnish, Token: null } => "The setting Cdn:Kind needs Cdn:Token beside it: the token of the provider's API.",
        _ => null,
    };
}
