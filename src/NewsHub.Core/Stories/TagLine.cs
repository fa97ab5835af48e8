namespace NewsHub.Core.Stories;

/// <summary>A tag as a revision carries it.</summary>
/// <param name="TagId">0 in an autosave that is the first to name it: the tag is made when the text is saved by hand or published.</param>
public sealed record TagLine(long TagId, string Slug, string Name);
