using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Sections;

/// <summary>Makes a section of what someone typed, on the sections' own page or in the editor.</summary>
internal static class SectionMaking
{
    /// <param name="address">Its slug; empty leaves it to the name.</param>
    /// <param name="wrong">Told of each problem: the field, <c>Name</c> or <c>Slug</c>, and the sentence.</param>
    /// <returns>The section, to be saved with the caller's other changes; null where something is wrong.</returns>
    public static async Task<Section?> MakeSectionAsync(
        this Newsroom room, string? typed, string? address, string? description, Action<string, string> wrong, CancellationToken cancel)
    {
        var (name, wanted, about) = (TypedText.Line(typed) ?? "", TypedText.Line(address) ?? "", TypedText.Line(description));
        if (name.Length is 0 or > TextLimits.SectionName)
        {
            wrong("Name",
                name.Length == 0 ? "Enter a name." : $"Use {TextLimits.SectionName} characters at most.");
            return null;
        }
        if ((wanted.Length == 0 ? Slug.From(name) : Slug.TryParse(wanted, out var parsed) ? parsed : null) is not { } slug)
        {
            wrong("Slug", wanted.Length == 0
                ? "No address can be created from that name. Add the section on the Sections page and choose its address there."
                : "Use lower-case letters, digits and single hyphens, 80 characters at most.");
            return null;
        }
        if (slug.IsReserved)
        {
            wrong("Slug", slug.IsOurs);
            return null;
        }
        if (await room.Db.Sections.FirstOrDefaultAsync(s => s.Slug == slug, cancel) is { } there)
        {
            // A form that was sent twice finds what it made.
            if (there.Name == name && wanted.Length == 0 && about is null) return there;
            wrong("Slug", $"There is already a section at /{slug}.");
            return null;
        }
        if (await room.Db.StaticPages.AnyAsync(p => p.Slug == slug, cancel))
        {
            wrong("Slug", $"There is already a page at /{slug}.");
            return null;
        }
        var section = new Section(slug, name, about, await room.Db.Sections.CountAsync(cancel));
        room.Db.Sections.Add(section);
        room.Note(Act.ChangeSection, EventSubject.Section(slug.Value), "added", after: about is null ? name : $"{name}: {about}",
            topics: Topic.SiteWide);
        return section;
    }
}
