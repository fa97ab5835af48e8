using NewsHub.Core.Events;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editions;

/// <summary>A page about the paper itself, such as About, at <c>/slug</c>.</summary>
public sealed class StaticPage
{
    private StaticPage() { }

    /// <exception cref="RefusedException">The address is one of the paper's own.</exception>
    public StaticPage(Slug slug)
    {
        if (IsOurs(slug)) throw new RefusedException(slug.IsOurs);
        Slug = slug;
    }

    public Slug Slug { get; private set; }
    public string Title { get; private set; } = "";
    public string Description { get; private set; } = "";

    /// <summary>House Markdown.</summary>
    public string Body { get; private set; } = "";
    public string BodyHtml { get; private set; } = "";

    /// <summary>Whether the footer of every page leaves it out.</summary>
    public bool OutsideFooter { get; private set; }

    /// <summary>Its place among the pages, from 0; of several with the same, the slug decides.</summary>
    public int Position { get; private set; }

    /// <summary>Where it stood before: these addresses lead to it.</summary>
    public IReadOnlyList<string> FormerSlugs { get; private set; } = [];

    /// <summary>When it was last changed (UTC), and by whom; null of a page that an older program kept.</summary>
    public DateTimeOffset? ChangedAt { get; private set; }
    public Actor? ChangedBy { get; private set; }

    /// <summary>Concurrency token, incremented with every change by hand.</summary>
    public int Version { get; private set; }

    /// <summary>Whether no page can stand at an address: it is one of the paper's own, and not About's or Colophon's.</summary>
    public static bool IsOurs(Slug slug) => slug.IsReserved && slug.Value is not ("about" or "colophon");

    public void Write(string title, string description, string body, RenderedBody rendered) =>
        (Title, Description, Body, BodyHtml) = (title, description, body, rendered.Html);

    public void Place(int position, bool outsideFooter) => (Position, OutsideFooter) = (position, outsideFooter);

    /// <summary>Says that slugs lead here.</summary>
    public void LeadFrom(IEnumerable<string> slugs) =>
        FormerSlugs = [.. slugs.Where(s => s != Slug.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Notes who has just changed it.</summary>
    public void Changed(Actor by, DateTimeOffset now) => (ChangedAt, ChangedBy, Version) = (now, by, Version + 1);

    /// <summary>The same page at another address, to which the old one leads. It takes this one's place in the store.</summary>
    /// <exception cref="RefusedException">The address is one of the paper's own.</exception>
    public StaticPage At(Slug slug)
    {
        var moved = new StaticPage(slug)
        {
            Title = Title,
            Description = Description,
            Body = Body,
            BodyHtml = BodyHtml,
            OutsideFooter = OutsideFooter,
            Position = Position,
            ChangedAt = ChangedAt,
            ChangedBy = ChangedBy,
            Version = Version,
        };
        moved.LeadFrom([.. FormerSlugs, Slug.Value]);
        return moved;
    }

    /// <summary>The same words with their pictures as they are now, or without one that is not there any more.</summary>
    internal void PrintAnew(string body, Func<string, Media.PictureUse?> pictures) =>
        (Body, BodyHtml) = (body, HouseMarkdown.Render(body, pictures).Html);
}
