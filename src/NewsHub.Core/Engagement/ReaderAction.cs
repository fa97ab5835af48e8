using NewsHub.Core.Events;

namespace NewsHub.Core.Engagement;

/// <summary>What a reader sends in about a story.</summary>
/// <param name="Reader">See <see cref="ReaderMark"/>.</param>
/// <param name="Kind">The reaction; null takes it back. Of no meaning where there is a <paramref name="Way"/>.</param>
/// <param name="Way">By which way the story was shared; null for a reaction.</param>
/// <param name="At">UTC.</param>
public sealed record ReaderAction(StoryId Story, string Reader, string? Kind, string? Way, DateTimeOffset At);

/// <summary>What all readers together sent in about a story.</summary>
/// <param name="Reactions">By key; a kind that nobody chose is not in it.</param>
public sealed record Tally(int Shares, IReadOnlyDictionary<string, int> Reactions);
