using System.Text.RegularExpressions;
using NewsHub.Core.Media;

namespace NewsHub.Web.Options;

/// <summary>The object store that has the pictures, where it is not the data folder.</summary>
public sealed partial class S3Options : IValidatedOptions
{
    [Setting("Media:S3:Endpoint", "an S3-compatible object store that keeps the pictures, such as `https://objects.lantern.example`; "
        + "bucket, key and secret belong to it", Otherwise = "none: pictures are in `media/` of the data folder")]
    [Endpoint]
    public string? Endpoint { get; init; }

    [Setting("Media:S3:Bucket", "the bucket for the pictures; it has to be there")]
    [Bucket]
    public string? Bucket { get; init; }

    [Setting("Media:S3:Region", "the region that requests are signed for; stores that know none take any")]
    [Region]
    public string Region { get; init; } = "us-east-1";

    [Setting("Media:S3:Key", "the access key: it has to read, write, list and delete in the bucket")]
    public string? Key { get; init; }

    [Setting("Media:S3:Secret", "the secret to it")]
    public string? Secret { get; init; }

    [Setting("Media:S3:PathStyle", "`false`: the bucket is part of the host’s name, as Amazon prefers it")]
    public bool PathStyle { get; init; } = true;

    /// <summary>Without a last slash.</summary>
    [Setting("Media:PublicUrl", "the address at which readers get `renditions/` of the bucket, from the store or a CDN: addresses of "
        + "pictures lead there once they are made. The rest of the bucket must not be public", Otherwise = "none: pictures come from here")]
    [PublicAddress]
    public string? PublicUrl { get; init => field = value?.TrimEnd('/'); }

    /// <summary>How the object store is reached; null where there is none.</summary>
    public S3Connection? Connection => Endpoint is null || Bucket is null || Key is null || Secret is null ? null : new()
    {
        Endpoint = new Uri(Endpoint),
        Bucket = Bucket,
        Region = Region,
        Key = Key,
        Secret = Secret,
        PathStyle = PathStyle,
    };

    public string? Wrong()
    {
        (string Name, string? Value)[] needed =
            [("Media:S3:Endpoint", Endpoint), ("Media:S3:Bucket", Bucket), ("Media:S3:Key", Key), ("Media:S3:Secret", Secret)];
        string[] missing = [.. needed.Where(n => n.Value is null).Select(n => n.Name)];
        return missing.Length == 0 ? null
            : missing.Length < needed.Length
                ? $"An object store needs endpoint, bucket, key and secret; not set: {string.Join(", ", missing)}."
            : PublicUrl is not null ? "The setting Media:PublicUrl needs an object store: see Media:S3:Endpoint."
            : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$")]
    private static partial Regex RegionName();

    /// <summary>An address with nothing in it that could be a secret, or that an address below it could not carry.</summary>
    private static bool IsPlain(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0 && !value.Any(c => char.IsWhiteSpace(c) || c is '?' or '#' or ';' or ',' or '\'' or '"');

    private sealed class EndpointAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => IsPlain(value) && new Uri(value).AbsolutePath == "/"
            ? null : "it has to be the object store's address, with http:// or https://, without a path, a name or a password.";
    }

    private sealed class BucketAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => BucketName().IsMatch(value)
            ? null : "it has to be the name of a bucket: 3 to 63 small letters, digits, hyphens and dots.";
    }

    private sealed class RegionAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => RegionName().IsMatch(value)
            ? null : "it has to be a region's name, such as eu-central-1.";
    }

    private sealed class PublicAddressAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => IsPlain(value)
            ? null : "it has to be an address with http:// or https://, without a question mark, a name or a password.";
    }
}
