using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>
/// Takes a picture off the server for good, or only the files that once stood in its place. Says what will happen and asks once.
/// </summary>
[RequiresAct(Act.RemovePicture), RequiresRecentSignIn]
public sealed class RemoveModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    [StringLength(TextLimits.Note, ErrorMessage = "Use {1} characters at most.")]
    public string? Reason { get; set; }

    /// <summary>Only the files that once stood in the picture's place.</summary>
    [BindProperty]
    public bool OnlyEarlier { get; set; }

    public Picture Picture { get; private set; } = null!;
    public IReadOnlyList<PicturePlace> Places { get; private set; } = [];
    public Removal All { get; private set; } = null!;
    public Removal Earlier { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        var reason = TypedText.Line(Reason);
        if (string.IsNullOrEmpty(reason))
            ModelState.AddModelError(nameof(Reason), "Enter a reason. Anyone who uploads the same file again will see it.");
        if (!ModelState.IsValid) return Redisplay();
        return await TryAsync(async () =>
        {
            await Db.RemovePictureAsync(pictureProcessor, Picture, OnlyEarlier, reason!, Me.Actor, Room.Now, cancel);
            Flash = OnlyEarlier
                ? "The earlier files are removed from the server."
                : $"{Picture.File} is removed from the server. No page shows it any more.";
            return Redirect(OnlyEarlier ? $"/admin/media/{Id}" : "/admin/media/removed");
        });
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await Db.Pictures.FirstOrDefaultAsync(p => p.Id == Id, cancel) is not { } picture) return false;
        Picture = picture;
        Places = await Db.PlacesOfAsync(picture, cancel);
        All = await Db.RemovalOfAsync(pictureProcessor, picture, onlyEarlier: false, cancel);
        Earlier = await Db.RemovalOfAsync(pictureProcessor, picture, onlyEarlier: true, cancel);
        return true;
    }
}
