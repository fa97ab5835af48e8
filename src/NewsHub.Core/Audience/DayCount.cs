using NewsHub.Core.Events;

namespace NewsHub.Core.Audience;

/// <summary>What is counted.</summary>
public enum Subject
{
    Paper,
    Story,
    Section,
    Edition,
}

/// <summary>How often something was looked at on a day, and by how many.</summary>
public sealed class DayCount
{
    private DayCount() { }

    /// <param name="day">Of the paper's own calendar.</param>
    /// <param name="id">The subject's number; 0 for the paper.</param>
    public DayCount(DateOnly day, Subject subject, long id) => (Day, Subject, SubjectId) = (day, subject, id);

    public DateOnly Day { get; private set; }
    public Subject Subject { get; private set; }
    public long SubjectId { get; private set; }
    public int Views { get; private set; }

    /// <summary>Different ones of that day. A restart of the program forgets who has been here, and may count somebody twice.</summary>
    public int Visitors { get; private set; }

    public void Add(int views, int visitors) => (Views, Visitors) = (Views + views, Visitors + visitors);
}

/// <summary>From where readers came to a story on a day.</summary>
public sealed class ReferrerCount
{
    private ReferrerCount() { }

    public ReferrerCount(DateOnly day, StoryId story, string host) => (Day, StoryId, Host) = (day, story, host);

    public DateOnly Day { get; private set; }

    /// <summary>0 for all pages together.</summary>
    public StoryId StoryId { get; private set; }

    /// <summary>The host alone, such as <c>news.example</c>.</summary>
    public string Host { get; private set; } = "";
    public int Views { get; private set; }

    public void Add(int views) => Views += views;
}

/// <summary>Words that were searched for on a day and found nowhere.</summary>
public sealed class SearchMiss
{
    private SearchMiss() { }

    public SearchMiss(DateOnly day, string words) => (Day, Words) = (day, words);

    public DateOnly Day { get; private set; }

    /// <summary>In lower case, 100 characters at most.</summary>
    public string Words { get; private set; } = "";
    public int Times { get; private set; }

    public void Add(int times) => Times += times;
}
