namespace NewsHub.Core.Stories;

/// <summary>A body as readers get it, and what is wrong with it.</summary>
/// <param name="Html">Sanitized; empty when the body could not be read at all.</param>
/// <param name="Words">As a reader counts them: notes and captions included, an ideograph for half a word.</param>
public sealed record RenderedBody(string Html, int Words, IReadOnlyList<BodyProblem> Problems);

/// <param name="Line">Counting from 1, in the body.</param>
/// <param name="Hinders">The text cannot be published like this; else what is wrong is left out or looks odd.</param>
public sealed record BodyProblem(int Line, string Message, bool Hinders = false);
