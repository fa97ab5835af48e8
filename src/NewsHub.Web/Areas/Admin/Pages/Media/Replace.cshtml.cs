using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>Another file in a picture's place: its name stays, and every story that prints it prints the new one.</summary>
[RequiresAct(Act.Read), Uploads]
[BodyLimit(UploadsAttribute.MostBytes)]
public sealed class ReplaceModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public Picture Picture { get; private set; } = null!;
    public IReadOnlyList<PicturePlace> Places { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } refused) return refused;
        if (file is null or { Length: 0 }) return Redisplay("Choose a picture first.", "file");
        var remarks = new List<string>();
        try
        {
            await pictureProcessor.InTurnAsync(async () =>
            {
                await Db.ReplacePictureAsync(
                    pictureProcessor, Picture, await UploadModel.ReadAsync(file, cancel), Me.Actor, Room.Now, remarks, cancel);
                return true;
            }, cancel);
        }
        catch (InvalidPictureException e)
        {
            return Redisplay($"{file.FileName} {e.Message}.", "file");
        }
        Flash = $"Replaced. Check that the alt text, credit and focal point are still right. {string.Join(' ', remarks)}"
            .TrimEnd();
        return Redirect($"/admin/media/{Id}");
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken cancel)
    {
        if (await Db.Pictures.FirstOrDefaultAsync(p => p.Id == Id, cancel) is not { } picture) return NotFound();
        Picture = picture;
        Places = await Db.PlacesOfAsync(picture, cancel);
        return Me.May(Act.ChangePicture, picture, Places.Any(p => p.IsSettled)) ? null : Forbidden();
    }
}
