namespace NewsHub.Core.Stories;

/// <summary>A path at which a story once stood; it leads to where the story is now, in one step.</summary>
public sealed class FormerAddress
{
    private FormerAddress() { }

    internal FormerAddress(string path) => Path = Bare(path);

    /// <summary>A path without a last slash: the form in which former addresses are kept and looked up.</summary>
    public static string Bare(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    /// <summary>Counts up: of two stories that once had one address, the later to leave it is meant.</summary>
    public long Id { get; private set; }
    public string Path { get; private set; } = "";
    public StoryId StoryId { get; private set; }
}
