using NewsHub.Core.Text;

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

    /// <summary>The tag that took this one's stories; readers who ask for this one are led there.</summary>
    public long? MergedInto { get; private set; }

    public void Rename(string name) => Name = name;

    public void MergeInto(Tag other) => MergedInto = other.Id;
}
