namespace NewsHub.Core.Search;

/// <summary>A text in parts; those that were looked for are marked.</summary>
public sealed record MarkedText(IReadOnlyList<(string Text, bool IsMarked)> Parts);
