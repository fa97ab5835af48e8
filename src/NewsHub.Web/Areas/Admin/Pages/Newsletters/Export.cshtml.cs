using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>All subscribers as CSV. Who took them out of the house stands in the log.</summary>
[RequiresAct(Act.ChangeSubscribers), RequiresRecentSignIn]
public sealed class ExportModel(Newsroom room) : NewsroomPage(room)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var csv = new StringBuilder("address,state,sections,since_utc\r\n");
        var sections = Room.Snapshot.Sections.ToDictionary(s => s.Id.Value, s => s.Slug);
        var count = 0;
        await foreach (var s in Db.Subscribers.AsNoTracking().OrderBy(s => s.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var slugs = string.Join(' ', s.Sections.Select(id => sections.GetValueOrDefault(id)).OfType<string>());
            csv.Append(Statistics.IndexModel.Cell(s.Address)).Append(',').Append(s.State.ToString().ToLowerInvariant())
                .Append(',').Append(Statistics.IndexModel.Cell(slugs))
                .Append(CultureInfo.InvariantCulture, $",{s.JoinedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\r\n");
            count++;
        }
        Room.Note(Act.ChangeSubscribers, EventSubject.Subscribers, string.Create(CultureInfo.InvariantCulture, $"exported {count:N0}"));
        await Db.SaveChangesAsync(cancel);
        return File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "subscribers.csv");
    }
}
