using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests;

/// <summary>
/// Data folders made once and copied for each app: hundreds are started here, and each would spend a second or two on the same schema and
/// the same import. What the program does at a first start is tried in Commands/, on programs that start with nothing.
/// </summary>
internal static class StartedStores
{
    private static readonly Lazy<Started> Empty = new(Migrate), EmptyOnPostgres = new(MigrateOnPostgres);
    private static readonly ConcurrentDictionary<string, Lazy<Started>?> Imported = new(StringComparer.Ordinal);

    /// <summary>
    /// What a folder holds after a start with this content at this time. Where a content is met for the first time it is only the schema:
    /// many a made-up paper is one test's alone.
    /// </summary>
    /// <returns>The connection string of the copy's database; null where the store is a file of the folder.</returns>
    public static string? CopyTo(string data, string content, DateTimeOffset now, bool onPostgres)
    {
        var known = content == Repository.Content;
        var key = known ? $"{onPostgres}" : string.Create(CultureInfo.InvariantCulture, $"{onPostgres} {now:O} {Digest(content)}");
        var imported = new Lazy<Started>(() => Import(content, now, onPostgres));
        var (folder, database) = (Imported.AddOrUpdate(key, known ? imported : null, (_, before) => before ?? imported)
            ?? (onPostgres ? EmptyOnPostgres : Empty)).Value;
        Copy(folder, data);
        return database is null ? null : PostgresServer.CopyAsync(database).GetAwaiter().GetResult();
    }

    /// <summary>Names and bytes of all files of a content folder.</summary>
    private static string Digest(string content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = Directory.Exists(content) ? Directory.GetFiles(content, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{Path.GetRelativePath(content, file)}\0"));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static Started Import(string content, DateTimeOffset now, bool onPostgres)
    {
        var kept = KeptUntilTheEnd("newshub-imported-");
        using var first = new FirstStart(kept.FullName) { Content = content, UsesPostgres = onPostgres };
        first.Time.AdjustTime(now);
        _ = first.Client;
        return new Started(kept, first.Database);
    }

    private static Started Migrate()
    {
        var kept = KeptUntilTheEnd("newshub-empty-");
        var file = Path.Combine(kept.FullName, "news.db");
        using (var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(file).Options))
            SqliteStore.MigrateAsync(db, file).GetAwaiter().GetResult();
        SqliteConnection.ClearAllPools();
        return new Started(kept, null);
    }

    private static Started MigrateOnPostgres() =>
        new(KeptUntilTheEnd("newshub-empty-"), PostgresServer.MakeDatabaseAsync().GetAwaiter().GetResult());

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

    /// <param name="Database">The connection string of a database that nobody is in; null where the store is a file of the folder.</param>
    private sealed record Started(DirectoryInfo Folder, string? Database);

    /// <summary>An app that starts with nothing, and leaves its folder behind once it has stopped.</summary>
    private sealed class FirstStart(string keeps) : NewsHubApp
    {
        private protected override bool BeginsWithCopy => false;

        private protected override void Leave(DirectoryInfo data)
        {
            Copy(data, keeps);
            data.Delete(recursive: true);
            // Nobody may be in a database that is copied.
            Npgsql.NpgsqlConnection.ClearAllPools();
        }
    }
}
