using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Tags;

/// <summary>One tag: its name, and the way to merge it.</summary>
[RequiresAct(Act.ChangeTag)]
public sealed class TagModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(TextLimits.Tag, ErrorMessage = "Use 60 characters at most.")]
    public string? Name { get; set; }

    public Tag Tag { get; private set; } = null!;

    /// <summary>The tag that took its stories.</summary>
    public Tag? Into { get; private set; }
    public int Stories { get; private set; }

    /// <summary>Names of tags that it may be merged into, to choose from.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        ModelState.Clear();
        Name = Tag.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!ModelState.IsValid) return Redisplay();
        try
        {
            await Db.RenameTagAsync(Tag, TypedText.Line(Name)!, Me.Actor, Room.Now, cancel);
        }
        catch (RefusedException e)
        {
            return Redisplay(e.Message, nameof(Name));
        }
        Flash = "Renamed. Published stories keep the old name.";
        return Redirect($"/admin/tags/{Id}");
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Tags.FirstOrDefaultAsync(t => t.Id == Id, cancel) is not { } tag) return false;
        Tag = tag;
        Into = await Db.Tags.AsNoTracking().FirstOrDefaultAsync(t => t.Id == tag.MergedInto, cancel);
        Stories = await Db.Listings.CountAsync(l => l.List == ListOf.Tag && l.Subject == Id, cancel);
        Others = await Db.Tags
            .AsNoTracking()
            .Where(t => t.Id != Id && t.MergedInto == null)
            .OrderBy(t => t.Slug)
            .Select(t => t.Name)
            .Take(1000)
            .ToListAsync(cancel);
        return true;
    }
}
