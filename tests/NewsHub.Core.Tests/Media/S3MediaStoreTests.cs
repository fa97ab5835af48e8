using System.Security.Cryptography;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Media;

/// <summary>What an object store does that a folder does not: it is away, it breaks off, it refuses.</summary>
[Trait("Needs", "process")]
public sealed class S3MediaStoreTests
{
    private static readonly byte[] Picture = RandomNumberGenerator.GetBytes(2_000_000);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_cut_off_on_its_way_there_leaves_what_was_there(bool isSilent)
    {
        var swift = await SwiftServer.GetAsync();
        using var line = new BrokenLine(swift.Endpoint) { MostUp = 700_000, FallsSilent = isSilent };
        var connection = await swift.BucketAsync(line.Address, isSilent ? TimeSpan.FromSeconds(0.2) : null);
        using var broken = new S3MediaStore(connection);
        using var whole = new S3MediaStore(Directly(connection, swift));
        AssertAway(await Assert.ThrowsAsync<MediaStoreException>(() => broken.SaveAsync("originals/ab/abc", Picture, Cancel)));
        Assert.False(await whole.HasAsync("originals/ab/abc", Cancel));
        Assert.Empty(await whole.ListBelowAsync("originals", Cancel));
        await whole.SaveAsync("originals/ab/abc", new byte[] { 1 }, Cancel);
        AssertAway(await Assert.ThrowsAsync<MediaStoreException>(() => broken.SaveAsync("originals/ab/abc", Picture, Cancel)));
        Assert.Equal([1], await whole.ReadAsync("originals/ab/abc", Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_cut_off_on_its_way_back_is_no_picture(bool isSilent)
    {
        var swift = await SwiftServer.GetAsync();
        using var line = new BrokenLine(swift.Endpoint) { MostDown = 700_000, FallsSilent = isSilent };
        var connection = await swift.BucketAsync(line.Address, isSilent ? TimeSpan.FromSeconds(0.5) : null);
        using var whole = new S3MediaStore(Directly(connection, swift));
        await whole.SaveAsync("originals/ab/abc", Picture, Cancel);
        using var broken = new S3MediaStore(connection);
        AssertAway(await Assert.ThrowsAsync<MediaStoreException>(() => broken.ReadAsync("originals/ab/abc", Cancel)));
        AssertAway(await Assert.ThrowsAsync<MediaStoreException>(() => broken.OpenAsync("originals/ab/abc", Cancel)));
    }

    [Fact]
    public async Task A_store_that_is_away_or_says_nothing_is_told_as_such_within_the_time_given()
    {
        var swift = await SwiftServer.GetAsync();
        var line = new BrokenLine(swift.Endpoint) { MostUp = 1, FallsSilent = true };
        using var store = new S3MediaStore(await swift.BucketAsync(line.Address, TimeSpan.FromSeconds(0.2)));
        await AllFailAsync(store, StorageCause.ObjectsAway);
        line.Dispose();
        await AllFailAsync(store, StorageCause.ObjectsAway);
    }

    [Fact]
    public async Task A_wrong_secret_and_a_bucket_that_is_not_there_are_told_as_refused_and_the_secret_is_not()
    {
        var swift = await SwiftServer.GetAsync();
        var connection = await swift.BucketAsync();
        using var locked = new S3MediaStore(new()
        {
            Endpoint = connection.Endpoint,
            Bucket = connection.Bucket,
            Key = connection.Key,
            Secret = "not-the-secret",
        });
        foreach (var failure in await AllFailAsync(locked, StorageCause.ObjectsRefused))
            Assert.DoesNotContain("not-the-secret", failure.ToString(), StringComparison.Ordinal);
        using var nowhere = new S3MediaStore(new()
        {
            Endpoint = connection.Endpoint,
            Bucket = "no-such-bucket",
            Key = connection.Key,
            Secret = connection.Secret,
        });
        foreach (var act in new Func<Task>[]
        {
            () => nowhere.ReadAsync("a/b", Cancel), () => nowhere.SaveAsync("a/b", new byte[] { 1 }, Cancel),
            () => nowhere.ListAsync("a", Cancel),
        })
            Assert.Equal(StorageCause.ObjectsRefused, (await Assert.ThrowsAsync<MediaStoreException>(act)).Cause);
    }

    [Fact]
    public async Task Whoever_goes_away_is_not_told_that_the_store_is()
    {
        var swift = await SwiftServer.GetAsync();
        using var store = new S3MediaStore(await swift.BucketAsync());
        foreach (var act in Acts(store, new CancellationToken(true)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(act);
    }

    [Fact]
    public async Task A_large_original_leaves_no_file_on_this_machine_while_it_is_read()
    {
        var swift = await SwiftServer.GetAsync();
        using var store = new S3MediaStore(await swift.BucketAsync());
        await store.SaveAsync("a/b", Picture, Cancel);
        await using var open = await store.OpenAsync("a/b", Cancel);
        var file = Assert.IsType<FileStream>(open);
        Assert.False(File.Exists(file.Name));
    }

    [Fact]
    public async Task While_the_store_is_away_a_picture_that_was_made_is_shown_from_memory_and_others_fail_as_the_machine_does()
    {
        var swift = await SwiftServer.GetAsync();
        using var line = new BrokenLine(swift.Endpoint);
        using var store = new S3MediaStore(await swift.BucketAsync(line.Address));
        using var processor = new PictureProcessor(store);
        var picture = new Picture("harbour.png");
        using var drawn = NetVips.Image.Gaussnoise(800, 600, mean: 128, sigma: 60).Cast(NetVips.Enums.BandFormat.Uchar);
        await processor.TakeInAsync(picture, drawn.PngsaveBuffer(), cancel: Cancel);
        var (made, other) = (new Rendition(picture.Key, Crop.Full, 320, "jpg"), new Rendition(picture.Key, Crop.Full, 480, "jpg"));
        // It takes what is asked of it, and no picture.
        line.MostUp = 8000;
        var bytes = await processor.RenderAsync(picture, made, cancel: Cancel);
        Assert.NotNull(bytes);
        line.MostUp = 0;
        await using var shown = await processor.OpenAsync(made, Cancel);
        Assert.Equal(bytes.Length, shown!.Length);
        Assert.Null(await processor.PathOfAsync(made, Cancel));
        Assert.NotNull(StorageFailure.Of(await Assert.ThrowsAsync<MediaStoreException>(() => processor.OpenAsync(other, Cancel))));
        Assert.NotNull(StorageFailure.Of(await Assert.ThrowsAsync<MediaStoreException>(
            () => processor.RenderAsync(picture, other, cancel: Cancel))));
        // A new original is nowhere else.
        await Assert.ThrowsAsync<MediaStoreException>(
            () => processor.TakeInAsync(new Picture("new.png"), drawn.JpegsaveBuffer(), cancel: Cancel));
    }

    private static S3Connection Directly(S3Connection connection, SwiftServer swift) => new()
    {
        Endpoint = swift.Endpoint,
        Bucket = connection.Bucket,
        Key = connection.Key,
        Secret = connection.Secret,
    };

    private static void AssertAway(MediaStoreException failed)
    {
        Assert.Equal(StorageCause.ObjectsAway, failed.Cause);
        Assert.Equal(StorageCause.ObjectsAway, StorageFailure.Of(new InvalidOperationException("x", failed))?.Cause);
    }

    private static async Task<IReadOnlyList<MediaStoreException>> AllFailAsync(IMediaStore store, StorageCause cause)
    {
        var failures = new List<MediaStoreException>();
        foreach (var act in Acts(store, Cancel))
        {
            var failed = await Assert.ThrowsAsync<MediaStoreException>(act);
            Assert.Equal(cause, failed.Cause);
            failures.Add(failed);
        }
        return failures;
    }

    private static IEnumerable<Func<Task>> Acts(IMediaStore store, CancellationToken cancel) =>
    [
        () => store.SaveAsync("a/b", new byte[] { 1 }, cancel), () => store.ReadAsync("a/b", cancel), () => store.OpenAsync("a/b", cancel),
        () => store.HasAsync("a/b", cancel), () => store.ListAsync("a", cancel), () => store.ListBelowAsync("a", cancel),
        () => store.DeleteAsync("a/b", cancel),
    ];
}
