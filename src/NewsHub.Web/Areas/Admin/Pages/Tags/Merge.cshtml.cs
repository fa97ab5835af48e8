using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Tags;

/// <summary>Two tags become one. Says what will happen and asks once, for it cannot be taken apart again.</summary>
[RequiresAct(Act.ChangeTag)]
public sealed class MergeModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The other tag's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Into { get; set; }

    public Tag Tag { get; private set; } = null!;
    public Tag? Other { get; private set; }
    public int Stories { get; private set; }
    public int OtherStories { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        return Other is null ? Redisplay($"There is no tag '{Into}'. Choose one from the list.", nameof(Into)) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (Other is null) return Redisplay($"There is no tag '{Into}'. Choose one from the list.", nameof(Into));
        return await TryAsync(async () =>
        {
            var moved = await Db.MergeTagsAsync(Tag, Other, Me.Actor, Room.Now, cancel);
            Flash = $"“{Tag.Name}” is part of “{Other.Name}” now; {(moved == 1 ? "one live story" : $"{moved} live stories")} moved.";
            return Redirect($"/admin/tags/{Other.Id}");
        });
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Tags.FirstOrDefaultAsync(t => t.Id == Id, cancel) is not { } tag) return false;
        Tag = tag;
        var name = TypedText.Line(Into) ?? "";
        Other = await Db.Tags.FirstOrDefaultAsync(t => t.MergedInto == null && t.Name == name, cancel)
            ?? await Db.FindTagAsync(name, cancel);
        Stories = await Db.Listings.CountAsync(l => l.List == ListOf.Tag && l.Subject == Id, cancel);
        OtherStories = Other is { Id: var other }
            ? await Db.Listings.CountAsync(l => l.List == ListOf.Tag && l.Subject == other, cancel)
            : 0;
        return true;
    }
}
