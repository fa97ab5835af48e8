using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>What someone asks the list of stories for, as its address carries it, and the way through it: by the last line shown, so
/// nothing is skipped or repeated while others work.</summary>
public sealed class StoryList
{
    public const int PageSize = 50;

    /// <summary>Words of the headline, a story's number, or an address.</summary>
    public string? Q { get; set; }

    /// <summary>A state, or <c>changed</c>, <c>unread</c>, <c>approved</c>, <c>returned</c>, <c>embargoed</c>, <c>missed</c>.</summary>
    public string? State { get; set; }

    /// <summary>The section's slug.</summary>
    public string? Section { get; set; }
    public Kind? Kind { get; set; }

    /// <summary>The slug of an author in the bylines.</summary>
    public string? Author { get; set; }

    /// <summary>The member of staff whose story it is.</summary>
    public long? Owner { get; set; }

    /// <summary>Days in the reader's zone: of the last change, or of publication where that is the order.</summary>
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    /// <summary><c>changed</c>, <c>published</c> or <c>headline</c>.</summary>
    public string? Sort { get; set; }

    /// <summary>The other way round: oldest first, or from Z to A.</summary>
    public bool Up { get; set; }
    public string? After { get; set; }
    public string? Before { get; set; }

    public bool IsFiltered => Q is not null
        || State is not null
        || Section is not null
        || Kind is not null
        || Author is not null
        || Owner is not null
        || From is not null
        || To is not null;

    /// <summary>An address of this list: with another place in it, or another order from its start.</summary>
    public string Address(string? after = null, string? before = null, string? sort = null, bool? up = null)
    {
        var query = new List<KeyValuePair<string, string?>>
        {
            new("q", Q), new("state", State), new("section", Section), new("kind", Kind?.ToString().ToLowerInvariant()), new(
                "author", Author), new("owner", Owner?.ToString(CultureInfo.InvariantCulture)),
            new("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("sort", sort ?? Sort), new("up", up ?? Up ? "true" : null), new("after", after), new("before", before),
        };
        return "/admin/stories" + QueryString.Create(query.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    /// <returns>One page; null when the place in the list is none.</returns>
    public async Task<StoryListPage?> ReadAsync(NewsDb db, TimeZoneInfo zone, DateTimeOffset now, CancellationToken cancel)
    {
        var back = Before is not null;
        if (Place(back ? Before : After, out var at, out var text, out var id) is false) return null;
        var up = Up != back;
        var found = Ordered(Beyond(Filtered(db, zone, now), at, text, id, up), up).Take(PageSize + 1);
        var lines = await StoryLine.Of(db, found).ToListAsync(cancel);
        var further = lines.Count > PageSize;
        if (further) lines.RemoveAt(PageSize);
        if (back) lines.Reverse();
        if (lines.Count == 0) return new(lines, null, null);
        return new(lines, back || further ? PlaceOf(lines[^1]) : null,
            back ? (further ? PlaceOf(lines[0]) : null) : After is not null ? PlaceOf(lines[0]) : null);
    }

    private IQueryable<StoryCopy> Filtered(NewsDb db, TimeZoneInfo zone, DateTimeOffset now)
    {
        var stories = db.Stories.AsNoTracking();
        stories = State switch
        {
            null => stories,
            "changed" => stories.Where(s => s.State == StoryState.Live && s.LiveRevision != s.WorkingRevision),
            "unread" => stories.Where(s => s.State == StoryState.Filed
                && (s.ApprovedRevision == null || s.ApprovedRevision != s.WorkingRevision)),
            "approved" => stories.Where(s => s.State == StoryState.Filed && s.ApprovedRevision == s.WorkingRevision),
            "returned" => stories.Where(s => s.State == StoryState.Draft && s.ReturnNote != null),
            "embargoed" => stories.Where(s =>
                (s.State == StoryState.Draft || s.State == StoryState.Filed || s.State == StoryState.Scheduled) && s.EmbargoUntil > now),
            "missed" => db.Missed(now).AsNoTracking(),
            _ => Enum.TryParse<StoryState>(State, ignoreCase: true, out var state)
                ? stories.Where(s => s.State == state)
                : stories.Where(s => false),
        };
        if (Owner is { } owner) stories = stories.Where(s => s.OwnerId == owner);
        var published = Sort is "published";
        if (published) stories = stories.Where(s => s.FirstPublishedAt != null);
        if (From is { } from && Midnight(from, zone) is { } start)
            stories = published ? stories.Where(s => s.FirstPublishedAt >= start) : stories.Where(s => s.ChangedAt >= start);
        if (To is { } to && to < DateOnly.MaxValue && Midnight(to.AddDays(1), zone) is { } end)
            stories = published ? stories.Where(s => s.FirstPublishedAt < end) : stories.Where(s => s.ChangedAt < end);

        var texts = db.Revisions.AsNoTracking();
        if (Author is not null && Slug.TryParse(Author, out var author))
        {
            // Bylines are kept in the text as JSON, for they are printed as they were.
            var credited = $"%\"slug\":\"{author}\"%";
            var credits = db.Stories.FromSql(
                $"""SELECT s.* FROM "Stories" s JOIN "Revisions" r ON r."StoryId" = s."Id" AND r."Number" = s."WorkingRevision" WHERE r."Bylines" LIKE {credited}""");
            stories = stories.Where(s => credits.Any(c => c.Id == s.Id));
        }
        if (Section is not null)
        {
            var section = db.Sections.Where(s => s.Slug == (Slug.From(Section) ?? default));
            texts = texts.Where(r => section.Any(s => s.Id == r.Text.Section));
        }
        if (Kind is { } kind) texts = texts.Where(r => r.Text.Kind == kind);
        return Searched(db, StoryCopy.Of(stories, texts));
    }

    private IQueryable<StoryCopy> Searched(NewsDb db, IQueryable<StoryCopy> found)
    {
        if (TypedText.Line(Q) is not { } q) return found;
        if (AddressIn(q) is { } path)
            return found.Where(c => c.Story.Address == path || db.FormerAddresses.Any(f => f.Path == path && f.StoryId == c.Story.Id));
        if (long.TryParse(q.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var (id, digits) = (new StoryId(number), $"%{number}%");
            return found.Where(c => c.Story.Id == id || Like.Matches(c.Newest.Text.Headline, digits));
        }
        foreach (var word in q.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            var like = Like.Within(word);
            found = found.Where(c => Like.Matches(c.Newest.Text.Headline, like));
        }
        return found;
    }

    /// <summary>The path of an address that someone pasted; null for words.</summary>
    private static string? AddressIn(string q)
    {
        if (q.StartsWith('/')) return FormerAddress.Bare(q);
        return Uri.TryCreate(q, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? FormerAddress.Bare(uri!.AbsolutePath)
            : null;
    }

    private IQueryable<StoryCopy> Ordered(IQueryable<StoryCopy> found, bool up) => (Sort, up) switch
    {
        ("published", false) => found.OrderByDescending(c => c.Story.FirstPublishedAt).ThenByDescending(c => c.Story.Id),
        ("published", true) => found.OrderBy(c => c.Story.FirstPublishedAt).ThenBy(c => c.Story.Id),
        // From A to Z is this list's own order, and the other way round its 'up'.
        ("headline", false) => found.OrderBy(c => c.Newest.Text.Headline).ThenBy(c => c.Story.Id),
        ("headline", true) => found.OrderByDescending(c => c.Newest.Text.Headline).ThenByDescending(c => c.Story.Id),
        (_, false) => found.OrderByDescending(c => c.Story.ChangedAt).ThenByDescending(c => c.Story.Id),
        (_, true) => found.OrderBy(c => c.Story.ChangedAt).ThenBy(c => c.Story.Id),
    };

    private IQueryable<StoryCopy> Beyond(IQueryable<StoryCopy> found, DateTimeOffset? at, string? text, StoryId id, bool up)
    {
        if (at is null && text is null) return found;
#pragma warning disable CA1309 // It is the store that compares, by code points.
        return (Sort, up) switch
        {
            ("published", false) => found.Where(c => c.Story.FirstPublishedAt <= at && (c.Story.FirstPublishedAt < at || c.Story.Id < id)),
            ("published", true) => found.Where(c => c.Story.FirstPublishedAt >= at && (c.Story.FirstPublishedAt > at || c.Story.Id > id)),
            ("headline", false) =>
                found.Where(c => string.Compare(c.Newest.Text.Headline, text) > 0 || c.Newest.Text.Headline == text && c.Story.Id > id),
            ("headline", true) =>
                found.Where(c => string.Compare(c.Newest.Text.Headline, text) < 0 || c.Newest.Text.Headline == text && c.Story.Id < id),
            (_, false) => found.Where(c => c.Story.ChangedAt <= at && (c.Story.ChangedAt < at || c.Story.Id < id)),
            (_, true) => found.Where(c => c.Story.ChangedAt >= at && (c.Story.ChangedAt > at || c.Story.Id > id)),
        };
#pragma warning restore CA1309
    }

    private string PlaceOf(StoryLine line) => Sort switch
    {
        "published" => new Cursor(line.FirstPublishedAt!.Value, line.Id.Value).ToString(),
        "headline" => $"{line.Id}-{line.Headline}",
        _ => new Cursor(line.ChangedAt, line.Id.Value).ToString(),
    };

    private bool Place(string? typed, out DateTimeOffset? at, out string? text, out StoryId id)
    {
        (at, text, id) = (null, null, default);
        if (typed is null) return true;
        if (Sort is "headline")
        {
            var parts = typed.Split('-', 2);
            if (parts.Length < 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            (text, id) = (parts[1], new StoryId(number));
            return true;
        }
        if (!Cursor.TryParse(typed, out var cursor)) return false;
        (at, id) = (cursor.At, new StoryId(cursor.Id));
        return true;
    }

    /// <summary>When a day begins in a zone; null for a day beyond the calendar.</summary>
    internal static DateTimeOffset? Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var reading = WallClock.Read(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00", zone);
        return reading.At ?? (reading.Choices.Count > 0 ? reading.Choices[0].At : null);
    }
}

/// <param name="Next">The place after the last line; null at the end.</param>
/// <param name="Previous">The place before the first line; null at the start.</param>
public sealed record StoryListPage(IReadOnlyList<StoryLine> Lines, string? Next, string? Previous);
