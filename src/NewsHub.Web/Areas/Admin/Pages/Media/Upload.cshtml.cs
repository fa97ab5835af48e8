using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>
/// Takes pictures in: several from a form, one at a time from a script, which gets <c>{file, ready, editAddress, said}</c> or a problem
/// with the reason. The media page and the story editor both send here.
/// </summary>
[RequiresAct(Act.AddPicture), Uploads]
[BodyLimit(UploadsAttribute.MostBytes)]
public sealed class UploadModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    public List<Picture> TakenIn { get; } = [];

    /// <summary>What is to be known of those that were taken in; of several each begins with its name.</summary>
    public List<string> Remarks { get; } = [];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(List<IFormFile> file, CancellationToken cancel)
    {
        var asScript = UploadsAttribute.AsksAsScript(Request);
        if (file.Count == 0 || file.All(f => f.Length == 0)) return Refuse("Choose a picture first.", asScript);
        if (asScript && file.Count > 1) return Refuse("Upload one file at a time.", asScript);
        foreach (var one in file)
        {
            var remarks = new List<string>();
            try
            {
                TakenIn.Add(await pictureProcessor.InTurnAsync(async () =>
                {
                    var bytes = await ReadAsync(one, cancel);
                    return (asScript ? null : await JustTakenInAsync(one.FileName, bytes, cancel))
                        ?? await Db.TakeInAsync(pictureProcessor, one.FileName, bytes, Me.Actor, Room.Now, remarks, cancel);
                }, cancel));
                if (asScript) Remarks.AddRange(remarks);
                else if (remarks.Count > 0)
                    Remarks.Add(file.Count == 1 ? string.Join(' ', remarks) : $"{one.FileName}: {string.Join(' ', remarks)}");
            }
            catch (InvalidPictureException e)
            {
                ModelState.AddModelError("file", $"{one.FileName} {e.Message}.");
                if (asScript)
                    return UploadsAttribute.Problem(HttpContext, StatusCodes.Status422UnprocessableEntity, $"{one.FileName} {e.Message}.");
            }
        }
        if (asScript)
            return new JsonResult(
                new { file = TakenIn[0].File, ready = TakenIn[0].IsReady, editAddress = $"/admin/media/{TakenIn[0].Id}", said = Remarks });
        if (!ModelState.IsValid) return Redisplay();
        Flash = TakenIn.Count == 1
            ? $"{TakenIn[0].File} is in the library. Add alt text and a credit."
            : $"{TakenIn.Count} pictures are in the library. Add alt text to each, and a credit where the file has none.";
        if (Remarks.Count > 0) Flash += " " + string.Join(' ', Remarks);
        return Redirect(TakenIn.Count == 1
            ? $"/admin/media/{TakenIn[0].Id}"
            : $"/admin/media/describe?{string.Join('&', TakenIn.Select(p => $"picture={p.Id}"))}");
    }

    /// <summary>What is too large is told apart by its length, and not read at all.</summary>
    internal static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > PictureProcessor.MaxBytes)
            throw new InvalidPictureException($"is larger than {PictureProcessor.MaxBytes / 1024 / 1024} MB");
        var bytes = new byte[file.Length];
        await using var from = file.OpenReadStream();
        await from.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    /// <summary>A second press of the form: the picture that the first one brought a moment ago.</summary>
    private async Task<Picture?> JustTakenInAsync(string fileName, byte[] bytes, CancellationToken cancel)
    {
        var (hash, me, since) = (Convert.ToHexStringLower(SHA256.HashData(bytes)), Me.Name, Room.Now.AddMinutes(-1));
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var brought = await Db.Pictures
            .AsNoTracking()
            .Where(p => p.Hash == hash && p.AddedBy == me && p.AddedAt > since && p.RetiredAt == null)
            .OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancel);
        return brought?.File.StartsWith(stem, StringComparison.OrdinalIgnoreCase) is true ? brought : null;
    }

    private IActionResult Refuse(string why, bool asScript) =>
        asScript ? UploadsAttribute.Problem(HttpContext, StatusCodes.Status400BadRequest, why) : Redisplay(why, "file");
}
