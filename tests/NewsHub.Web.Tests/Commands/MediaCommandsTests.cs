using NewsHub.Core.Media;
using NewsHub.Core.Tests.Media;

namespace NewsHub.Web.Tests.Commands;

/// <summary>Pictures go to an object store and back, and backups take them along.</summary>
[NeedsProcess]
public sealed class MediaCommandsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-media-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pictures_are_copied_there_and_back_and_the_second_time_nothing_is()
    {
        await using var app = new NewsHubApp();
        _ = app.Client;
        var settings = Settings(await (await SwiftServer.GetAsync()).BucketAsync());
        var originals = Originals(app.Data);
        Assert.NotEmpty(originals);

        var there = await Program.RunAsync(["media", "copy", "--to", "s3", "--data", app.Data], settings);
        Assert.Equal((0, $"{originals.Count} files copied, 0 left as they were.\n", ""), (there.Code, there.Output, there.Errors));
        var again = await Program.RunAsync(["media", "copy", "--to", "s3", "--data", app.Data], settings);
        Assert.Equal((0, $"0 files copied, {originals.Count} left as they were.\n"), (again.Code, again.Output));
        var back = await Program.RunAsync(["media", "copy", "--to", "folder", "--data", At("data")], settings);
        Assert.Equal((0, ""), (back.Code, back.Errors));
        Assert.Equal(originals, Originals(At("data")));
    }

    [Fact]
    public async Task A_backup_takes_the_originals_from_the_object_store_and_a_restore_puts_them_into_another()
    {
        await using var app = new NewsHubApp();
        _ = app.Client;
        var swift = await SwiftServer.GetAsync();
        var (first, second) = (await swift.BucketAsync(), await swift.BucketAsync());
        var originals = Originals(app.Data);

        var forgotten = await Program.RunAsync(["backup", At("paper.zip"), "--data", app.Data], Settings(first));
        Assert.Equal(1, forgotten.Code);
        Assert.Contains($"{originals.Count} originals lie in ", forgotten.Errors, StringComparison.Ordinal);
        Assert.Contains("media copy --to s3", forgotten.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.FullName));

        Assert.Equal(0, (await Program.RunAsync(["media", "copy", "--to", "s3", "--data", app.Data], Settings(first))).Code);
        Directory.Delete(Path.Combine(app.Data, "media"), recursive: true);
        var backup = await Program.RunAsync(["backup", At("paper.zip"), "--data", app.Data], Settings(first));
        Assert.Equal((0, ""), (backup.Code, backup.Errors));
        var restore = await Program.RunAsync(["restore", At("paper.zip"), "--data", At("data")], Settings(second));
        Assert.Equal((0, ""), (restore.Code, restore.Errors));
        Assert.False(Directory.Exists(Path.Combine(At("data"), "media")));
        using (var store = new S3MediaStore(second))
            Assert.Equal(originals.Keys, (await store.ListBelowAsync("originals", Cancel)).Select(f => f.Path));
        // The same archive serves a paper whose pictures are in a folder.
        Assert.Equal(0, (await Program.RunAsync(["restore", At("paper.zip"), "--data", At("plain")])).Code);
        Assert.Equal(originals, Originals(At("plain")));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_a_sentence()
    {
        var bucket = await (await SwiftServer.GetAsync()).BucketAsync();
        var settings = Settings(bucket);
        string[] copy = ["media", "copy", "--to", "folder", "--data", At("data")];
        var none = await Program.RunAsync(copy);
        Assert.Equal(
            (1, "There is no object store in the settings: see Media:S3:Endpoint in src/SETTINGS.md.\n"), (none.Code, none.Errors));
        settings["Media__S3__Secret"] = "not-the-secret";
        var refused = await Program.RunAsync(copy, settings);
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("The object store that holds the pictures refuses what it is asked. (", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", refused.Errors, StringComparison.Ordinal);
        settings["Media__S3__Endpoint"] = "http://127.0.0.1:1";
        var away = await Program.RunAsync(copy, settings);
        Assert.Equal(1, away.Code);
        Assert.StartsWith("The object store that holds the pictures does not answer. (", away.Errors, StringComparison.Ordinal);
        // A first start needs somewhere to put its pictures.
        var start = await Program.RunAsync(["--urls", "http://127.0.0.1:0", $"--Data:Folder={At("new")}"], settings);
        Assert.Equal(1, start.Code);
        Assert.Contains("The object store that holds the pictures does not answer.", start.Errors, StringComparison.Ordinal);
        settings.Remove("Media__S3__Secret");
        var half = await Program.RunAsync(copy, settings);
        Assert.Equal((1, "An object store needs endpoint, bucket, key and secret; not set: Media:S3:Secret.\n"), (half.Code, half.Errors));
        Assert.Equal(2, (await Program.RunAsync(["media", "copy", "--to", "tape"])).Code);
    }

    private static Dictionary<string, string> Settings(S3Connection bucket) => new()
    {
        ["Media__S3__Endpoint"] = bucket.Endpoint.AbsoluteUri,
        ["Media__S3__Bucket"] = bucket.Bucket,
        ["Media__S3__Key"] = bucket.Key,
        ["Media__S3__Secret"] = bucket.Secret,
    };

    private static SortedDictionary<string, string> Originals(string data)
    {
        var media = Path.Combine(data, "media");
        var files = Directory.GetFiles(Path.Combine(media, "originals"), "*", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetRelativePath(media, f).Replace('\\', '/'), f => Convert.ToBase64String(File.ReadAllBytes(f)));
        return new(files, StringComparer.Ordinal);
    }
}
