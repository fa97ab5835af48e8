using Microsoft.EntityFrameworkCore;

namespace NewsHub.Core.Store;

/// <summary>A key of the house's that all nodes need, in the store that they share. A paper on one machine has such keys as files.</summary>
public sealed class Secret
{
    private Secret() { }

    /// <param name="at">UTC.</param>
    public Secret(string name, byte[] value, DateTimeOffset at) => (Name, Value, At) = (name, value, at);

    public string Name { get; private set; } = "";
    public byte[] Value { get; private set; } = [];

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset At { get; private set; }
}

/// <summary>Secrets that are made when they are first needed.</summary>
public static class Secrets
{
    /// <summary>The secret of that name; of several nodes that need it at once, one makes it.</summary>
    public static async Task<byte[]> SecretAsync(
        this NewsDb db, string name, Func<byte[]> make, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (await ReadAsync() is { } kept) return kept;
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (await ReadAsync() is { } other) return other;
        var secret = new Secret(name, make(), now);
        db.Secrets.Add(secret);
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
        return secret.Value;

        Task<byte[]?> ReadAsync() => db.Secrets.AsNoTracking().Where(s => s.Name == name).Select(s => s.Value).SingleOrDefaultAsync(cancel);
    }
}
