using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>The audit log: who did what, when, with before and after. Newest first; what is filtered is also what is exported.</summary>
[RequiresAct(Act.ReadAudit)]
public sealed class AuditModel(Newsroom room) : NewsroomPage(room)
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public Act? What { get; set; }

    /// <summary>A story by its number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Story { get; set; }

    /// <summary>The first day, in the reader's zone.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Since { get; set; }

    /// <summary>The last day, included.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>Where the page before this one ended.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<NewsEvent> Lines { get; private set; } = [];

    /// <summary>Null at the end.</summary>
    public long? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return Redisplay();
        var lines = await Filtered().Take(PageSize + 1).ToListAsync(cancel);
        Lines = [.. lines.Take(PageSize)];
        Next = lines.Count > PageSize ? Lines[^1].Id : null;
        return Page();
    }

    /// <summary>All that the filter lets through, as CSV with a line for each act.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid) return Redisplay();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{Room.Now:yyyyMMdd-HHmm}.csv\"";
        await using var csv = new StreamWriter(Response.Body, new UTF8Encoding(false));
        await csv.WriteLineAsync("id,at_utc,who,act,story,subject,note,before,after");
        await foreach (var line in Filtered().AsAsyncEnumerable().WithCancellation(cancel))
        {
            string?[] cells = [
                line.Id.ToString(CultureInfo.InvariantCulture),
                line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), line.By.Name, line.Act.ToString(),
                line.StoryId?.ToString(), line.Subject?.ToString(), line.Note, line.Before, line.After,
            ];
            await csv.WriteLineAsync(string.Join(',', cells.Select(Cell)));
        }
        await csv.FlushAsync(cancel);
        return new EmptyResult();
    }

    /// <summary>The filter as it stands in this page's address, with what is given instead.</summary>
    public string Address(string? handler = null, long? before = null)
    {
        List<(string Name, string? Value)> parts =
        [
            ("handler", handler), ("who", Who), ("what", What?.ToString()), ("story", Story?.ToString(CultureInfo.InvariantCulture)),
            ("since", Since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("until", Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("before", before?.ToString(CultureInfo.InvariantCulture)),
        ];
        return "/admin/audit?"
            + string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }

    private IQueryable<NewsEvent> Filtered()
    {
        var lines = Db.Events.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Who))
        {
            var who = new Actor(TypedText.Line(Who) ?? "");
            lines = lines.Where(l => l.By == who);
        }
        if (What is { } act) lines = lines.Where(l => l.Act == act);
        if (Story is { } number)
        {
            var story = new StoryId(number);
            lines = lines.Where(l => l.StoryId == story);
        }
        if (Since is { } first)
        {
            var from = Start(first);
            lines = lines.Where(l => l.At >= from);
        }
        if (Until is { } last)
        {
            var to = Start(last.AddDays(1));
            lines = lines.Where(l => l.At < to);
        }
        if (Before is { } id) lines = lines.Where(l => l.Id < id);
        return lines.OrderByDescending(l => l.Id);
    }

    private DateTimeOffset Start(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Room.Zone.GetUtcOffset(midnight));
    }

    /// <summary>Quoted where it must be; what a spreadsheet would take for a formula is made plain text.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
