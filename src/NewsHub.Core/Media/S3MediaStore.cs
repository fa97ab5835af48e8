using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NewsHub.Core.Store;

namespace NewsHub.Core.Media;

/// <summary>
/// Media in a bucket of an S3-compatible object store, each file an object under its path. An object is there whole or not at all: a store
/// takes one in when its last byte has come and its hash is right, and what is read is handed on when its last byte has come.
/// </summary>
public sealed class S3MediaStore : IMediaStore, IDisposable
{
    /// <summary>What is larger is read by way of a file on this machine.</summary>
    private const int MostInMemory = 256 * 1024;

    private readonly S3Connection _connection;
    private readonly AmazonS3Client _client;

    public S3MediaStore(S3Connection connection)
    {
        _connection = connection;
        _client = new AmazonS3Client(new BasicAWSCredentials(connection.Key, connection.Secret), new AmazonS3Config
        {
            ServiceURL = connection.Endpoint.AbsoluteUri,
            AuthenticationRegion = connection.Region,
            ForcePathStyle = connection.PathStyle,
            // Checksums of Amazon's own are unknown elsewhere: OpenStack's Swift refuses them. The signature has the hash of the bytes.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            ConnectTimeout = connection.Timeout,
            MaxErrorRetry = 1,
        });
    }

    /// <summary>Where it is, for whoever runs the machine.</summary>
    public string Place => $"bucket {_connection.Bucket} at {_connection.Endpoint.Authority}";

    private TimeSpan TransferTimeout => 6 * _connection.Timeout;

    public Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
        AskAsync(async limit =>
        {
            var body = MemoryMarshal.TryGetArray(bytes, out var array) ? array : bytes.ToArray();
            var request = new PutObjectRequest
            {
                BucketName = _connection.Bucket,
                Key = Checked(path),
                InputStream = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false),
                ContentType = ContentType(path),
                // In one piece, signed as a whole: not every store knows the chunks of which each is signed.
                UseChunkEncoding = false,
            };
            // A store or CDN that serves it says the same as we do.
            if (path.StartsWith("renditions/", StringComparison.Ordinal))
                request.Headers.CacheControl = "public, max-age=31536000, immutable";
            return await _client.PutObjectAsync(request, limit);
        }, TransferTimeout, cancel);

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default)
    {
        await using var read = await FetchAsync(path, bytes => new MemoryStream(checked((int)bytes)), cancel);
        return read is null ? null : read.TryGetBuffer(out var all) && all.Offset == 0 && all.Count == all.Array!.Length
            ? all.Array
            : read.ToArray();
    }

    /// <summary>Read to its end first: who gets it may seek in it, need not keep a connection open for a slow reader, and never sees it
    /// break off.</summary>
    public Task<Stream?> OpenAsync(string path, CancellationToken cancel = default) =>
        FetchAsync<Stream>(path, bytes => bytes <= MostInMemory ? new MemoryStream((int)bytes) : Unnamed(), cancel);

    public Task<bool> HasAsync(string path, CancellationToken cancel = default) =>
        AskAsync(async limit =>
        {
            try
            {
                var request = new GetObjectMetadataRequest { BucketName = _connection.Bucket, Key = Checked(path) };
                await _client.GetObjectMetadataAsync(request, limit);
                return true;
            }
            catch (AmazonS3Exception e) when (IsMissing(e))
            {
                return false;
            }
        }, _connection.Timeout, cancel);

    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default) =>
        [.. (await PagesAsync(folder, "/", cancel)).Select(o => o.Path)];

    public async Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default) =>
        [.. (await PagesAsync(folder, delimiter: null, cancel)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    public async Task DeleteAsync(string path, CancellationToken cancel = default)
    {
        // By its name in any case: some stores list an object a moment after it is there.
        await DeleteOneAsync(Checked(path), cancel);
        foreach (var file in await ListBelowAsync(path, cancel)) await DeleteOneAsync(file.Path, cancel);
    }

    public void Dispose() => _client.Dispose();

    private Task<bool> DeleteOneAsync(string path, CancellationToken cancel) =>
        AskAsync(async limit =>
        {
            try
            {
                await _client.DeleteObjectAsync(_connection.Bucket, path, limit);
                return true;
            }
            catch (AmazonS3Exception e) when (IsMissing(e))
            {
                // Most stores say nothing of it.
                return false;
            }
        }, _connection.Timeout, cancel);

    private async Task<List<MediaFile>> PagesAsync(string folder, string? delimiter, CancellationToken cancel)
    {
        var files = new List<MediaFile>();
        string? next = null;
        do
        {
            var request = new ListObjectsV2Request
            {
                BucketName = _connection.Bucket,
                Prefix = Checked(folder) + "/",
                Delimiter = delimiter,
                MaxKeys = _connection.PageSize,
                ContinuationToken = next,
            };
            var page = await AskAsync(limit => _client.ListObjectsV2Async(request, limit), _connection.Timeout, cancel);
            // Other programs leave empty objects whose names end with a slash, to show folders.
            files.AddRange((page.S3Objects ?? [])
                .Where(o => !o.Key.EndsWith('/'))
                .Select(o => new MediaFile(o.Key, o.Size ?? 0)));
            next = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (next is not null);
        return files;
    }

    /// <summary>Reads an object to its end, into what is made for its size.</summary>
    /// <returns>It, at its beginning; null where there is no such object.</returns>
    private Task<TStream?> FetchAsync<TStream>(string path, Func<long, TStream> make, CancellationToken cancel) where TStream : Stream =>
        AskAsync(async limit =>
        {
            TStream? into = null;
            try
            {
                var request = new GetObjectRequest { BucketName = _connection.Bucket, Key = Checked(path) };
                using var answer = await WithinAsync(_client.GetObjectAsync(request, limit), _connection.Timeout, limit);
                var length = Math.Max(0, answer.ContentLength);
                into = make(length);
                var buffer = new byte[64 * 1024];
                for (int read; (read = await WithinAsync(ReadAsync(answer.ResponseStream, buffer, limit), _connection.Timeout, limit)) > 0;)
                    await into.WriteAsync(buffer.AsMemory(0, read), limit);
                if (into.Length != length) throw new EndOfStreamException($"{into.Length} of {length} bytes came.");
                into.Position = 0;
                return into;
            }
            catch (AmazonS3Exception e) when (IsMissing(e))
            {
                return null;
            }
            catch
            {
                if (into is not null) await into.DisposeAsync();
                throw;
            }
        }, TransferTimeout, cancel);

    private static async Task<int> ReadAsync(Stream from, Memory<byte> buffer, CancellationToken cancel) =>
        await from.ReadAsync(buffer, cancel);

    /// <summary>Waits for one piece of the work; a store that says nothing is not waited for until the end of it all.</summary>
    private static Task<T> WithinAsync<T>(Task<T> work, TimeSpan timeout, CancellationToken cancel) => work.WaitAsync(timeout, cancel);

    /// <summary>A file for this process alone, which is gone when it is closed, also by the end of the process.</summary>
    private static FileStream Unnamed()
    {
        var file = Path.Combine(Path.GetTempPath(), $"newshub-{Guid.NewGuid():n}.tmp");
        var stream = PrivateFiles.Open(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        File.Delete(file);
        return stream;
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan timeout, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && CauseOf(e) is { } cause)
        {
            // What is left of it is not waited for any more.
            await limit.CancelAsync();
            var said = e is AmazonS3Exception { ErrorCode.Length: > 0 } refused ? $"{refused.ErrorCode}: {refused.Message}" : e.Message;
            throw new MediaStoreException(cause, $"{Place}: {said}", e);
        }
    }

    private static StorageCause? CauseOf(Exception e) => e switch
    {
        // Too busy, or broken behind its door.
        AmazonS3Exception s3 when s3.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
            or HttpStatusCode.RequestTimeout or 0 => StorageCause.ObjectsAway,
        AmazonS3Exception => StorageCause.ObjectsRefused,
        // This machine's own disk, on the way.
        IOException when StorageFailure.Of(e) is not null => null,
        AmazonClientException or HttpRequestException or IOException or SocketException or TimeoutException
            or OperationCanceledException => StorageCause.ObjectsAway,
        _ => null,
    };

    /// <summary>Not the bucket: that is a fault of the settings. (An answer without a body, as to HEAD, does not tell which.)</summary>
    private static bool IsMissing(AmazonS3Exception e) => e.StatusCode is HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket";

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };

    /// <summary>A path means the same here as in a folder.</summary>
    private static string Checked(string path) => path.Split('/').All(part => part is not ("" or "." or ".."))
        ? path
        : throw new ArgumentException($"'{path}' is no path within the media store.", nameof(path));
}
