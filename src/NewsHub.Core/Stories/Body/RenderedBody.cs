namespace NewsHub.Core.Stories.Body;

/// <summary>A body as readers get it, and what is wrong with it.</summary>
/// <param name="Html">Sanitized; empty when the body could not be read at all.</param>
/// <param name="Words">
/// As a reader counts them: notes and captions included, an ideograph for half a word, two words for seven letters of a
/// script without spaces between words.
/// </param>
public sealed record RenderedBody(string Html, int Words, IReadOnlyList<BodyProblem> Problems)
{
    /// <summary>It cannot be read at all, or is beyond what is read: there is one problem, and no HTML.</summary>
    public bool IsRefused { get; init; }
}

/// <param name="Line">Counting from 1, in the body.</param>
/// <param name="Hinders">The text cannot be published like this; else what is wrong is left out or looks odd.</param>
/// <param name="Picture">The file name of the library's picture that lacks something; null where it is about none.</param>
/// <param name="IsNotice">
/// Nothing is wrong: the words stand, and something around them was left out on purpose. It keeps no file out.
/// </param>
public sealed record BodyProblem(int Line, string Message, bool Hinders = false, string? Picture = null, bool IsNotice = false);
