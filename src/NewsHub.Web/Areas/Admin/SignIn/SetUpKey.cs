using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// The one-time key in the link that makes the first administrator: new at every start and kept in memory only, or, where several nodes may
/// serve one store, kept there until it was used; void as soon as there is an administrator. While the store cannot say whether there is one, it opens nothing.
/// </summary>
public sealed class SetUpKey
{
    /// <summary>What it is called among the secrets of a store that nodes share.</summary>
    public const string Name = "set-up";

    private string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Path => $"/admin/set-up?key={_key}";

    internal byte[] Bytes() => Encoding.ASCII.GetBytes(_key);

    /// <summary>Takes the key that all nodes print and know.</summary>
    internal void Share(byte[] key) => _key = Encoding.ASCII.GetString(key);

    public bool Fits(string? key) =>
        key is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(_key));

    /// <summary>Whether the house is still without an administrator, closed accounts included.</summary>
    public static async Task<bool> IsWantedAsync(NewsDb db, CancellationToken cancel = default) =>
        !await db.Staff.AnyAsync(s => s.Role == Role.Administrator, cancel);
}
