using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// Signs the links in bulletins, and marks addresses that must not be kept. The key lies with the house's other keys, and is backed up with them: with
/// another one, links in mails that are out would no longer open.
/// </summary>
public sealed class Signet
{
    private readonly Lazy<byte[]> _key;

    /// <param name="folder">Where the key is, or is made when first needed.</param>
    public Signet(string folder) => _key = new(() => ReadOrMake(folder));

    /// <summary>What stands in a subscriber's links: who it is, and that we said so.</summary>
    public string Sign(long subscriber) => string.Create(CultureInfo.InvariantCulture, $"{subscriber}.{Seal(subscriber)}");

    /// <summary>The subscriber's number; null where nobody here signed it, or someone changed a letter of it.</summary>
    public long? Read(string? key)
    {
        if (key is not { Length: > 2 and < 60 } || key.Split('.') is not [var number, var seal]) return null;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var subscriber)) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(subscriber))) ? subscriber : null;
    }

    /// <summary>A keyed hash of an address, whatever its capitals: it tells the same address again to whoever has the key, and nothing to anybody else.</summary>
    public string MarkOf(string address) => Hash("address", Subscriber.Fold(address), 32);

    private string Seal(long subscriber) => Hash("subscriber", subscriber.ToString(CultureInfo.InvariantCulture), 18);

    private string Hash(string what, string text, int bytes) => Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{what}:{text}")).AsSpan(0, bytes));

    private static byte[] ReadOrMake(string folder)
    {
        var file = Path.Combine(folder, "newsletter.key");
        if (File.Exists(file)) return File.ReadAllBytes(file);
        Directory.CreateDirectory(folder);
        var made = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(made, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(32));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(made, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was quicker: there is one key.
            File.Delete(made);
        }
        return File.ReadAllBytes(file);
    }
}
