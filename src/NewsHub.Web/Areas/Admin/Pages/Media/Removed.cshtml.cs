using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Media;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Door;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>What was removed from the server, and is not taken in again unless an administrator lifts that.</summary>
[Needs(Act.RemovePicture), Proven]
public sealed class RemovedModel(Newsroom room, Darkroom darkroom) : NewsroomPage(room)
{
    public IReadOnlyList<RemovedFile> Files { get; private set; } = [];
    public bool MayLift => Me.May(Act.LiftRemoval);

    public async Task OnGetAsync(CancellationToken cancel) => Files = await darkroom.RemovedAsync(cancel);

    public async Task<IActionResult> OnPostLiftAsync(string? hash, CancellationToken cancel)
    {
        if (!MayLift) return NotYours();
        Files = await darkroom.RemovedAsync(cancel);
        // A second press finds it done.
        if (Files.FirstOrDefault(f => f.Hash == hash) is { } file)
        {
            Room.Note(Act.LiftRemoval, $"picture:{file.File}", $"It was removed by {file.By}: {file.Reason}", before: file.Hash[..12]);
            await Db.SaveChangesAsync(cancel);
            await darkroom.LiftAsync(file.Hash, cancel);
            Said = $"{file.File} may be taken in again. It is not brought back by this.";
        }
        return Redirect("/admin/media/removed");
    }
}
