using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Sections;

/// <summary>The paper's sections, in the order of its navigation.</summary>
[RequiresAct(Act.ChangeSection)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty, StringLength(TextLimits.SectionName, ErrorMessage = "Use 80 characters at most.")]
    public string? Name { get; set; }

    /// <summary>Its address; empty leaves it to the name.</summary>
    [BindProperty]
    public string? Slug { get; set; }

    [BindProperty, StringLength(TextLimits.SectionDescription, ErrorMessage = "Use 300 characters at most.")]
    public string? Description { get; set; }

    public List<Section> Sections { get; private set; } = [];
    public IReadOnlyDictionary<long, int> Stories { get; private set; } = new Dictionary<long, int>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        if (!ModelState.IsValid) return Redisplay();
        return await TryAsync(async () =>
        {
            if (await Room.MakeSectionAsync(Name, Slug, Description, ModelState.AddModelError, cancel) is not { } section)
                return Redisplay();
            if (section.Id != SectionId.None) return Redisplay($"There is already a section at /{section.Slug}.", nameof(Slug));
            await Db.SaveChangesAsync(cancel);
            Flash = $"{section.Name} is added, at /{section.Slug}.";
            return Redirect("/admin/sections");
        });
    }

    /// <summary>The same for a script beside a story, which knows a name alone and chooses the section it is given.</summary>
    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return this.NotMade(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        var wrong = "";
        if (await Room.MakeSectionAsync(Name, null, null, (_, sentence) => wrong = sentence, cancel) is not { } section)
            return this.NotMade(wrong);
        await Db.SaveChangesAsync(cancel);
        return new JsonResult(new { slug = section.Slug.Value, name = section.Name });
    }

    /// <summary>One place up or down.</summary>
    public async Task<IActionResult> OnPostMoveAsync(long id, bool down, CancellationToken cancel)
    {
        await ReadAsync(cancel);
        var at = Sections.FindIndex(s => s.Id.Value == id);
        var to = down ? at + 1 : at - 1;
        if (at < 0) return NotFound();
        if (to >= 0 && to < Sections.Count) (Sections[at], Sections[to]) = (Sections[to], Sections[at]);
        return await OrderAsync(cancel);
    }

    /// <summary>All of them in a new order; what is not named stays behind the others.</summary>
    public async Task<IActionResult> OnPostOrderAsync(List<long> order, CancellationToken cancel)
    {
        await ReadAsync(cancel);
        Sections = [.. Sections.OrderBy(s => order.IndexOf(s.Id.Value) is var place and >= 0 ? place : int.MaxValue)];
        return await OrderAsync(cancel);
    }

    internal static string? Words(string? typed) => TypedText.Line(typed);

    internal static string Tell(string name, string? description) => Words(description) is { } words ? $"{name}: {words}" : name;

    private async Task<IActionResult> OrderAsync(CancellationToken cancel)
    {
        var before = string.Join(", ", Sections.OrderBy(s => s.Position).ThenBy(s => s.Id.Value).Select(s => s.Name));
        for (var i = 0; i < Sections.Count; i++) Sections[i].Describe(Sections[i].Name, Sections[i].Description, i);
        var after = string.Join(", ", Sections.Select(s => s.Name));
        if (before != after) Room.Note(Act.ChangeSection, EventSubject.Sections, "order", before, after, Topic.SiteWide);
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. Every page shows the sections in this order.";
        return Redirect("/admin/sections");
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        Sections = await Db.Sections.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancel);
        Stories = await Db.Listings
            .AsNoTracking()
            .Where(l => l.List == ListOf.Section)
            .GroupBy(l => l.Subject)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}
