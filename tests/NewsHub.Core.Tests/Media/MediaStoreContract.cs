using System.Security.Cryptography;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>What holds for every media store, tried on each of them.</summary>
public abstract class MediaStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An empty one.</summary>
    protected abstract Task<IMediaStore> OpenAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(PictureProcessor.MaxBytes)]
    public async Task What_is_saved_is_read_back_byte_by_byte(int length)
    {
        var store = await OpenAsync();
        var bytes = RandomNumberGenerator.GetBytes(length);
        await store.SaveAsync("originals/ab/abc", bytes, Cancel);
        var all = await store.ReadAsync("originals/ab/abc", Cancel);
        Assert.True(bytes.AsSpan().SequenceEqual(all));
        Assert.Equal([new MediaFile("originals/ab/abc", length)], await store.ListBelowAsync("originals", Cancel));
        await using var stream = await store.OpenAsync("originals/ab/abc", Cancel);
        Assert.NotNull(stream);
        Assert.Equal((0, length), (stream.Position, stream.Length));
        var read = new byte[length];
        await stream.ReadExactlyAsync(read, Cancel);
        Assert.True(bytes.AsSpan().SequenceEqual(read));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    public async Task A_file_is_read_from_any_place_on_also_while_it_is_deleted(int length)
    {
        var store = await OpenAsync();
        var bytes = RandomNumberGenerator.GetBytes(length);
        await store.SaveAsync("originals/ab/abc", bytes, Cancel);
        await using var stream = (await store.OpenAsync("originals/ab/abc", Cancel))!;
        Assert.True(stream.CanSeek);
        stream.Seek(-100, SeekOrigin.End);
        var end = new byte[100];
        await stream.ReadExactlyAsync(end, Cancel);
        await store.DeleteAsync("originals/ab/abc", Cancel);
        stream.Position = 10;
        var start = new byte[90];
        await stream.ReadExactlyAsync(start, Cancel);
        Assert.Equal([.. bytes[^100..], .. bytes[10..100]], [.. end, .. start]);
    }

    [Fact]
    public async Task Part_of_an_array_is_saved_as_that_part()
    {
        var store = await OpenAsync();
        await store.SaveAsync("a/b", new byte[] { 1, 2, 3, 4 }.AsMemory(1, 2), Cancel);
        Assert.Equal([2, 3], await store.ReadAsync("a/b", Cancel));
    }

    [Fact]
    public async Task What_is_saved_again_takes_the_place_of_what_was_there()
    {
        var store = await OpenAsync();
        await store.SaveAsync("a/b", new byte[] { 1, 2, 3 }, Cancel);
        await store.SaveAsync("a/b", new byte[] { 4 }, Cancel);
        Assert.Equal([4], await store.ReadAsync("a/b", Cancel));
        Assert.Equal([new MediaFile("a/b", 1)], await store.ListBelowAsync("a", Cancel));
    }

    [Fact]
    public async Task Several_who_save_the_same_at_once_leave_one_whole_file()
    {
        var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(1, 6)
            .Select(n => store.SaveAsync("a/b", Enumerable.Repeat((byte)n, 90_000).ToArray(), Cancel)));
        var read = await store.ReadAsync("a/b", Cancel);
        Assert.Equal(90_000, read!.Length);
        Assert.Single(read.Distinct());
    }

    [Fact]
    public async Task What_is_not_there_is_none_and_no_fault()
    {
        var store = await OpenAsync();
        Assert.Null(await store.ReadAsync("originals/ab/none", Cancel));
        Assert.Null(await store.OpenAsync("originals/ab/none", Cancel));
        Assert.False(await store.HasAsync("originals/ab/none", Cancel));
        Assert.Empty(await store.ListAsync("originals", Cancel));
        Assert.Empty(await store.ListBelowAsync("originals", Cancel));
        await store.DeleteAsync("originals/ab/none", Cancel);
    }

    [Fact]
    public async Task A_folder_lists_its_own_files_or_all_below_it_in_order()
    {
        var store = await OpenAsync();
        string[] paths = ["a/z", "a/b", "a/c/y", "a/c/d/x", "a/ä", "ab/other", "a/e", "a/f", "a/g", "a/h", "a/i"];
        foreach (var path in paths) await store.SaveAsync(path, new byte[path.Length], Cancel);
        Assert.Equal(
            ["a/b", "a/e", "a/f", "a/g", "a/h", "a/i", "a/z", "a/ä"], (await store.ListAsync("a", Cancel)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["a/b", "a/c/d/x", "a/c/y", "a/e", "a/f", "a/g", "a/h", "a/i", "a/z", "a/ä"],
            (await store.ListBelowAsync("a", Cancel)).Select(f => f.Path));
        Assert.All(await store.ListBelowAsync("a", Cancel), f => Assert.Equal(f.Path.Length, f.Bytes));
        Assert.Equal(["a/c/d/x"], await store.ListAsync("a/c/d", Cancel));
        Assert.True(await store.HasAsync("a/c/y", Cancel));
        Assert.False(await store.HasAsync("a/c", Cancel));
    }

    [Fact]
    public async Task A_file_or_a_folder_is_deleted_and_what_begins_alike_stays()
    {
        var store = await OpenAsync();
        foreach (var path in new[] { "a/b/1", "a/b/2", "a/b/c/3", "a/b/c/4", "a/b/5", "a/bc", "a/b-6" })
            await store.SaveAsync(path, new byte[] { 1 }, Cancel);
        await store.DeleteAsync("a/b/5", Cancel);
        Assert.Equal(["a/b/1", "a/b/2"], (await store.ListAsync("a/b", Cancel)).Order(StringComparer.Ordinal));
        await store.DeleteAsync("a/b", Cancel);
        Assert.Equal(["a/b-6", "a/bc"], (await store.ListBelowAsync("a", Cancel)).Select(f => f.Path));
    }

    [Theory]
    [InlineData("odd/with space.jpg")]
    [InlineData("odd/a+b=c&d%20e%2Ff#g.jpg")]
    [InlineData("odd/日本語/ä’“é”.jpg")]
    [InlineData("odd/'quoted'(1)!~@$,;.jpg")]
    [InlineData("odd/🗞.jpg")]
    [InlineData("odd/..hidden..")]
    public async Task A_name_of_any_letters_is_kept_as_it_is(string path)
    {
        var store = await OpenAsync();
        await store.SaveAsync(path, new byte[] { 7 }, Cancel);
        Assert.Equal([7], await store.ReadAsync(path, Cancel));
        Assert.True(await store.HasAsync(path, Cancel));
        Assert.Equal([path], (await store.ListBelowAsync("odd", Cancel)).Select(f => f.Path));
        await store.DeleteAsync(path, Cancel);
        Assert.False(await store.HasAsync(path, Cancel));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a/..")]
    public async Task A_path_out_of_the_store_is_refused(string path)
    {
        var store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.OpenAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.SaveAsync(path, new byte[] { 1 }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HasAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ListAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ListBelowAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeleteAsync(path, Cancel));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_nothing()
    {
        var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.SaveAsync("a/b", new byte[] { 1 }, new CancellationToken(true)));
        Assert.False(await store.HasAsync("a/b", Cancel));
        Assert.Empty(await store.ListBelowAsync("a", Cancel));
    }

    [Fact]
    public async Task A_picture_is_taken_in_printed_replaced_by_its_address_and_removed()
    {
        var store = await OpenAsync();
        using var processor = new PictureProcessor(store);
        var picture = new Picture("harbour.png");
        using var drawn = NetVips.Image.Black(800, 600);
        await processor.TakeInAsync(picture, drawn.PngsaveBuffer(), cancel: Cancel);
        foreach (var format in Rendition.Formats)
        {
            var rendition = new Rendition(picture.Key, Crop.Full, 320, format);
            var made = await processor.RenderAsync(picture, rendition, cancel: Cancel);
            Assert.Equal(made, await processor.FindAsync(rendition));
        }
        Assert.Equal(PhotoMetadata.Blank, await processor.ReadMetadataAsync(picture, Cancel));
        await processor.EraseAsync([picture.Hash], [picture.Key], Cancel);
        Assert.Empty(await store.ListBelowAsync("originals", Cancel));
        Assert.Empty(await store.ListBelowAsync("renditions", Cancel));
    }
}

public sealed class FolderMediaStoreContractTests : MediaStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IMediaStore> OpenAsync() => Task.FromResult<IMediaStore>(new FolderMediaStore(_folder["media"]));
}

[Trait("Needs", "process")]
public sealed class S3MediaStoreContractTests : MediaStoreContract, IDisposable
{
    private S3MediaStore? _store;

    public void Dispose() => _store?.Dispose();

    protected override async Task<IMediaStore> OpenAsync()
    {
        var bucket = await (await SwiftServer.GetAsync()).BucketAsync();
        return _store = new S3MediaStore(new()
        {
            Endpoint = bucket.Endpoint,
            Bucket = bucket.Bucket,
            Key = bucket.Key,
            Secret = bucket.Secret,
            Timeout = bucket.Timeout,
            // Whatever is listed takes several pages.
            PageSize = 3,
        });
    }
}
