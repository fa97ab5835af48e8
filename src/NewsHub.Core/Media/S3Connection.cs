namespace NewsHub.Core.Media;

/// <summary>Where a bucket is, and the key that opens it. No record: that would print its secret.</summary>
public sealed class S3Connection
{
    /// <summary>The address of the object store, without the bucket.</summary>
    public required Uri Endpoint { get; init; }

    public required string Bucket { get; init; }

    /// <summary>Requests are signed for it. Stores that know no regions take any.</summary>
    public string Region { get; init; } = "us-east-1";

    public required string Key { get; init; }

    public required string Secret { get; init; }

    /// <summary>Whether the bucket stands behind the host, as most stores of one's own want it, or is part of the host's name.</summary>
    public bool PathStyle { get; init; } = true;

    /// <summary>How long it may say nothing, and how long a request without a picture in it may take. A picture may take six times as
    /// long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many objects are listed by one request; a thousand is what stores give at most.</summary>
    internal int PageSize { get; init; } = 1000;
}
