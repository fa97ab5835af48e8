using System.Runtime.Versioning;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using NewsHub.Core.Mail;
using NewsHub.Core.Media;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

/// <summary>Who else has an account on the machine opens nothing of the paper's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;
    private readonly TempFolder _folder = new();

    public PrivateFilesTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes of files are Unix's.");

    private string Data => _folder["data"];
    private string Store => _folder["data/news.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_that_is_written_below_the_data_folder_is_the_owners_alone()
    {
        Assert.Null(DataFolder.Prepare(Data, Store));
        using var hold = SqliteStore.Hold(Store);
        await using var db = Db();
        await SqliteStore.MigrateAsync(db, Store);
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE x (y)");
        await new FolderMediaStore(Path.Combine(Data, "media")).SaveAsync("originals/ab/abc", new byte[] { 1 });
        await new OutboxMailer(Path.Combine(Data, "outbox"), new MailboxAddress("", "a@b.example"), TimeProvider.System)
            .SendAsync(new Email("c@d.example", "", "s", "t"));
        new SubscriberLinks(Path.Combine(Data, "keys")).Sign(1);
        var seen = Everything();
        Assert.All([
            "news.db", "news.db-wal", "news.db-shm", "news.db.open", "news.db.lock", "media", "originals", "abc", "outbox", "keys",
            "newsletter.key",
        ], name => Assert.Contains(name, seen.Select(Path.GetFileName)));
        Assert.All(seen, AssertPrivate);
    }

    [Fact]
    public async Task A_backup_lets_nobody_read_the_store_while_it_is_made_nor_after()
    {
        await MakeAsync();
        Directory.CreateDirectory(_folder["for-all"]);
        var seen = new HashSet<string>();
        var backup =
            new Backup(new SqliteProvider(Store), Data, Path.Combine(Data, "media"), Path.Combine(Data, "keys"), TimeProvider.System);
        await backup.WriteAsync(_folder["for-all"], new Watch(() =>
        {
            foreach (var file in Directory.GetFiles(_folder["for-all"]))
            {
                seen.Add(Path.GetExtension(file));
                AssertPrivate(file);
            }
        }));
        Assert.Contains(".db", seen);
        var zip = Assert.Single(Directory.GetFiles(_folder["for-all"]));
        AssertPrivate(zip);
        // And put back: the store, and what it is unpacked in.
        var (other, stage) = (new SqliteProvider(_folder["other/news.db"]), new HashSet<string>());
        await new Backup(other, _folder["other"], _folder["other/media"], _folder["other/keys"], TimeProvider.System).RestoreAsync(
            zip, replace: false, new Watch(() =>
            {
                foreach (var path in Directory.EnumerateFileSystemEntries(_folder["other"], "*", SearchOption.AllDirectories)
                    .Append(_folder["other"]))
                {
                    stage.Add(Path.GetFileName(path));
                    AssertPrivate(path);
                }
            }));
        Assert.Contains("restoring", stage);
        AssertPrivate(_folder["other/news.db"]);
    }

    [Fact]
    public async Task A_start_takes_from_others_what_an_older_program_left_open_and_says_so_once()
    {
        await MakeAsync();
        File.SetUnixFileMode(Data, UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Store, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Contains("no longer can", DataFolder.Prepare(Data, Store), StringComparison.Ordinal);
        AssertPrivate(Data);
        AssertPrivate(Store);
        Assert.Null(DataFolder.Prepare(Data, Store));
    }

    [Fact]
    public void A_folder_that_all_share_is_not_shut()
    {
        Directory.CreateDirectory(Data);
        const UnixFileMode shared =
            UnixFileMode.StickyBit | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Others;
        File.SetUnixFileMode(Data, shared);
        Assert.Contains("Choose a folder of its own", DataFolder.Prepare(Data, Store), StringComparison.Ordinal);
        Assert.Equal(shared, File.GetUnixFileMode(Data));
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_told_in_a_sentence()
    {
        _folder.Write("data", "x");
        Assert.Contains(Data, Assert.Throws<StoreException>(() => DataFolder.Prepare(Data, Store)).Message, StringComparison.Ordinal);
        Assert.Equal("x", _folder.Read("data"));
    }

    private async Task MakeAsync()
    {
        await using var db = Db();
        await SqliteStore.MigrateAsync(db, Store);
    }

    private NewsDb Db() => new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Store).Options);

    private List<string> Everything() => [Data, .. Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories)];

    private static void AssertPrivate(string path)
    {
        var mode = File.GetUnixFileMode(path);
        Assert.True((mode & Others) == 0, $"Others can open {path}: {mode}.");
    }

    private sealed class Watch(Action look) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => look();
    }
}
