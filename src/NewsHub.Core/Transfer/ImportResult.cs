namespace NewsHub.Core.Transfer;

/// <summary>What became of a file.</summary>
internal enum Outcome
{
    New,
    Changed,
    Unchanged,

    /// <summary>Entries of it were wrong, the others were taken in: it counts as a file with problems.</summary>
    InPart,
}

/// <summary>What an import did, in files.</summary>
public sealed class ImportResult
{
    private readonly List<FileProblem> _problems = [];
    private readonly List<FileProblem> _notices = [];

    public int New { get; private set; }
    public int Changed { get; private set; }
    public int Unchanged { get; private set; }

    /// <summary>By file and line; what they name was not taken in: the whole file, or the entry of a list of sections,
    /// authors or pictures.</summary>
    public IReadOnlyList<FileProblem> Problems => _problems;

    /// <summary>By file and line; what to know about what was taken in all the same.</summary>
    public IReadOnlyList<FileProblem> Notices => _notices;

    internal void Note(IEnumerable<FileProblem> notices) => _notices.AddRange(notices);

    internal void Count(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.New: New++; break;
            case Outcome.Changed: Changed++; break;
            case Outcome.Unchanged: Unchanged++; break;
        }
    }

    internal void Add(IEnumerable<FileProblem> problems) => _problems.AddRange(problems);
}
