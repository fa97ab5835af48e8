using NewsHub.Core.Rates;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages.Shared;

/// <summary>What stands in the converter.</summary>
/// <param name="Amount">As it was typed; null before anything was.</param>
/// <param name="Problem">What is wrong with it, in a sentence.</param>
public sealed record Conversion(RateBoard Board, string? Amount, string? From, string? To, string? Problem = null)
{
    /// <summary>“USD 50.00 is NGN 76,519.07”; null where nothing was asked, or nothing that can be answered.</summary>
    public string? Answer => Problem is null
        && Currency.TryReadAmount(Amount ?? "1", out var amount)
        && From is not null
        && To is not null
        && Board.Cross(From, To) is { } rate
        ? Texts.Now.Say("converter.answer", ("from", Currency.Amount(amount, From, asWritten: true)),
            ("to", Currency.Amount(amount * rate, To))) : null;

    public IEnumerable<string> Codes => Board.Lines.Select(l => l.Quote).Prepend(Board.Base);
}
