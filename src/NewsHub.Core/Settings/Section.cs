using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Core.Settings;

/// <summary>A reader's heading, such as Technology, with a front of its own at <c>/slug</c>.</summary>
public sealed class Section
{
    private Section() { }

    public Section(Slug slug, string name, string? description, int position)
    {
        if (slug.IsReserved) throw new RefusedException(slug.IsOurs);
        Slug = slug;
        Describe(name, description, position);
    }

    public SectionId Id { get; private set; }
    public Slug Slug { get; private set; }
    public string Name { get; private set; } = "";
    public string? Description { get; private set; }

    /// <summary>Its place in the navigation, from 0.</summary>
    public int Position { get; private set; }

    public void Describe(string name, string? description, int position) => (Name, Description, Position) = (name, description, position);
}
