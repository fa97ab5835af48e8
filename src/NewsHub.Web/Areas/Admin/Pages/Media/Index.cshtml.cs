using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Media;

/// <summary>The picture library, newest first.</summary>
[RequiresAct(Act.Read)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    private const int PageSize = 24;
    private const int LongestQuery = 200;

    public static readonly IReadOnlyList<(string Value, string Name)> Shelves =
        [("", "All"), ("lacking", "Without alt text or credit"), ("unused", "Unused"), ("retired", "Archived")];

    /// <summary>Words that all have to be in its name, alt text, caption or credit.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>The number of the last picture that was shown.</summary>
    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    public IReadOnlyList<Picture> Pictures { get; private set; } = [];
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return BadRequest();
        if (Words?.Length > LongestQuery) Words = Words[..LongestQuery];
        Show = Shelves.Any(s => s.Value == Show) ? Show : "";
        var pictures = Db.Pictures.AsNoTracking().Where(p => Show == "retired" ? p.RetiredAt != null : p.RetiredAt == null);
        if (Show == "lacking") pictures = pictures.Where(p => p.Alt == "" || p.Credit == "");
        if (Show == "unused")
        {
            var printed = await Db.PrintedAsync(cancel);
            pictures = pictures.Where(p => !printed.Contains(p.File));
        }
        foreach (var word in (Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(10))
        {
            var like = Like.Within(word);
            pictures = pictures.Where(p => Like.Matches(p.File, like)
                || Like.Matches(p.Alt, like)
                || Like.Matches(p.Caption!, like)
                || Like.Matches(p.Credit, like));
        }
        if (After is { } last) pictures = pictures.Where(p => p.Id < last);
        var found = await pictures.OrderByDescending(p => p.Id).Take(PageSize + 1).ToListAsync(cancel);
        Pictures = [.. found.Take(PageSize)];
        if (found.Count > PageSize) Next = Address(Show, Pictures[^1].Id);
        return Page();
    }

    /// <summary>This list under the same words, on a shelf and from a place on.</summary>
    public string Address(string? shelf, long? after = null)
    {
        var query = new QueryString();
        if (!string.IsNullOrWhiteSpace(Words)) query = query.Add("q", Words);
        if (!string.IsNullOrEmpty(shelf)) query = query.Add("show", shelf);
        if (after is { } last) query = query.Add("after", last.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return "/admin/media" + query;
    }
}
