using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>The headline and the picture that a story has on one front alone. A page of its own: a board with three more fields a story
/// would be more than a form may hold.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class SlotModel(Newsroom room) : EditionPage(room)
{
    private const int MostOffered = 100;

    [BindProperty]
    public string? Headline { get; set; }

    /// <summary>A file's name in the library.</summary>
    [BindProperty]
    public string? Picture { get; set; }

    [BindProperty]
    public string? Alt { get; set; }

    public FrontLine Line { get; private set; } = null!;

    /// <summary>The newest pictures that can be printed, by name.</summary>
    public IReadOnlyList<string> Pictures { get; private set; } = [];

    private FrontSlot Slot { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(long story, CancellationToken cancel)
    {
        if (!await OpenAsync(story, cancel)) return NotFound();
        if (!MayCompose) return Forbidden();
        Version = Edition.Version;
        (Headline, Picture, Alt) = (Slot.Headline, Slot.Picture?.File, Slot.Picture?.Alt);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long story, CancellationToken cancel)
    {
        if (!await OpenAsync(story, cancel)) return NotFound();
        if (!MayCompose) return Forbidden();
        var headline = TypedText.Line(Headline);
        if (headline?.Length > TextLimits.Headline) ModelState.AddModelError(nameof(Headline), "Use 400 characters at most.");
        var picture = ReadPicture();
        if (!ModelState.IsValid) return Redisplay();
        // A second click.
        if (headline == Slot.Headline && picture == Slot.Picture) return Done();
        if (Edition.Version != Version)
            return await OvertakenAsync("What you typed is still here: save again to use it.", cancel);
        return await TryAsync(async () =>
        {
            Db.Events.Add(Edition.PrintSlot(Line.Id, headline, picture, Me.Actor, Room.Now));
            await Db.SaveChangesAsync(cancel);
            return Done();
        });
    }

    /// <summary>The picture as it was typed; null where none was, or where it is wrong, which is said at its field.</summary>
    private PictureUse? ReadPicture()
    {
        var (file, alt) = (TypedText.Line(Picture), TypedText.Line(Alt));
        if (alt?.Length > TextLimits.PictureAlt) ModelState.AddModelError(nameof(Alt), "Use 1,000 characters at most.");
        if (file is null) return null;
        if (Db.PictureToPrint(file) is not { } use)
        {
            ModelState.AddModelError(nameof(Picture), "There is no picture of that name in the library.");
            return null;
        }
        if (string.IsNullOrWhiteSpace(use.Credit))
            ModelState.AddModelError(nameof(Picture), "This picture has no credit. Name its source in the library first.");
        if (string.IsNullOrWhiteSpace(use.Alt) && alt is null) ModelState.AddModelError(nameof(Alt), "Describe what the picture shows.");
        return alt is null ? use : use with { Alt = alt };
    }

    private RedirectResult Done() =>
        To($"{Address}#story-{Line.Id}", Edition.PublishedAt is null ? "Saved." : "Saved. Readers see this front now.");

    private async Task<bool> OpenAsync(long story, CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return false;
        var id = new StoryId(story);
        if (Edition.Slots.FirstOrDefault(s => s.StoryId == id) is not { } slot) return false;
        Slot = slot;
        Line = (await Db.FrontLinesAsync(Db.Stories.Where(s => s.Id == id), Edition.Id, cancel))[id];
        Pictures = await Db.Pictures.AsNoTracking()
            .Where(p => p.Hash != "" && p.RetiredAt == null && p.Credit != "")
            .OrderByDescending(p => p.Id).Take(MostOffered).Select(p => p.File).ToListAsync(cancel);
        return true;
    }
}
