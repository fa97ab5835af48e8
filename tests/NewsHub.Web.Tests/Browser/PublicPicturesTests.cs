using NewsHub.Core.Tests.Media;
using NewsHub.Web.Tests.Endpoints;

namespace NewsHub.Web.Tests.Browser;

/// <summary>Pictures that a browser gets straight from an object store, which says nothing of whose pages may show them.</summary>
[Collection<ReaderInBrowser>]
public sealed class PublicPicturesTests(BrowserRoom room)
{
    [BrowserFact]
    public async Task A_browser_shows_a_picture_that_our_address_leads_to_elsewhere()
    {
        var swift = await SwiftServer.GetAsync();
        var bucket = await swift.BucketAsync(isPublic: true);
        await using var app = new PaperInBucket(bucket, swift.PublicAddressOf(bucket));
        app.UseKestrel(0);
        app.StartServer();
        var address = app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        // Whoever comes first has the pictures made, the next reader is led to where they are.
        foreach (var isMade in new[] { false, true })
        {
            await using var window = await room.OpenAsync(address: address);
            var fromThere = new List<string>();
            window.Page.Response += (_, answer) =>
            {
                if (answer.Ok && answer.Url.StartsWith(swift.PublicAddressOf(bucket), StringComparison.Ordinal)) fromThere.Add(answer.Url);
            };
            await window.GoAsync(SamplePaper.LeadStory);
            await window.UntilAsync("async () => document.querySelector('.lead-shot img').naturalWidth > 300");
            Assert.Equal(isMade, fromThere.Exists(url => url.Contains("/renditions/", StringComparison.Ordinal)));
            Assert.Empty(window.Complaints);
        }
    }
}
