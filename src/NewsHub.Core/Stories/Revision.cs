using System.Text.Json;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Stories.Body;

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

    /// <summary>The rates of the day of publication for the money in the body, by <see cref="MoneyInProse.Pair"/>; null while it
    /// was never published.</summary>
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; private set; }

    internal void Freeze(IReadOnlyDictionary<string, FrozenRate> money) => Money = money;

    /// <summary>The same words with tags that the store has: an autosave names those it does not have yet by their words alone.</summary>
    internal void Carry(IReadOnlyList<TagLine> tags) => Text = Text with { Tags = tags };

    /// <summary>Whether a text is this one, word for word and as it is printed.</summary>
    public bool Says(StoryText text, RenderedBody body) =>
        BodyHtml == body.Html && JsonSerializer.Serialize(Text) == JsonSerializer.Serialize(text);

    /// <summary>Someone saved by hand what the machine had kept.</summary>
    internal void KeepByHand(DateTimeOffset now) => (Autosaved, SavedAt) = (false, now);

    /// <summary>Of autosaves that became one, it is known when the first was.</summary>
    internal void GoesOn(Revision before) => BeganAt = before.BeganAt;

    /// <summary>The same words with a picture as it is now.</summary>
    internal void PrintAnew(PictureUse before, Picture picture, Func<string, PictureUse?> pictures)
    {
        if (Text.Picture?.File == picture.File)
            Text = Text with { Picture = picture.Use(Text.Picture.Caption == before.Caption ? null : Text.Picture.Caption) };
        // A text of an older program may be beyond today's bounds: it goes on as it was printed.
        if (HouseMarkdown.Render(Text.Body, pictures) is { IsRefused: false } body) BodyHtml = body.Html;
    }

    /// <summary>The same words without pictures that are not on the server any more.</summary>
    /// <param name="files">Their names.</param>
    internal void TakeOut(IReadOnlyCollection<string> files, Func<string, PictureUse?> pictures)
    {
        var lead = Text.Picture is { } use && files.Contains(use.File) ? null
            : Text.Picture is { } other && pictures(other.File) is { } now ? now with { Caption = other.Caption }
            : Text.Picture;
        Text = Text with { Picture = lead, Body = PictureMentions.Without(Text.Body, files) };
        BodyHtml = HouseMarkdown.Render(Text.Body, pictures).Html;
    }
}
