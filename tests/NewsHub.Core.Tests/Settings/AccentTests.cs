using NewsHub.Core.Settings;

namespace NewsHub.Core.Tests.Settings;

public sealed class AccentTests
{
    [Theory]
    [InlineData("#b4121b", true)]
    [InlineData("#B4121B", false)]
    [InlineData("b4121b0", false)]
    [InlineData("#b412", false)]
    [InlineData("#b4121g", false)]
    [InlineData(null, false)]
    public void A_colour_is_a_hash_and_six_small_hexadecimal_digits(string? text, bool isOne) =>
        Assert.Equal(isOne, Accent.IsColour(text));

    [Fact]
    public void The_contrast_is_that_of_the_web_content_guidelines_with_the_worse_of_two_papers()
    {
        // Black on #f4f0e7 and white on #1c1a18, worked out by the formula of WCAG.
        Assert.Equal(18.43, Accent.OnLight("#000000"), 0.1);
        Assert.Equal(17.3, Accent.OnDark("#ffffff"), 0.1);
        Assert.True(Accent.OnLight(Accent.Usual) >= Accent.Enough && Accent.OnDark(Accent.UsualInTheDark) >= Accent.Enough);
    }

    [Theory]
    [InlineData("#f5c400")]
    [InlineData("#ffffff")]
    [InlineData("#00ff00")]
    [InlineData("#7f7f7f")]
    [InlineData("#ff8fd0")]
    public void What_cannot_be_read_on_light_paper_is_darkened_by_as_little_as_will_do(string pale)
    {
        Assert.True(Accent.OnLight(pale) < Accent.Enough);
        var nearest = Accent.ForLight(pale);
        Assert.InRange(Accent.OnLight(nearest), Accent.Enough, Accent.Enough + 0.25);
        Assert.Equal(nearest, Accent.ForLight(nearest));
    }

    [Theory]
    [InlineData("#1a4f8b")]
    [InlineData("#000000")]
    [InlineData("#0000ff")]
    [InlineData("#1b6e3c")]
    public void What_is_for_light_paper_gets_a_lighter_partner_for_the_dark(string deep)
    {
        var partner = Accent.ForDark(deep);
        Assert.NotEqual(deep, partner);
        Assert.InRange(Accent.OnDark(partner), Accent.Enough, Accent.Enough + 0.35);
    }

    [Fact]
    public void A_colour_that_reads_on_both_is_left_as_it_is_and_the_usual_one_has_its_own_partner()
    {
        Assert.Equal("#1a4f8b", Accent.ForLight("#1a4f8b"));
        Assert.Equal("#e0a0a0", Accent.ForDark("#e0a0a0"));
        Assert.Equal(Accent.UsualInTheDark, Accent.ForDark(Accent.Usual));
    }
}
