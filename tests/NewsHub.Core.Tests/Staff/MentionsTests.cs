using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Core.Tests.Staff;

public sealed class MentionsTests
{
    private static readonly StaffMember[] Staff =
    [
        .. new[] { "Ada Obi", "Ada Obinna", "Ben Ford", "Zoë", "朴 지민" }
            .Select((name, i) => new StaffMember($"{i}@example.org", name, Role.Editor, DateTimeOffset.UnixEpoch)),
    ];

    [Theory]
    [InlineData("@Ben Ford, who says so?", "Ben Ford")]
    [InlineData("@ben", "Ben Ford")]
    [InlineData("Ask (@BEN FORD).", "Ben Ford")]
    [InlineData("@Ada Obinna and not the other", "Ada Obinna")]
    [InlineData("@Ada Obi and not the other", "Ada Obi")]
    [InlineData("@Zoë @朴 지민 @Zoë", "Zoë, 朴 지민")]
    // A first name of two, a word that only begins like a name, an address of mail, a sign alone.
    [InlineData("@Ada", "")]
    [InlineData("@Benjamin", "")]
    [InlineData("write to desk@ben ford", "")]
    [InlineData("@", "")]
    [InlineData("Ben Ford", "")]
    public void A_name_behind_an_at_sign_calls_who_has_it(string text, string called) =>
        Assert.Equal(called, string.Join(", ", Mentions.In(text, Staff).Select(m => m.Name)));
}
