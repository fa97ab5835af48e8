namespace NewsHub.Core.Media;

/// <summary>What a removal takes off the server.</summary>
/// <param name="Pictures">The pictures of the library that go: the one that is meant, and others of the very same bytes. Empty where
/// only earlier files go.</param>
/// <param name="Files">The bytes, by their hash, with the name that each had.</param>
/// <param name="Addresses">Every address that leads to them, with the bytes that it names.</param>
public sealed record Removal(
    IReadOnlyList<Picture> Pictures, IReadOnlyDictionary<string, string> Files, IReadOnlyList<(string Key, string Hash)> Addresses);
