using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Media;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>
/// Takes pictures in: several from a form, one at a time from a script, which gets <c>{file, ready, editAddress}</c> or a problem with
/// the reason. The media page and the story editor both send here.
/// </summary>
[Needs(Act.AddPicture), Uploads]
public sealed class UploadModel(Newsroom room, Darkroom darkroom) : NewsroomPage(room)
{
    public List<Picture> TakenIn { get; } = [];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(List<IFormFile> file, CancellationToken cancel)
    {
        var asScript = UploadsAttribute.AsksAsScript(Request);
        if (file.Count == 0 || file.All(f => f.Length == 0)) return Refuse("Choose a picture first.", asScript);
        if (asScript && file.Count > 1) return Refuse("Send one file at a time, so that each gets its answer.", asScript);
        foreach (var one in file)
        {
            try
            {
                TakenIn.Add(await Db.TakeInAsync(darkroom, one.FileName, await ReadAsync(one, cancel), Me.Actor, Room.Now, cancel));
            }
            catch (InvalidPictureException e)
            {
                ModelState.AddModelError("file", $"{one.FileName} {e.Message}.");
                if (asScript) return UploadsAttribute.Problem(HttpContext, StatusCodes.Status422UnprocessableEntity, $"{one.FileName} {e.Message}.");
            }
        }
        if (asScript) return new JsonResult(new { file = TakenIn[0].File, ready = TakenIn[0].IsReady, editAddress = $"/admin/media/{TakenIn[0].Id}" });
        if (!ModelState.IsValid) return Again();
        Said = TakenIn.Count == 1 ? $"{TakenIn[0].File} is in the library. Say what it shows and whose it is." : $"{TakenIn.Count} pictures are in the library. Each still needs its alt text, and a credit where its file names none.";
        return Redirect(TakenIn.Count == 1 ? $"/admin/media/{TakenIn[0].Id}" : "/admin/media?show=lacking");
    }

    /// <summary>What is too large is told apart by its length, and not read at all.</summary>
    internal static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > Darkroom.MaxBytes) throw new InvalidPictureException($"is larger than {Darkroom.MaxBytes / 1024 / 1024} MB");
        var bytes = new byte[file.Length];
        await using var from = file.OpenReadStream();
        await from.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private IActionResult Refuse(string why, bool asScript) =>
        asScript ? UploadsAttribute.Problem(HttpContext, StatusCodes.Status400BadRequest, why) : Again(why, "file");
}
