using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Tags;

/// <summary>All tags by name, with how many live stories carry each. New ones are made by typing them at a story.</summary>
[RequiresAct(Act.ChangeTag)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    /// <summary>The slug of the last tag that was shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<TagRow> Tags { get; private set; } = [];
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var tags = Db.Tags.AsNoTracking();
        if (TypedText.Line(Words) is { } words)
        {
            if (words.Length > 100) words = words[..100];
            var like = Like.Within(words);
            tags = tags.Where(t => Like.Matches(t.Name, like));
        }
        if (!string.IsNullOrEmpty(After))
        {
            if (!Slug.TryParse(After, out var after)) return BadRequest();
#pragma warning disable CA1309 // Compared by the store, which knows one way only.
            tags = tags.Where(t => string.Compare((string)(object)t.Slug, after.Value) > 0);
#pragma warning restore CA1309
        }
        var rows = await tags.OrderBy(t => t.Slug).Take(PageSize + 1)
            .Select(t => new TagRow(t.Id, t.Slug, t.Name, Db.Listings.Count(l => l.List == ListOf.Tag && l.Subject == t.Id),
                Db.Tags.Where(o => o.Id == t.MergedInto).Select(o => o.Name).FirstOrDefault())).ToListAsync(cancel);
        Tags = [.. rows.Take(PageSize)];
        if (rows.Count > PageSize)
            Next = "/admin/tags"
                + (string.IsNullOrWhiteSpace(Words) ? new QueryString() : QueryString.Create("q", Words)).Add("after", Tags[^1].Slug.Value);
        return Page();
    }
}

/// <param name="Stories">Live stories that carry it.</param>
/// <param name="Into">The tag that took its stories.</param>
public sealed record TagRow(long Id, Slug Slug, string Name, int Stories, string? Into);
