using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>An edition's front as readers will see it, in the paper's own look.</summary>
[InPaperLanguage]
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
