using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>One of the things that a new paper needs.</summary>
/// <param name="Address">The page where it is done.</param>
public sealed record FirstStep(string Name, string Address, bool IsDone);

/// <summary>What a new paper needs, each ticked by what is so in the store: for administrators, who alone may do all of it, until it is
/// done or put away.</summary>
internal static class FirstSteps
{
    /// <param name="delivers">Whether there is a mail server.</param>
    /// <returns>Empty where there is nothing left to do, or nobody here to do it.</returns>
    public static async Task<IReadOnlyList<FirstStep>> OfAsync(Newsroom room, bool delivers, CancellationToken cancel)
    {
        if (room.Me.HidesFirstSteps || !room.Me.May(Act.ChangeSite)) return [];
        var (db, usual) = (room.Db, new Site());
        // A paper may keep what the program begins with: then this is done once somebody has saved any of the settings.
        var isNamed = await db.Sites.AnyAsync(s => s.Name != usual.Name && s.TimeZone != usual.TimeZone, cancel)
            || await db.Events.AnyAsync(e => e.Act == Act.ChangeSite, cancel);
        FirstStep[] steps =
        [
            new("Set the name and time zone of the paper", "/admin/settings", isNamed),
            new("Add the first section", "/admin/sections#add", await db.Sections.AnyAsync(cancel)),
            room.Me.AuthorId is null && !await db.Authors.AnyAsync(cancel)
                ? new("Add yourself as an author", "/admin/authors#add", false)
                : new("Link your account to your author", "/admin/account#byline", room.Me.AuthorId is not null),
            new("Publish the first story", "/admin/stories/new", await db.Stories.AnyAsync(s => s.FirstPublishedAt != null, cancel)),
            new("Publish the first edition", "/admin/editions", await db.Editions.AnyAsync(e => e.PublishedAt != null, cancel)),
            new("Invite a colleague", "/admin/team/invite", await db.Staff.CountAsync(s => s.ClosedAt == null, cancel) > 1),
            new("Set up a mail server", "/admin/settings#mail", delivers),
            new("Write the page about the paper", "/admin/pages/new?slug=about", await HasAboutAsync(db, cancel)),
        ];
        return steps.All(s => s.IsDone) ? [] : steps;
    }

    /// <summary>Also where that page has moved to another address.</summary>
    private static async Task<bool> HasAboutAsync(NewsDb db, CancellationToken cancel) =>
        (await db.StaticPages.AsNoTracking().Select(p => new { p.Slug, p.FormerSlugs }).ToListAsync(cancel))
            .Any(p => p.Slug.Value == "about" || p.FormerSlugs.Contains("about"));
}
