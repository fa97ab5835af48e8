using System.Globalization;

namespace NewsHub.Web.Options;

internal sealed class WholeNumberAttribute(int least, int most) : RuleAttribute
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public override string? Wrong(string value) =>
        int.TryParse(value, Styles, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null : FormattableString.Invariant($"it can be a whole number from {least} to {most}.");
}
