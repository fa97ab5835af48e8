using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests;

/// <summary>
/// Data folders made once and copied for each app: hundreds are started here, and each would spend a second or two on the same schema and the same import.
/// What the program does at a first start is tried in Commands/, on programs that start with nothing.
/// </summary>
internal static class StartedStores
{
    private static readonly Lazy<DirectoryInfo> Imported = new(Import);
    private static readonly Lazy<DirectoryInfo> Empty = new(Migrate);

    /// <summary>What a folder holds after a start with the sample paper; with another content only the schema.</summary>
    public static void CopyTo(string data, string content) => Copy((content == Repository.Content ? Imported : Empty).Value, data);

    private static DirectoryInfo Import()
    {
        var kept = KeptUntilTheEnd("newshub-imported-");
        using var first = new FirstStart(kept.FullName);
        _ = first.Client;
        return kept;
    }

    private static DirectoryInfo Migrate()
    {
        var kept = KeptUntilTheEnd("newshub-empty-");
        var file = Path.Combine(kept.FullName, "news.db");
        using (var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(file).Options))
            SqliteStore.MigrateAsync(db, file).GetAwaiter().GetResult();
        SqliteConnection.ClearAllPools();
        return kept;
    }

    private static DirectoryInfo KeptUntilTheEnd(string name)
    {
        var folder = Directory.CreateTempSubdirectory(name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        foreach (var folder in from.EnumerateDirectories("*", SearchOption.AllDirectories))
            PrivateFiles.CreateFolder(Path.Combine(to, Path.GetRelativePath(from.FullName, folder.FullName)));
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
            file.CopyTo(Path.Combine(to, Path.GetRelativePath(from.FullName, file.FullName)));
    }

    /// <summary>An app that starts with nothing, and leaves its folder behind once it has stopped.</summary>
    private sealed class FirstStart(string keeps) : NewsHubApp
    {
        private protected override bool BeginsWithCopy => false;

        private protected override void Leave(DirectoryInfo data)
        {
            Copy(data, keeps);
            base.Leave(data);
        }
    }
}
