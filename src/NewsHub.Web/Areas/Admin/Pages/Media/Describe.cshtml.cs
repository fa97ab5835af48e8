using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>A contact sheet: many pictures described at once, with one credit for all that have none. What is still lacking may be left for
/// later.</summary>
[RequiresAct(Act.AddPicture)]
public sealed class DescribeModel(Newsroom room, PictureProcessor pictureProcessor) : NewsroomPage(room)
{
    /// <summary>As many as a sheet holds.</summary>
    public const int Most = 60;

    /// <summary>Numbers of the pictures; none for the newest that lack something.</summary>
    [BindProperty(SupportsGet = true, Name = "picture")]
    public IList<long> Asked { get; set; } = [];

    [BindProperty]
    public string? CreditForAll { get; set; }

    [BindProperty]
    public IList<Row> Rows { get; set; } = [];

    /// <summary>The pictures of the sheet, by their number.</summary>
    public IReadOnlyDictionary<long, Picture> Pictures { get; private set; } = new Dictionary<long, Picture>();

    /// <summary>A picture's fields: as they are typed, and as they were shown. What was not changed here is not saved, so that nothing of a
    /// colleague's is undone.</summary>
    public sealed class Row
    {
        public long Id { get; set; }
        public string? Alt { get; set; }
        public string? AltWas { get; set; }
        public string? Credit { get; set; }
        public string? CreditWas { get; set; }
        public string? Caption { get; set; }
        public string? CaptionWas { get; set; }
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var wanted = Asked.Take(Most).ToList();
        var pictures = Db.Pictures.AsNoTracking().Where(p => p.Hash != "");
        pictures = wanted.Count > 0
            ? pictures.Where(p => wanted.Contains(p.Id)).OrderBy(p => p.Id)
            : pictures.Where(p => p.RetiredAt == null && (p.Alt == "" || p.Credit == "")).OrderByDescending(p => p.Id);
        var found = await MineAsync(await pictures.Take(Most).ToListAsync(cancel), cancel);
        Pictures = found.ToDictionary(p => p.Id);
        Rows = [.. found.Select(p => new Row
        {
            Id = p.Id,
            Alt = p.Alt,
            AltWas = p.Alt,
            Credit = p.Credit,
            CreditWas = p.Credit,
            Caption = p.Caption,
            CaptionWas = p.Caption,
        })];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Rows.Count > Most) return BadRequest();
        var wanted = Rows.Select(r => r.Id).ToList();
        var found = await MineAsync(await Db.Pictures.Where(p => wanted.Contains(p.Id) && p.Hash != "").ToListAsync(cancel), cancel);
        Pictures = found.ToDictionary(p => p.Id);
        Check(nameof(CreditForAll), CreditForAll, TextLimits.PictureCredit);
        foreach (var (row, i) in Rows.Select((r, i) => (r, i)))
        {
            Check($"Rows[{i}].Alt", row.Alt, TextLimits.PictureAlt);
            Check($"Rows[{i}].Credit", row.Credit, TextLimits.PictureCredit);
            Check($"Rows[{i}].Caption", row.Caption, TextLimits.PictureCaption);
        }
        if (!ModelState.IsValid) return Redisplay();
        foreach (var (row, i) in Rows.Select((r, i) => (r, i)).Where(r => Pictures.ContainsKey(r.r.Id)))
        {
            try
            {
                await DescribeAsync(Pictures[row.Id], row, cancel);
            }
            catch (RefusedException refused)
            {
                ModelState.AddModelError($"Rows[{i}].Alt", refused.Message);
            }
        }
        if (!ModelState.IsValid) return Redisplay();
        var lacking = Pictures.Values.Count(p => !p.IsReady);
        Flash = lacking == 0 ? "Saved. All are ready to use." : $"Saved. {lacking} still lack alt text or a credit.";
        return Redirect("/admin/media");
    }

    private Task DescribeAsync(Picture picture, Row row, CancellationToken cancel)
    {
        var alt = Changed(row.Alt, row.AltWas, picture.Alt) ?? "";
        var caption = Changed(row.Caption, row.CaptionWas, picture.Caption);
        var credit = Changed(row.Credit, row.CreditWas, picture.Credit) ?? "";
        if (credit.Length == 0) credit = TypedText.Line(CreditForAll) ?? "";
        var said = new PictureDescription(alt, caption, credit, picture.Licence, picture.Source, picture.FocusX, picture.FocusY);
        return Db.DescribePictureAsync(pictureProcessor, picture, said, Me.Actor, Room.Now, cancel);
    }

    private static string? Changed(string? typed, string? was, string? now) =>
        TypedText.Line(typed) == TypedText.Line(was) ? now : TypedText.Line(typed);

    private void Check(string field, string? typed, int most)
    {
        if (TypedText.Line(typed)?.Length > most) ModelState.AddModelError(field, $"Use {most} characters at most.");
    }

    /// <summary>Those that whoever is here may change.</summary>
    private async Task<List<Picture>> MineAsync(List<Picture> pictures, CancellationToken cancel)
    {
        if (Me.May(Act.ChangePicture)) return pictures;
        var mine = new List<Picture>();
        foreach (var picture in pictures.Where(p => p.AddedBy == Me.Name))
            if (Me.May(Act.ChangePicture, picture, (await Db.PlacesOfAsync(picture, cancel)).Any(p => p.IsSettled))) mine.Add(picture);
        return mine;
    }
}
