using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>
/// What a colleague says of a story, or of chosen words in it, to colleagues. No reader sees it. The words are found by their place in the
/// newest text, which each save carries over to the next (<see cref="Story.Save"/>).
/// </summary>
public sealed class StoryNote
{
    /// <summary>Notes that one story has at most.</summary>
    public const int Most = 500;

    /// <summary>Answers that one note has at most.</summary>
    public const int MostAnswers = 100;

    private readonly List<NoteAnswer> _answers = [];

    private StoryNote() { }

    /// <param name="part">Where the words stand; <see cref="NotePart.Story"/> for a note on the whole.</param>
    /// <param name="start">The words' place in that part, in UTF-16 units.</param>
    /// <param name="quote">The words as the part's source has them; empty for a note on the whole.</param>
    /// <param name="byId">The account of whoever writes it.</param>
    public StoryNote(StoryId story, NotePart part, int start, string quote, string text, Actor by, long byId, DateTimeOffset now)
    {
        (StoryId, Part, Start, Quote, Words) = (story, part, start, quote, quote);
        (Text, By, ById, At) = (text, by, byId, now);
    }

    public long Id { get; private set; }
    public StoryId StoryId { get; private set; }
    public NotePart Part { get; private set; }
    public int Start { get; private set; }

    /// <summary>The words as they were chosen.</summary>
    public string Quote { get; private set; } = "";

    /// <summary>What stands in their place in the newest text; empty where they are gone.</summary>
    public string Words { get; private set; } = "";

    public string Text { get; private set; } = "";
    public Actor By { get; private set; }

    /// <summary>The account of whoever wrote it.</summary>
    public long ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null while the note is open.</summary>
    public DateTimeOffset? ResolvedAt { get; private set; }
    public Actor? ResolvedBy { get; private set; }

    public IReadOnlyList<NoteAnswer> Answers => _answers;

    /// <exception cref="RefusedException">There are too many already.</exception>
    public void Answer(string text, Actor by, long byId, DateTimeOffset now)
    {
        if (_answers.Count >= MostAnswers) throw new RefusedException($"A note can have {MostAnswers} answers. Write a new note.");
        _answers.Add(new NoteAnswer(text, by, byId, now));
        // Whoever answers has something to say yet.
        (ResolvedAt, ResolvedBy) = (null, null);
    }

    public void Resolve(Actor by, DateTimeOffset now)
    {
        if (ResolvedAt is null) (ResolvedAt, ResolvedBy) = (now, by);
    }

    public void Reopen() => (ResolvedAt, ResolvedBy) = (null, null);

    /// <summary>Carries the words' place over from one text to the next.</summary>
    internal void Follow(StoryText? before, StoryText after)
    {
        if (Part is NotePart.Story) return;
        var (old, now) = (Part.Of(before), Part.Of(after));
        // A text that was changed without this note, as where a picture was taken out of it: the words are looked for.
        var here = new TextAnchor(Math.Min(Start, old.Length), Words.Length);
        if (here.End > old.Length || old.Substring(here.Start, here.Length) != Words)
            here = TextAnchor.Find(old, Words, Start) ?? new TextAnchor(here.Start, 0);
        var there = here.Follow(old, now, Quote);
        (Start, Words) = (there.Start, now.Substring(there.Start, there.Length));
    }
}

/// <summary>One colleague's answer to a note.</summary>
public sealed class NoteAnswer
{
    private NoteAnswer() { }

    internal NoteAnswer(string text, Actor by, long byId, DateTimeOffset now) => (Text, By, ById, At) = (text, by, byId, now);

    public long Id { get; private set; }
    public long NoteId { get; private set; }
    public string Text { get; private set; } = "";
    public Actor By { get; private set; }

    /// <summary>The account of whoever wrote it.</summary>
    public long ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>Which part of a story a note is on.</summary>
public enum NotePart
{
    /// <summary>The whole of it.</summary>
    Story,
    Headline,
    Standfirst,
    Body,
}

/// <summary>What a story's text has in the parts that notes are on.</summary>
public static class NoteParts
{
    public static string Of(this NotePart part, StoryText? text) => part switch
    {
        NotePart.Headline => text?.Headline,
        NotePart.Standfirst => text?.Standfirst,
        NotePart.Body => text?.Body,
        _ => null,
    } ?? "";

    /// <summary>Where a text has these words: in the part that is named, else in the first that has them.</summary>
    /// <param name="near">Of several, the nearest to this place.</param>
    public static (NotePart Part, TextAnchor Anchor)? Find(StoryText text, string words, NotePart part = NotePart.Body, int near = 0)
    {
        foreach (var where in new[] { part, NotePart.Body, NotePart.Standfirst, NotePart.Headline })
            if (TextAnchor.Find(where.Of(text), words, near) is { } found) return (where, found);
        return null;
    }
}
