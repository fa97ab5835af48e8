using NewsHub.Core.Staff;

namespace NewsHub.Core.Tests.Staff;

public sealed class TotpTests
{
    /// <summary>RFC 6238, appendix B, the last six of its eight digits; the key is '12345678901234567890'.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_digits_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.At("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", second / 30));
}
