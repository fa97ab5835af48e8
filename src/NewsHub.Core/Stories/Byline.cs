namespace NewsHub.Core.Stories;

/// <summary>One credited author of a revision, as credited then: a later change of name does not rewrite the paper.</summary>
/// <param name="Role">Printed after the name, such as “in Lagos”; null for none.</param>
public sealed record Byline(long AuthorId, string Slug, string Name, string? Role);
