using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>One picture: what it shows, whose it is, what must stay in a crop, and where it is printed.</summary>
[RequiresAct(Act.Read)]
public sealed class PictureModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public Fields Typed { get; set; } = new();

    public Picture Picture { get; private set; } = null!;
    public IReadOnlyList<PicturePlace> Places { get; private set; } = [];

    /// <summary>What the file itself says: it travels in every rendition.</summary>
    public PhotoMetadata Metadata { get; private set; } = PhotoMetadata.Blank;

    /// <summary>Another picture of the very same bytes.</summary>
    public Picture? Twin { get; private set; }
    internal IReadOnlyList<(string Name, string Label, int? Value, int Most)> CropFields =>
    [
        ("Typed.CropLeft", "From the left", Typed.CropLeft, Picture.OriginalWidth),
        ("Typed.CropTop", "From the top", Typed.CropTop, Picture.OriginalHeight),
        ("Typed.CropWidth", "Width", Typed.CropWidth, Picture.OriginalWidth),
        ("Typed.CropHeight", "Height", Typed.CropHeight, Picture.OriginalHeight),
    ];

    public bool MayChange => Me.May(Act.ChangePicture, Picture, Places.Any(p => p.IsSettled));
    public bool MayRemove => Me.May(Act.RemovePicture);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Typed = Fields.Of(Picture);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!MayChange) return Forbidden();
        var (alt, credit) = (Line(Typed.Alt), Line(Typed.Credit));
        if (alt is null) ModelState.AddModelError("Typed.Alt", "Enter alt text: what the picture shows, for readers who cannot see it.");
        if (credit is null) ModelState.AddModelError("Typed.Credit", "Enter a credit: a picture cannot be published without one.");
        var area = Typed.Area(Picture.Area);
        if (Typed.Key is { } key && key != Picture.Key)
        {
            Typed.TakeCropOf(Picture);
            area = Picture.Area;
            ModelState.AddModelError("Typed.CropLeft",
                "Someone has changed the file, its crop or its focal point since you opened this page. They stand here as they are now: "
                + "check them, then save.");
        }
        if (!area.IsWithin(Picture.OriginalWidth, Picture.OriginalHeight))
        {
            ModelState.AddModelError("Typed.CropLeft", string.Create(CultureInfo.InvariantCulture,
                $"The crop must lie within the {Picture.OriginalWidth} × {Picture.OriginalHeight} pixels of the file, ")
                + $"and be {CropArea.Least} × {CropArea.Least} at least.");
        }
        if (!ModelState.IsValid) return Redisplay();
        return await TryAsync(async () =>
        {
            // The form names the focal point from the edges of what is printed until now.
            var (x, y) = (Place(Typed.FocusX, Picture.FocusX), Place(Typed.FocusY, Picture.FocusY));
            if (area != Picture.Area) (x, y) = area.PointFrom(Picture.Area, x, y);
            var said = new PictureDescription(
                alt!, Line(Typed.Caption), credit!, Line(Typed.Licence), Line(Typed.Source), x, y, area);
            await Db.DescribePictureAsync(pictureProcessor, Picture, said, Me.Actor, Room.Now, cancel);
            Flash = Places.Any(p => p.IsLive) ? "Saved. Readers see it now in the stories that use it." : "Saved.";
            return Redirect($"/admin/media/{Id}");
        });
    }

    /// <summary>All of the file, whatever part of it is printed: what the crop is chosen on.</summary>
    public async Task<IActionResult> OnGetWholeAsync(CancellationToken cancel)
    {
        if (await Db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Id == Id && p.Hash != "", cancel) is not { } picture)
            return NotFound();
        try
        {
            if (await pictureProcessor.RenderWholeAsync(picture, $"staff {Me.Name}", cancel) is { } bytes) return File(bytes, "image/webp");
            return NotFound();
        }
        catch (QueueFullException full)
        {
            Response.Headers.RetryAfter = Math.Ceiling(full.RetryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Takes it out of use, or back into it.</summary>
    public async Task<IActionResult> OnPostRetireAsync(bool back, CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!MayChange) return Forbidden();
        await Db.RetirePictureAsync(Picture, !back, Me.Actor, Room.Now, cancel);
        Flash = back
            ? "Restored. The picture can be used again."
            : "Archived. Stories that use it keep it; it is no longer offered to others.";
        return Redirect($"/admin/media/{Id}");
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Pictures.FirstOrDefaultAsync(p => p.Id == Id, cancel) is not { } picture) return false;
        Picture = picture;
        Places = await Db.PlacesOfAsync(picture, cancel);
        Twin = await Db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Hash == picture.Hash && p.Hash != "" && p.Id != Id, cancel);
        Metadata = await pictureProcessor.ReadMetadataAsync(picture, cancel);
        return true;
    }

    private static string? Line(string? typed) => TypedText.Line(typed);

    /// <summary>Percent as a part of one; the finer number that stands there is kept where it comes to the same.</summary>
    private static double Place(int percent, double now) => (int)Math.Round(now * 100) == percent ? now : percent / 100.0;

    public sealed class Fields
    {
        [StringLength(TextLimits.PictureAlt, ErrorMessage = "Use 1,000 characters at most.")]
        public string? Alt { get; set; }

        [StringLength(TextLimits.PictureCaption, ErrorMessage = "Use 2,000 characters at most.")]
        public string? Caption { get; set; }

        [StringLength(TextLimits.PictureCredit, ErrorMessage = "Use 200 characters at most.")]
        public string? Credit { get; set; }

        [StringLength(TextLimits.PictureLicence, ErrorMessage = "Use 80 characters at most.")]
        public string? Licence { get; set; }

        [StringLength(TextLimits.PictureSource, ErrorMessage = "Use 300 characters at most.")]
        public string? Source { get; set; }

        /// <summary>Percent from the left edge.</summary>
        [Range(0, 100, ErrorMessage = "Enter a number from 0 to 100.")]
        public int FocusX { get; set; } = 50;

        /// <summary>Percent from the top edge.</summary>
        [Range(0, 100, ErrorMessage = "Enter a number from 0 to 100.")]
        public int FocusY { get; set; } = 50;

        /// <summary>The picture's key when the form was made: what is typed of crop and focal point is about that picture.</summary>
        public string? Key { get; set; }

        /// <summary>Pixels of the file from its left edge; null where the form said nothing of the crop.</summary>
        public int? CropLeft { get; set; }

        public int? CropTop { get; set; }

        public int? CropWidth { get; set; }

        public int? CropHeight { get; set; }

        /// <param name="now">What is printed now.</param>
        internal CropArea Area(CropArea now) =>
            new(CropLeft ?? now.Left, CropTop ?? now.Top, CropWidth ?? now.Width, CropHeight ?? now.Height);

        internal static Fields Of(Picture picture)
        {
            var fields = new Fields
            {
                Alt = picture.Alt,
                Caption = picture.Caption,
                Credit = picture.Credit,
                Licence = picture.Licence,
                Source = picture.Source,
            };
            fields.TakeCropOf(picture);
            return fields;
        }

        internal void TakeCropOf(Picture picture)
        {
            Key = picture.Key;
            (FocusX, FocusY) = ((int)Math.Round(picture.FocusX * 100), (int)Math.Round(picture.FocusY * 100));
            (CropLeft, CropTop, CropWidth, CropHeight) = (picture.Left, picture.Top, picture.Width, picture.Height);
        }
    }
}
