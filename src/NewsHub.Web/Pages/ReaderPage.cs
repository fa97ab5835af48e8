using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Pages;

/// <summary>A page for readers: the same bytes for everyone, kept until something that it shows changes or its day ends.</summary>
public abstract class ReaderPage(PublishedNews news, TimeProvider clock) : PageModel
{
    protected PublishedNews News { get; } = news;

    /// <summary>Shows the page, and keeps it under the topics of what is on it.</summary>
    protected PageResult Show(params IEnumerable<Topic> topics)
    {
        // The day in the folio line ends, and so does an alarm.
        var until = News.Snapshot.EndOfDay(clock);
        if (News.Snapshot.BreakingAt(clock.GetUtcNow()) is { } breaking && breaking.Until < until) until = breaking.Until;
        HttpContext.CachePage([Topic.SiteWide, .. topics], until);
        return Page();
    }

    /// <summary>The topics of stories that a page shows as cards.</summary>
    protected static IEnumerable<Topic> TopicsOf(IEnumerable<StoryCard> cards) => cards.Select(c => Topic.Story(c.Id));

    /// <summary>Reads <c>?after=</c>; false when it is there and is no place in a list.</summary>
    protected bool TryReadPlace(out Cursor? after)
    {
        after = null;
        if (!Request.Query.TryGetValue("after", out var text)) return true;
        if (text.Count != 1 || !Cursor.TryParse(text[0], out var cursor)) return false;
        after = cursor;
        return true;
    }
}
