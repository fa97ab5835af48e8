namespace NewsHub.Web.Options;

/// <summary>What addresses of webhooks can be.</summary>
public sealed class WebhooksOptions
{
    [Setting("Webhooks:AllowHttp", "`true`: a webhook may be told at an `http` address; within the house it must also stand in "
        + "`Outbound:Allow`")]
    public bool AllowHttp { get; init; }
}
