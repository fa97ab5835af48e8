using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>Someone who can be credited in a byline.</summary>
public sealed class Author
{
    private Author() { }

    public Author(Slug slug, string name, string? title, string? bio)
    {
        Slug = slug;
        Describe(name, title, bio);
    }

    public long Id { get; private set; }
    public Slug Slug { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The post, such as “Technology correspondent”.</summary>
    public string? Title { get; private set; }
    public string? Bio { get; private set; }

    public void Describe(string name, string? title, string? bio) => (Name, Title, Bio) = (name, title, bio);
}
