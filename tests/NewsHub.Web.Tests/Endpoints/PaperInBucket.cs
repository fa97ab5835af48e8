using Microsoft.AspNetCore.Hosting;
using NewsHub.Core.Media;

namespace NewsHub.Web.Tests.Endpoints;

/// <summary>The sample paper with its pictures in an object store.</summary>
/// <param name="isFilled">Whether it has started before; else the sample paper is imported into the bucket.</param>
internal sealed class PaperInBucket(S3Connection bucket, string? publicUrl = null, bool isFilled = false) : NewsHubApp
{
    private protected override bool BeginsWithCopy => isFilled;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Media:S3:Endpoint", bucket.Endpoint.AbsoluteUri);
        builder.UseSetting("Media:S3:Bucket", bucket.Bucket);
        builder.UseSetting("Media:S3:Key", bucket.Key);
        builder.UseSetting("Media:S3:Secret", bucket.Secret);
        if (publicUrl is not null) builder.UseSetting("Media:PublicUrl", publicUrl);
    }
}
