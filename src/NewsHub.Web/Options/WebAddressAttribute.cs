namespace NewsHub.Web.Options;

internal sealed class WebAddressAttribute : RuleAttribute
{
    public override string? Wrong(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? null : "it has to be an address with http:// or https://.";
}
