using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editions;
using NewsHub.Core.Reading;
using NewsHub.Core.Staff;
using NewsHub.Web.PageCache;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>An edition's front as readers will see it, in the paper's own look.</summary>
[AsPrinted]
[RequiresAct(Act.ComposeEdition)]
public sealed class ProofModel(Newsroom room) : EditionPage(room)
{
    public FrontView Front { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Front = Proof.Front(Edition, await Db.FrontOfAsync(Edition, cancel), Room.Snapshot, Room.Now, id => $"/admin/stories/{id}");
        return Page();
    }
}
