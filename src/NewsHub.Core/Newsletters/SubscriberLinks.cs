using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// Signs the links in bulletins, and marks addresses that must not be kept. The key lies with the house's other keys, and is backed up with
/// them: with another one, links in mails that are out would no longer open.
/// </summary>
public sealed class SubscriberLinks
{
    public const int KeyBytes = 32;

    private readonly Lazy<byte[]> _key;

    /// <param name="folder">Where the key is, or is made when first needed.</param>
    // Where the disk was full it is tried again: a lazy value of the other kind would throw for ever.
    public SubscriberLinks(string folder) => _key = new(() => ReadOrMake(folder), LazyThreadSafetyMode.PublicationOnly);

    /// <param name="key">The key, where it is no file.</param>
    public SubscriberLinks(Func<byte[]> key) => _key = new(key, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>What stands in a subscriber's links: who it is, and that we said so.</summary>
    public string Sign(long subscriber) => string.Create(CultureInfo.InvariantCulture, $"{subscriber}.{Seal(subscriber)}");

    /// <summary>The subscriber's number; null where nobody here signed it, or someone changed a letter of it.</summary>
    public long? Read(string? key)
    {
        if (key is not { Length: > 2 and < 60 } || key.Split('.') is not [var number, var seal]) return null;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var subscriber)) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(subscriber)))
            ? subscriber
            : null;
    }

    /// <summary>A keyed hash of an address, whatever its capitals: it tells the same address again to whoever has the key, and
    /// nothing to anybody else.</summary>
    public string MarkOf(string address) => Hash("address", Subscriber.Fold(address), 32);

    private string Seal(long subscriber) => Hash("subscriber", subscriber.ToString(CultureInfo.InvariantCulture), 18);

    private string Hash(string what, string text, int bytes) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{what}:{text}")).AsSpan(0, bytes));

    /// <summary>
    /// One file, made and filled under its own lock: whoever comes second waits and reads it. (Moving a finished file to its name would not
    /// do: on Unix that replaces one which came there in the same moment.)
    /// </summary>
    private static byte[] ReadOrMake(string folder)
    {
        var file = Path.Combine(folder, "newsletter.key");
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (File.Exists(file) && new FileInfo(file).Length == KeyBytes) return File.ReadAllBytes(file);
                PrivateFiles.CreateFolder(folder);
                using var alone = PrivateFiles.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite);
                var key = new byte[KeyBytes];
                // Shorter where somebody was killed before they had filled it.
                if (alone.ReadAtLeast(key, KeyBytes, throwOnEndOfStream: false) == KeyBytes) return key;
                RandomNumberGenerator.Fill(key);
                alone.Position = 0;
                alone.Write(key);
                alone.Flush(flushToDisk: true);
                return key;
            }
            catch (IOException e) when (StorageFailure.Of(e) is null && File.Exists(file) && tries < 100)
            {
                // Whoever holds it writes 32 bytes. It is asked for once in the life of a process, and by callers that cannot await.
                Thread.Sleep(20);
            }
        }
    }
}
