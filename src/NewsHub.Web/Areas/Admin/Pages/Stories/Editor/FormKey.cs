using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>
/// Names a form for a new story, so that it begins one story however often it is sent. What it began is looked up in the log, from the
/// place where the log stood when the form was shown: a restart between a lost answer and the next try makes no second story.
/// </summary>
public static class FormKey
{
    public static async Task<string> NewAsync(NewsDb db, CancellationToken cancel)
    {
        var newest = await db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{newest}-{Guid.NewGuid():N}");
    }

    /// <returns>The log's newest event when the form was shown; null where that is no key.</returns>
    public static long? After(string? key) =>
        key?.Split('-') is [var after, { Length: 32 }]
        && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
