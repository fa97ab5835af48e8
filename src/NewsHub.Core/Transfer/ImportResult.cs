namespace NewsHub.Core.Transfer;

/// <summary>What became of a file.</summary>
internal enum Outcome
{
    New,
    Changed,
    Unchanged,
}

/// <summary>What an import did, in files.</summary>
public sealed class ImportResult
{
    private readonly List<FileProblem> _problems = [];

    public int New { get; private set; }
    public int Changed { get; private set; }
    public int Unchanged { get; private set; }

    /// <summary>By file and line; the files that have any were not taken in.</summary>
    public IReadOnlyList<FileProblem> Problems => _problems;

    internal void Count(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.New: New++; break;
            case Outcome.Changed: Changed++; break;
            default: Unchanged++; break;
        }
    }

    internal void Add(IEnumerable<FileProblem> problems) => _problems.AddRange(problems);
}

public sealed record ImportProgress(int Done, int Total, string File);
