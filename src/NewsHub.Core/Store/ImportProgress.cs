namespace NewsHub.Core.Store;

/// <summary>How far long work on files has come.</summary>
/// <param name="Done">Of <paramref name="Total"/>, in the unit of the work: files, stories or KB.</param>
/// <param name="File">What it is at now.</param>
public sealed record ImportProgress(int Done, int Total, string File);
