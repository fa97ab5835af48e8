using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>Where things are. Everything the program writes is under <see cref="Data"/>.</summary>
/// <param name="Data">Setting <c>Data:Folder</c>; by default <c>data/</c> at the repository's root, or in the current folder.</param>
/// <param name="Content">Setting <c>Content:Folder</c>; by default <c>content/</c> at the repository's root.</param>
internal sealed record Folders(string Data, string Content)
{
    public string Store => Path.Combine(Data, "news.db");
    public string Keys => Path.Combine(Data, "keys");

    /// <summary>Mail, where there is no server to send it.</summary>
    public string Outbox => Path.Combine(Data, "outbox");
    public string Media => Path.Combine(Data, "media");

    public static Folders From(FolderOptions options)
    {
        var root = RepositoryRoot() ?? Directory.GetCurrentDirectory();
        return new Folders(Located(options.Data, "data"), Located(options.Content, "content"));

        string Located(string? set, string otherwise) => set is null ? Path.Combine(root, otherwise) : Path.GetFullPath(set);
    }

    private static string? RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "NewsHub.sln"))) return folder.FullName;
        return null;
    }
}
