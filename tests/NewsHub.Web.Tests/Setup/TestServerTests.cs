using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsHub.Core.Events;
using NewsHub.Web.Assets;
using NewsHub.Web.PageCache;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Tests.Setup;

public sealed class TestServerTests
{
    [Fact]
    public async Task The_fast_path_is_the_same_on_the_in_memory_server_of_page_tests()
    {
        var renders = new Counted();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.AddSettings();
        builder.AddNewsSecurity().AddAssets().AddPageCache();
        await using var app = builder.Build();
        app.UseNewsSecurity().UseAssets().UsePageCache();
        app.UseRouting();
        app.MapGet("/page", (HttpContext context) =>
        {
            renders.One();
            context.CachePage([Topic.Story(new StoryId(1))]);
            return Results.Text(PressRoom.LongText, "text/html", Encoding.UTF8);
        });
        app.UseEndpoints(_ => { });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = app.GetTestClient();
        for (var i = 0; i < 2; i++)
            Assert.Equal(
                PressRoom.LongText, await client.GetStringAsync(new Uri("/page", UriKind.Relative), TestContext.Current.CancellationToken));
        using var asked = new HttpRequestMessage(HttpMethod.Head, "/page");
        using var head = await client.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal("", await head.TextAsync());
        Assert.Equal("DENY", head.Header("X-Frame-Options"));
        Assert.Equal((1, 1), (renders.Count, app.Services.GetRequiredService<PageCacheStore>().Count));
    }
}
