using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Web.Tests.Setup;

/// <summary>What is answered when the program itself fails.</summary>
public sealed class ErrorPagesTests
{
    [Theory]
    [InlineData("Production", "E-News", "StaticPages")]
    [InlineData("Development", "StaticPages", "<nav")]
    public async Task Readers_get_a_page_of_the_paper_and_developers_what_failed(string environment, string said, string unsaid)
    {
        await using var app = new InEnvironment(environment);
        await app.FromElsewhereAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "StaticPages" RENAME TO "Elsewhere";"""));
        var answer = await app.GetAsync("/about");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, answer.Text, StringComparison.Ordinal);
        // Also then no script or frame of anybody's.
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    private sealed class InEnvironment(string environment) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment(environment);
            builder.UseSetting("Logging:Level", "Fatal");
        }
    }
}
