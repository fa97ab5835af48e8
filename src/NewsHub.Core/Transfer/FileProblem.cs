namespace NewsHub.Core.Transfer;

/// <summary>What is wrong with a content file, and where.</summary>
/// <param name="File">Relative to the content folder.</param>
/// <param name="Line">Counting from 1.</param>
public sealed record FileProblem(string File, int Line, string? Field, string Message)
{
    public override string ToString() =>
        FormattableString.Invariant($"{File}:{Line}: {(Field is null ? "" : Field + ": ")}{Message}");
}

/// <summary>A content file that cannot be taken in, with all that is wrong with it.</summary>
internal sealed class ContentException(IReadOnlyList<FileProblem> problems) : Exception(problems[0].ToString())
{
    public IReadOnlyList<FileProblem> Problems => problems;
}
