namespace NewsHub.Core.Editions;

/// <summary>A section's identity.</summary>
public readonly record struct SectionId(long Value);
