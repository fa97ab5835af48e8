namespace NewsHub.Core.Events;

/// <summary>An edition's identity; its number is what readers see.</summary>
public readonly record struct EditionId(long Value);
