using System.Security.Cryptography;

namespace NewsHub.Core.Sharing;

/// <summary>What all nodes of one paper know and nobody else: read from the store when it is opened.</summary>
public sealed class NodeSecrets
{
    private byte[]? _limits, _newsletter;

    /// <summary>By which keys of limits are hashed.</summary>
    public byte[] Limits => _limits ?? throw new InvalidOperationException("The store has not been opened.");

    /// <summary>By which links in bulletins are signed.</summary>
    public byte[] Newsletter => _newsletter ?? throw new InvalidOperationException("The store has not been opened.");

    /// <param name="read">The secret of a name, which is made where there is none yet.</param>
    public async Task LoadAsync(Func<string, Func<byte[]>, Task<byte[]>> read)
    {
        _limits = await read("limits", Make);
        _newsletter = await read("newsletter", Make);

        static byte[] Make() => RandomNumberGenerator.GetBytes(32);
    }
}
