using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

public sealed class BackupTests : IDisposable
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 25, 2, 43, 0, TimeSpan.Zero));
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_backed_up_comes_back_and_renditions_do_not()
    {
        await FillAsync("data", "Ferry strike");
        var before = await HeadlinesAsync("data");
        var (file, manifest) = await Of("data").WriteAsync(_folder["out/one.zip"]);
        Assert.Equal((_folder["out/one.zip"], Time.GetUtcNow(), 1L), (file, manifest.Made, manifest.Rows["Stories"]));
        Assert.Equal(["news.db", "media/originals/ab/abcd", "keys/key-1.xml"], manifest.Files.Select(f => f.Path));
        Assert.Equal(["one.zip"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var restored = await Of("new").RestoreAsync(file, replace: false);
        Assert.Equal(manifest.Rows, restored.Rows);
        Assert.Equal(before, await HeadlinesAsync("new"));
        Assert.Equal("a picture", _folder.Read("new/media/originals/ab/abcd"));
        Assert.Equal("a key", _folder.Read("new/keys/key-1.xml"));
        Assert.False(Directory.Exists(_folder["new/media/renditions"]));
        Assert.False(Directory.Exists(_folder["new/restoring"]));
    }

    [Fact]
    public async Task In_a_folder_a_backup_is_named_by_its_time_and_none_is_ever_written_over()
    {
        await FillAsync("data", "Ferry strike");
        Directory.CreateDirectory(_folder["out"]);
        var (file, _) = await Of("data").WriteAsync(_folder["out"]);
        Assert.Equal(_folder["out/e-news-20261125-024300Z.zip"], file);
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of("data").WriteAsync(file));
        Assert.Contains("is there already", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder["out"]));
    }

    [Fact]
    public async Task Nothing_is_no_backup()
    {
        await Assert.ThrowsAsync<StoreException>(() => Of("data").WriteAsync(_folder["one.zip"]));
        _folder.Write("data/news.db", new string('x', 5000));
        await Assert.ThrowsAsync<StoreException>(() => Of("data").WriteAsync(_folder["one.zip"]));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_broken_store_is_not_backed_up_in_silence()
    {
        await FillAsync("data", "Ferry strike");
        SqliteConnection.ClearAllPools();
        await using (var store = new FileStream(_folder["data/news.db"], FileMode.Open))
        {
            store.Position = store.Length / 2;
            await store.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(store.Length / 4)).ToArray(), TestContext.Current.CancellationToken);
        }
        await Assert.ThrowsAsync<StoreException>(() => Of("data").WriteAsync(_folder["one.zip"]));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_backup_cut_short_leaves_nothing_behind()
    {
        await FillAsync("data", "Ferry strike");
        await Assert.ThrowsAsync<OperationCanceledException>(() => Of("data").WriteAsync(_folder["out/one.zip"], new CutShort(1)));
        Assert.Empty(Directory.GetFiles(_folder["out"]));
    }

    [Fact]
    public async Task A_store_that_is_there_is_replaced_only_by_force_journal_and_all()
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        await FillAsync("other", "Bridge opens");
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of("other").RestoreAsync(file, replace: false));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["Bridge opens"], await HeadlinesAsync("other"));
        // As a killed program leaves it: the last change is in the journal alone.
        SqliteConnection.ClearAllPools();
        await using (var db = Db("other"))
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync(
                "UPDATE Revisions SET Headline = 'Bridge opens late'", TestContext.Current.CancellationToken);
            foreach (var part in new[] { "news.db", "news.db-wal" }) File.Copy(_folder["other/" + part], _folder[part]);
        }
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { "news.db", "news.db-wal" }) File.Move(_folder[part], _folder["other/" + part], overwrite: true);
        Assert.True(new FileInfo(_folder["other/news.db-wal"]).Length > 0);

        await Of("other").RestoreAsync(file, replace: true);
        Assert.False(File.Exists(_folder["other/news.db-wal"]));
        Assert.Equal(["Ferry strike"], await HeadlinesAsync("other"));
        Assert.Equal("ok", await IntegrityAsync("other"));
    }

    [Fact]
    public async Task A_broken_store_can_be_replaced()
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        _folder.Write("other/news.db", new string('x', 5000));
        _folder.Write("other/news.db-wal", new string('x', 5000));
        await Of("other").RestoreAsync(file, replace: true);
        Assert.Equal(["Ferry strike"], await HeadlinesAsync("other"));
    }

    [Fact]
    public async Task Cut_short_at_any_file_a_restore_leaves_the_old_store()
    {
        await FillAsync("data", "Ferry strike");
        var (file, manifest) = await Of("data").WriteAsync(_folder["one.zip"]);
        await FillAsync("other", "Bridge opens");
        var told = new CutShort(int.MaxValue);
        await Of("third").RestoreAsync(file, replace: false, told);
        Assert.NotEqual(0, told.Times);
        for (var at = 1; at <= told.Times; at++)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => Of("other").RestoreAsync(file, replace: true, new CutShort(at)));
            Assert.Equal(["Bridge opens"], await HeadlinesAsync("other"));
        }
        // And what a killed one left is in nobody's way.
        _folder.Write("other/restoring/news.db", "half");
        await Of("other").RestoreAsync(file, replace: true);
        Assert.Equal(["Ferry strike"], await HeadlinesAsync("other"));
        Assert.Equal(3, manifest.Files.Count);
    }

    [Fact]
    public async Task What_cannot_be_put_in_its_place_leaves_the_old_store()
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        await FillAsync("other", "Bridge opens");
        File.Delete(_folder["other/keys/key-1.xml"]);
        _folder.Write("other/keys/key-1.xml/in-the-way", "a folder where a file should be");
        await Assert.ThrowsAnyAsync<SystemException>(() => Of("other").RestoreAsync(file, replace: true));
        Assert.Equal(["Bridge opens"], await HeadlinesAsync("other"));
        Assert.False(Directory.Exists(_folder["other/restoring"]));
    }

    [Fact]
    public async Task While_somebody_works_on_the_store_it_is_not_replaced_and_while_it_is_replaced_nobody_works()
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        await using (SqliteStore.Hold(_folder["data/news.db"]))
        await using (SqliteStore.Hold(_folder["data/news.db"]))
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => Of("data").RestoreAsync(file, replace: true));
            Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        }
        await using (SqliteStore.HoldAlone(_folder["data/news.db"]))
            Assert.Contains("being restored", Assert.Throws<StoreException>(() => SqliteStore.Hold(_folder["data/news.db"])).Message,
                StringComparison.Ordinal);
        await Of("data").RestoreAsync(file, replace: true);
    }

    [Theory]
    [InlineData("a byte of a picture", "media/originals/ab/abcd")]
    [InlineData("a byte of the store", "news.db")]
    [InlineData("cut off", null)]
    [InlineData("no zip", null)]
    [InlineData("a picture lost", "media/originals/ab/abcd")]
    [InlineData("no store", "news.db")]
    [InlineData("no manifest", "manifest.json")]
    [InlineData("no manifest's words", "manifest.json")]
    public async Task A_damaged_archive_is_refused_and_changes_nothing(string damage, string? name)
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        switch (damage)
        {
            case "cut off": _folder.Write("one.zip", File.ReadAllBytes(file)[..^100]); break;
            case "no zip": _folder.Write("one.zip", "This is no zip file."); break;
            case "a byte of a picture": Change(file, name!, bytes => { bytes[0] ^= 1; return bytes; }); break;
            case "a byte of the store": Change(file, name!, bytes => { bytes[^1] ^= 1; return bytes; }); break;
            case "no manifest's words": Change(file, name!, _ => "{ \"format\": 1, \"files\": null }"u8.ToArray()); break;
            case "no store":
                Change(file, name!, _ => null);
                Change(file, "manifest.json", bytes => Manifest(bytes, m => m["files"]!.AsArray().RemoveAt(0)));
                break;
            default: Change(file, name!, _ => null); break;
        }
        foreach (var (data, replace) in new[] { ("data", true), ("new", false) })
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => Of(data).RestoreAsync(file, replace));
            Assert.Contains("is no whole backup", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(["Ferry strike"], await HeadlinesAsync("data"));
        Assert.False(File.Exists(_folder["new/news.db"]));
        Assert.False(Directory.Exists(_folder["new/keys"]));
    }

    [Fact]
    public async Task A_byte_changed_anywhere_in_the_archive_is_refused_or_was_of_no_account()
    {
        await FillAsync("data", "Ferry strike");
        var (file, manifest) = await Of("data").WriteAsync(_folder["one.zip"]);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var refused = 0;
        for (var at = 3; at < bytes.Length; at += Math.Max(1, bytes.Length / 100))
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x55;
            _folder.Write("damaged.zip", damaged);
            try
            {
                // A time in a header, say: nothing that is restored.
                var restored = await Of("new").RestoreAsync(_folder["damaged.zip"], replace: true);
                Assert.Equal(manifest.Files, restored.Files);
            }
            catch (StoreException)
            {
                refused++;
            }
            Assert.False(Directory.Exists(_folder["new/restoring"]));
        }
        Assert.InRange(refused, 50, int.MaxValue);
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("keys/../../escaped")]
    [InlineData("media/originals/../../../escaped")]
    [InlineData("/tmp/escaped")]
    [InlineData("keys//escaped")]
    [InlineData("keys/./escaped")]
    [InlineData("keys\\..\\..\\escaped")]
    [InlineData("keys/c:escaped")]
    [InlineData("media/renditions/escaped")]
    [InlineData("escaped")]
    public async Task A_file_that_would_lie_outside_is_refused(string path)
    {
        await FillAsync("data", "Ferry strike");
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            using var stream = zip.CreateEntry(path).Open();
            stream.Write("out"u8);
        }
        Change(file, "manifest.json", bytes => Manifest(bytes, m => m["files"]!.AsArray().Add(new JsonObject
        {
            ["path"] = path,
            ["bytes"] = 3,
            ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("out"u8)),
        })));
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of("new").RestoreAsync(file, replace: false));
        Assert.Contains("no place in a data folder", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root, "escaped", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_a_sentence()
    {
        await FillAsync("data", "Ferry strike");
        await using (var db = Db("data"))
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Telepathy', '99.0.0')", TestContext.Current.CancellationToken);
        // An old program still backs it up: it is only copied.
        var (file, _) = await Of("data").WriteAsync(_folder["one.zip"]);
        var refused = await Assert.ThrowsAsync<StoreException>(() => Of("new").RestoreAsync(file, replace: false));
        Assert.Contains("newer version of this program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Telepathy", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
    }

    private Backup Of(string data) => new(
        new SqliteProvider(_folder[$"{data}/news.db"]), _folder[data], _folder[$"{data}/media"], _folder[$"{data}/keys"], Time);

    private NewsDb Db(string data) =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(_folder[$"{data}/news.db"]).Options);

    private async Task FillAsync(string data, string headline)
    {
        await using var db = Db(data);
        await SqliteStore.MigrateAsync(db, _folder[$"{data}/news.db"]);
        var copy = await Copy.SetAsync(db);
        db.Stories.Add(copy.Live(headline));
        await db.SaveChangesAsync();
        _folder.Write($"{data}/media/originals/ab/abcd", "a picture");
        _folder.Write($"{data}/media/originals/ab/half.tmp", "half a picture");
        _folder.Write($"{data}/media/renditions/ab/full-320.avif", "a rendition");
        _folder.Write($"{data}/keys/key-1.xml", "a key");
    }

    private async Task<List<string>> HeadlinesAsync(string data)
    {
        SqliteConnection.ClearAllPools();
        await using var db = Db(data);
        return await db.Revisions.Select(r => r.Text.Headline).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> IntegrityAsync(string data)
    {
        await using var db = Db(data);
        return await db.Database
            .SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check")
            .SingleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Writes an entry anew, with a checksum of its own: damage that only our hashes see. Null takes it out.</summary>
    private static void Change(string file, string name, Func<byte[], byte[]?> change)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        using var held = new MemoryStream();
        using (var stream = zip.GetEntry(name)!.Open()) stream.CopyTo(held);
        zip.GetEntry(name)!.Delete();
        if (change(held.ToArray()) is not { } changed) return;
        using var anew = zip.CreateEntry(name).Open();
        anew.Write(changed);
    }

    private static byte[] Manifest(byte[] bytes, Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(bytes)!;
        change(manifest);
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    /// <summary>Stands for Ctrl+C at the nth report.</summary>
    private sealed class CutShort(int at) : IProgress<ImportProgress>
    {
        public int Times { get; private set; }

        public void Report(ImportProgress value)
        {
            if (++Times == at) throw new OperationCanceledException();
        }
    }
}
