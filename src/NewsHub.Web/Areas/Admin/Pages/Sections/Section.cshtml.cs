using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Sections;

/// <summary>One section's name and description, on every page from now on.</summary>
[RequiresAct(Act.ChangeSection)]
public sealed class SectionModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(TextLimits.SectionName, ErrorMessage = "Use 80 characters at most.")]
    public string? Name { get; set; }

    [BindProperty, StringLength(TextLimits.SectionDescription, ErrorMessage = "Use 300 characters at most.")]
    public string? Description { get; set; }

    public Section Section { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        ModelState.Clear();
        (Name, Description) = (Section.Name, Section.Description);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!ModelState.IsValid) return Redisplay();
        var before = IndexModel.Tell(Section.Name, Section.Description);
        Section.Describe(TypedText.Line(Name)!, IndexModel.Words(Description), Section.Position);
        var after = IndexModel.Tell(Section.Name, Section.Description);
        if (before != after)
            Room.Note(Act.ChangeSection, EventSubject.Section(Section.Slug.Value), "described", before, after, Topic.SiteWide);
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. Every page is updated.";
        return Redirect("/admin/sections");
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        var id = new SectionId(Id);
        if (await Db.Sections.FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } section) return false;
        Section = section;
        return true;
    }
}
