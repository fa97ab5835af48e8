using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Moves a published story to another address; the old one leads there from then on.</summary>
[RequiresAct(Act.Readdress)]
public sealed class ReaddressModel(Newsroom room) : ActPage(room, Act.Readdress)
{
    /// <summary>The section's slug.</summary>
    [BindProperty]
    public string? Section { get; set; }

    [BindProperty]
    public string? Slug { get; set; }

    protected override void SetDefaults() => (Section, Slug) = (Story.Address?.Split('/')[1], Story.Slug?.Value);

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        var typed = TypedText.Line(Slug) ?? "";
        var named = Core.Text.Slug.TryParse(Section, out var name);
        var section = named ? await Db.Sections.FirstOrDefaultAsync(s => s.Slug == name, cancel) : null;
        if (section is null) ModelState.AddModelError(nameof(Section), "Choose a section.");
        if (!Core.Text.Slug.TryParse(typed, out var slug))
            ModelState.AddModelError(nameof(Slug), "Use lower-case letters, digits and single hyphens, 80 characters at most."
                + (Core.Text.Slug.From(typed) is { } near ? $" Did you mean “{near}”?" : ""));
        else if (slug.IsReserved) ModelState.AddModelError(nameof(Slug), slug.IsOurs);
        if (section is null || !ModelState.IsValid || story.FirstPublishedAt is not { } day)
        {
            if (story.FirstPublishedAt is null)
                throw new RefusedException(
                    "The story has no address yet. It gets one when it is published; until then, change it in the editor.");
            return;
        }
        var free = await Db.FreeSlugAsync(section, day, slug, story.Id, cancel);
        if (free != slug)
            ModelState.AddModelError(
                nameof(Slug), $"There is already a story at {Core.Stories.Story.AddressIn(section, day, slug)}. “{free}” is free.");
        else if (Core.Stories.Story.AddressIn(section, day, slug) == story.Address)
            ModelState.AddModelError(nameof(Slug), "That is its address now.");
        else story.Readdress(section, slug, Me.Actor, Room.Now);
    }, "Address changed. The old one redirects to it.", cancel, story => story.Slug?.Value == TypedText.Line(Slug)
        && story.Address?.Split('/')[1] == Section);
}
