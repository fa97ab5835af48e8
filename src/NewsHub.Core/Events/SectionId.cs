namespace NewsHub.Core.Events;

/// <summary>A section's identity. The store numbers sections from 1.</summary>
public readonly record struct SectionId(long Value)
{
    /// <summary>No section: that of a text for which none was chosen yet. Such a text is kept, and cannot be published.</summary>
    public static readonly SectionId None;
}
