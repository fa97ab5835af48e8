using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editions;

/// <summary>A page about the paper itself: about, colophon.</summary>
public sealed class StaticPage
{
    private StaticPage() { }

    public StaticPage(Slug slug) => Slug = slug;

    public Slug Slug { get; private set; }
    public string Title { get; private set; } = "";
    public string Description { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string BodyHtml { get; private set; } = "";

    public void Write(string title, string description, string body, RenderedBody rendered) =>
        (Title, Description, Body, BodyHtml) = (title, description, body, rendered.Html);

    /// <summary>The same words with their pictures as they are now, or without one that is not there any more.</summary>
    internal void PrintAnew(string body, Func<string, Media.PictureUse?> pictures) =>
        (Body, BodyHtml) = (body, HouseMarkdown.Render(body, pictures).Html);
}
