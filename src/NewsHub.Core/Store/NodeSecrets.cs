using System.Security.Cryptography;

namespace NewsHub.Core.Store;

/// <summary>What all nodes of one paper know and nobody else: read from the store when it is opened.</summary>
public sealed class NodeSecrets
{
    private byte[]? _limits, _newsletter;

    /// <summary>By which keys of limits are hashed.</summary>
    public byte[] Limits => _limits ?? throw new InvalidOperationException("The store has not been opened.");

    /// <summary>By which links in bulletins are signed.</summary>
    public byte[] Newsletter => _newsletter ?? throw new InvalidOperationException("The store has not been opened.");

    /// <summary>Reads them; what is not there yet is made.</summary>
    /// <param name="now">UTC.</param>
    public async Task LoadAsync(NewsDb db, DateTimeOffset now, CancellationToken cancel = default)
    {
        _limits = await db.SecretAsync("limits", Make, now, cancel);
        _newsletter = await db.SecretAsync("newsletter", Make, now, cancel);

        static byte[] Make() => RandomNumberGenerator.GetBytes(32);
    }
}
