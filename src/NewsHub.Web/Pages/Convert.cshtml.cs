using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Pages;

/// <summary>The converter's answer, for whoever has no script. Anybody may ask for any amount: it is kept nowhere.</summary>
public sealed class ConvertModel(PublishedNews news) : PageModel
{
    public Conversion Conversion { get; private set; } = null!;

    public IActionResult OnGet(string? amount, string? from, string? to)
    {
        HttpContext.NeverKeep();
        var words = Texts.Now;
        var board = news.Snapshot.Rates;
        if (Request.Query.Count == 0 && board.Lines.Count > 0)
        {
            Conversion = new Conversion(board, null, board.Base, board.Lines[^1].Quote);
            return Page();
        }
        (from, to) = (from?.ToUpperInvariant(), to?.ToUpperInvariant());
        var problem = board.Lines.Count == 0 ? words["converter.no-rates"]
            : !board.Knows(from ?? "") ? words.Say("converter.no-currency", ("code", from ?? ""))
            : !board.Knows(to ?? "") ? words.Say("converter.no-currency", ("code", to ?? ""))
            : !Currency.TryReadAmount(amount, out _) ? words.Say("converter.no-amount", ("amount", amount ?? ""))
            : null;
        Conversion = new Conversion(board, amount ?? "", from, to, problem);
        if (problem is not null && board.Lines.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
