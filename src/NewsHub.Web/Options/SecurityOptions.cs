namespace NewsHub.Web.Options;

/// <summary>Whom to tell of a weakness.</summary>
public sealed class SecurityOptions
{
    [Setting("Security:Contact", "whom `/.well-known/security.txt` names, such as `mailto:security@lantern.example`",
        Otherwise = "the about page")]
    [Contact]
    public string? Contact { get; init; }

    private sealed class ContactAttribute : RuleAttribute
    {
        public override string? Wrong(string value) =>
            Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" or "http" or "tel"
                ? null : "it has to be an address such as mailto:security@lantern.example or https://….";
    }
}
