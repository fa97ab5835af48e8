using NewsHub.Core.Staff;

namespace NewsHub.Core.Tests.Staff;

public sealed class PasswordRulesTests
{
    private static string? Fault(string password) =>
        PasswordRules.Fault(password, "Ada Obi-Wells", "ada.wells@harbourpost.example", "The Harbour Post");

    [Theory]
    [InlineData("plain lantern over brackish water")]
    [InlineData("purple elephant coffee monday")]
    [InlineData("nnrvqkxwtzph")]
    [InlineData("Ünter dem Mond, ja")]
    [InlineData("839274650192736")]
    [InlineData("harbour lights make poor company")]
    public void A_long_password_of_any_composition_will_do(string password) => Assert.Null(Fault(password));

    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2024!!")]
    [InlineData("passwordpassword")]
    [InlineData("password20251201")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("poiuytrewq12")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("abcdefghijkl")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("ababababababab")]
    [InlineData("welcome admin 123")]
    [InlineData("correct horse battery staple")]
    [InlineData("Letmein!Letmein!")]
    public void What_everybody_tries_first_is_refused(string password) =>
        Assert.Contains("too common", Fault(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("HarbourPost2026!")]
    [InlineData("theharbourpost")]
    [InlineData("newshub-newshub")]
    public void The_paper_s_name_is_no_password(string password) =>
        Assert.Contains("paper’s name", Fault(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("AdaObiWells1999")]
    [InlineData("ada.wells@harbourpost.example")]
    [InlineData("wellswellswells")]
    public void One_s_own_name_or_address_is_no_password(string password) =>
        Assert.Contains("Leave ", Fault(password), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "at least 12")]
    [InlineData("elevenchars", "this has 11")]
    [InlineData("             ", "only spaces")]
    public void Too_short_or_empty_is_said_so(string password, string sentence) =>
        Assert.Contains(sentence, Fault(password), StringComparison.Ordinal);

    [Fact]
    public void A_hundred_and_twenty_eight_characters_are_taken_and_one_more_is_not()
    {
        var long_ = string.Concat(Enumerable.Range(0, 128).Select(i => (char)('a' + i * 7 % 26)));
        Assert.Null(Fault(long_));
        Assert.Contains("Use 128", Fault(long_ + "x"), StringComparison.Ordinal);
    }
}
