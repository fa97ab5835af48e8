namespace NewsHub.Core.Tests;

/// <summary>The folder these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();
    public static string Content => Path.Combine(Root, "content");
    public static string Source => Path.Combine(Root, "src");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "NewsHub.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("These tests read the repository's content/ and src/, and NewsHub.sln is nowhere above them.");
    }
}
