using NewsHub.Core.Media;

namespace NewsHub.Core.Stories;

/// <summary>One saved text of a story, kept for good. The body is rendered here, once; no page view ever parses Markdown.</summary>
public sealed class Revision
{
    private Revision() { }

    internal Revision(int number, StoryText text, RenderedBody body, Actor by, DateTimeOffset now, bool autosaved = false)
    {
        Number = number;
        Text = text;
        BodyHtml = body.Html;
        Words = body.Words;
        By = by;
        SavedAt = now;
        BeganAt = now;
        Autosaved = autosaved;
    }

    public StoryId StoryId { get; private set; }

    /// <summary>1 for a story's first text, then counting up.</summary>
    public int Number { get; private set; }
    public StoryText Text { get; private set; } = null!;

    /// <summary>Sanitized HTML, as <see cref="HouseMarkdown"/> made it.</summary>
    public string BodyHtml { get; private set; } = "";
    public int Words { get; private set; }
    public Actor By { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>When the first of the autosaves that became this one was kept; <see cref="SavedAt"/> for a text saved by hand.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>Kept by the machine while someone wrote.</summary>
    public bool Autosaved { get; private set; }

    /// <summary>The rates of the day of publication for the money in the body, by <see cref="MoneyInProse.Pair"/>; null while it was never published.</summary>
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; private set; }

    internal void Freeze(IReadOnlyDictionary<string, FrozenRate> money) => Money = money;

    /// <summary>Of autosaves that became one, it is known when the first was.</summary>
    internal void GoesOn(Revision before) => BeganAt = before.BeganAt;

    /// <summary>The same words with a picture as it is now.</summary>
    internal void PrintAnew(PictureUse before, Picture picture, Func<string, PictureUse?> pictures)
    {
        if (Text.Picture?.File == picture.File) Text = Text with { Picture = picture.Use(Text.Picture.Caption == before.Caption ? null : Text.Picture.Caption) };
        BodyHtml = HouseMarkdown.Render(Text.Body, pictures).Html;
    }
}
