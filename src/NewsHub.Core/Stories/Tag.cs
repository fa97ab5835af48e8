namespace NewsHub.Core.Stories;

/// <summary>A subject that stories share across sections.</summary>
public sealed class Tag
{
    private Tag() { }

    public Tag(Slug slug, string name)
    {
        Slug = slug;
        Name = name;
    }

    public long Id { get; private set; }
    public Slug Slug { get; private set; }
    public string Name { get; private set; } = "";
}
