using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>What was removed from the server, and is not taken in again unless an administrator lifts that.</summary>
[RequiresAct(Act.RemovePicture), RequiresRecentSignIn]
public sealed class RemovedModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    public IReadOnlyList<RemovedFile> Files { get; private set; } = [];
    public bool MayLift => Me.May(Act.LiftRemoval);

    public async Task OnGetAsync(CancellationToken cancel) => Files = await pictureProcessor.RemovedAsync(cancel);

    public async Task<IActionResult> OnPostLiftAsync(string? hash, CancellationToken cancel)
    {
        if (!MayLift) return Forbidden();
        Files = await pictureProcessor.RemovedAsync(cancel);
        // A second press finds it done.
        if (Files.FirstOrDefault(f => f.Hash == hash) is { } file)
        {
            Room.Note(
                Act.LiftRemoval, EventSubject.Picture(file.File), $"It was removed by {file.By}: {file.Reason}", before: file.Hash[..12]);
            await Db.SaveChangesAsync(cancel);
            await pictureProcessor.LiftAsync(file.Hash, cancel);
            Flash = $"{file.File} can be uploaded again. The deleted file itself is not restored.";
        }
        return Redirect("/admin/media/removed");
    }
}
