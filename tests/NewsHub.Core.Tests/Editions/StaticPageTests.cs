using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Tests.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Editions;

public sealed class StaticPageTests
{
    [Theory]
    [InlineData("about", true)]
    [InlineData("colophon", true)]
    [InlineData("code-of-conduct", true)]
    [InlineData("search", false)]
    [InlineData("admin", false)]
    [InlineData("opinion", false)]
    public void A_page_stands_at_any_address_that_is_not_one_of_the_papers_own(string slug, bool may)
    {
        if (may) Assert.Equal(slug, new StaticPage(Slug.Parse(slug)).Slug.Value);
        else Assert.Throws<RefusedException>(() => new StaticPage(Slug.Parse(slug)));
    }

    [Fact]
    public void A_page_that_moves_takes_everything_along_and_all_its_old_addresses_lead_to_it()
    {
        var page = new StaticPage(Slug.Parse("about"));
        page.Write("About", "Who we are.", "We.", Copy.Render("We."));
        page.Place(3, outsideFooter: true);
        page.Changed(Copy.Editor, Copy.Noon);
        var moved = page.At(Slug.Parse("who-we-are")).At(Slug.Parse("us"));
        Assert.Equal(("us", "About", "Who we are.", "We.", page.BodyHtml), (
            moved.Slug.Value, moved.Title, moved.Description, moved.Body, moved.BodyHtml));
        Assert.Equal((3, true, Copy.Noon, 1), (moved.Position, moved.OutsideFooter, moved.ChangedAt, moved.Version));
        Assert.Equal(["about", "who-we-are"], moved.FormerSlugs);
        // Back where it was, it does not lead to itself.
        Assert.Equal(["who-we-are", "us"], moved.At(Slug.Parse("about")).FormerSlugs);
    }
}
