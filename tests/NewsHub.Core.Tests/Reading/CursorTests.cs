using NewsHub.Core.Reading;

namespace NewsHub.Core.Tests.Reading;

public sealed class CursorTests
{
    [Fact]
    public void What_was_written_is_read_back()
    {
        foreach (var cursor in new[]
        {
            new Cursor(Copy.Noon, 1), new Cursor(Copy.Noon.AddTicks(1), long.MaxValue), new Cursor(DateTimeOffset.MinValue, 0),
            new Cursor(DateTimeOffset.MaxValue, 5),
        })
        {
            Assert.True(Cursor.TryParse(cursor.ToString(), out var read));
            Assert.Equal(cursor, read);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("01-2")]
    [InlineData("1-02")]
    [InlineData("1 -2")]
    [InlineData(" 1-2")]
    [InlineData("1-2\n")]
    [InlineData("A-2")]
    [InlineData("0x1-2")]
    [InlineData("+1-2")]
    [InlineData("1--2")]
    [InlineData("g-2")]
    [InlineData("7fffffffffffffff-1")]
    [InlineData("ffffffffffffffff-1")]
    [InlineData("1-ffffffffffffffff")]
    [InlineData("11111111111111111-1")]
    [InlineData("1' OR 1=1-2")]
    [InlineData("1−2")]
    [InlineData("١-٢")]
    public void Nothing_else_is(string? text) => Assert.False(Cursor.TryParse(text, out _));
}
