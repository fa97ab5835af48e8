using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

public sealed class FolderMediaStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task What_is_kept_is_read_back_and_no_draft_is_left(string ending)
    {
        var store = new FolderMediaStore(_folder.Root + ending);
        await store.SaveAsync("originals/ab/abc", new byte[] { 1, 2, 3 });
        await store.SaveAsync("originals/ab/abc", new byte[] { 4 });
        Assert.Equal([4], await store.ReadAsync("originals/ab/abc"));
        Assert.Null(await store.ReadAsync("originals/ab/none"));
        Assert.Equal(["originals/ab/abc"], _folder.Files().Keys);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a/..")]
    public async Task A_path_out_of_the_folder_is_refused(string path)
    {
        var store = new FolderMediaStore(_folder["media"]);
        _folder.Write("x", "secret");
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadAsync(path));
        await Assert.ThrowsAsync<ArgumentException>(() => store.SaveAsync(path, new byte[] { 1 }));
        Assert.Equal("secret", _folder.Read("x"));
    }

    [Fact]
    public async Task A_folder_beside_it_whose_name_begins_alike_is_out()
    {
        _folder.Write("media-private/x", "secret");
        await Assert.ThrowsAsync<ArgumentException>(() => new FolderMediaStore(_folder["media"]).ReadAsync("../media-private/x"));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_nothing()
    {
        var store = new FolderMediaStore(_folder.Root);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.SaveAsync("a/b", new byte[] { 1 }, new CancellationToken(true)));
        Assert.Empty(_folder.Files());
    }
}
