namespace NewsHub.Core.Stories;

/// <summary>A tag as a revision carries it.</summary>
public sealed record TagLine(long TagId, string Slug, string Name);
