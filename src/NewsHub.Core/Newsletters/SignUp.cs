using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>Somebody typed an address. Until its owner confirms, it is no subscriber's, and after 48 hours it is forgotten.</summary>
public sealed class SignUp
{
    /// <summary>How long the link in the mail is good.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(48);

    private SignUp() { }

    internal SignUp(string address, DateTimeOffset now, string? language = null)
    {
        Language = language;
        Address = address;
        Folded = Subscriber.Fold(address);
        NextTryAt = now;
        Until = now + Lasts;
    }

    public long Id { get; private set; }
    public string Address { get; private set; } = "";
    public string Folded { get; private set; } = "";

    /// <summary>See <see cref="Subscriber.Language"/>.</summary>
    public string? Language { get; private set; }

    /// <summary>When it is forgotten (UTC).</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>Null once the mail is out; else not before this (UTC). Whoever sends it moves it on first, so that
    /// nobody else does.</summary>
    public DateTimeOffset? NextTryAt { get; private set; }
    public int Tries { get; private set; }

    /// <summary>SHA-256 of the key in the mail; null until there is one. The key itself is kept nowhere.</summary>
    public string? KeyHash { get; private set; }

    /// <summary>A key of 256 random bits, for the mail, and for the store what it will be known by.</summary>
    internal static (string Key, string Hash) NewKey()
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (key, HashOf(key));
    }

    internal static string HashOf(string key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
