using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Sharing;
using NewsHub.Core.Store;

namespace NewsHub.Web.RateLimiting;

/// <summary>So many tries at once under a key, and one more for each period that goes by.</summary>
public readonly record struct Limit(string Key, int AtOnce, TimeSpan Period);

/// <param name="Wait">Until the next try is listened to.</param>
/// <param name="IsFirst">Nobody has been refused under this key since it last let someone try: worth a line in the
/// log, which a flood is not.</param>
public readonly record struct Rejection(TimeSpan Wait, bool IsFirst);

/// <summary>
/// Counts tries: together with the other nodes where there are any and they can be reached, else in memory. Each key is one instant: when
/// its limit will be whole again; then it is forgotten. Of a key a hash is kept, so that its length costs nothing, and of keys a bounded
/// number. Why there are several keys, and why none of them shuts the owner out: src/decisions/0012.
/// </summary>
/// <param name="shared">What the nodes count together; null on one machine.</param>
public sealed class RateLimiter(TimeProvider clock, SharedCounts? shared = null, NodeSecrets? secrets = null)
{
    /// <summary>About eight megabytes.</summary>
    internal const int MostKeys = 100_000;

    private static readonly TimeSpan TidiedEvery = TimeSpan.FromMinutes(1);
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<UInt128, (DateTimeOffset Whole, bool IsLogged)> _keys = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _nextTidy;

    internal int Count
    {
        get
        {
            lock (_lock) return _keys.Count;
        }
    }

    /// <summary>Takes one try from each limit; null where all of them had one. Otherwise nothing is taken.</summary>
    public async ValueTask<Rejection?> CheckAsync(params Limit[] limits)
    {
        if (shared is not null)
        {
            var (isDone, refused) = await shared.TryAsync((counts, cancel) => counts.TakeAsync(Hashed(limits), clock.GetUtcNow(), cancel));
            if (isDone) return refused is { } wait ? new Rejection(wait.Wait, wait.IsFirst) : null;
        }
        return Check(limits);
    }

    /// <summary>Gives the try back: it was no wrong one.</summary>
    public async ValueTask ResetAsync(params Limit[] limits)
    {
        if (shared is not null)
        {
            var (isDone, _) = await shared.TryAsync(async (counts, cancel) =>
            {
                await counts.GiveBackAsync(Hashed(limits), cancel);
                return true;
            });
            if (isDone) return;
        }
        Reset(limits);
    }

    internal Rejection? Check(params ReadOnlySpan<Limit> limits)
    {
        var now = clock.GetUtcNow();
        Span<UInt128> hashes = stackalloc UInt128[limits.Length];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = Hash(limits[i].Key);
        lock (_lock)
        {
            for (var i = 0; i < hashes.Length; i++)
            {
                if (!_keys.TryGetValue(hashes[i], out var kept)) continue;
                var wait = kept.Whole - now - (limits[i].AtOnce - 1) * limits[i].Period;
                if (wait <= TimeSpan.Zero) continue;
                _keys[hashes[i]] = (kept.Whole, true);
                return new Rejection(wait, !kept.IsLogged);
            }
            for (var i = 0; i < hashes.Length; i++)
                _keys[hashes[i]] = (
                    (_keys.TryGetValue(hashes[i], out var kept) && kept.Whole > now ? kept.Whole : now) + limits[i].Period, false);
            if (now >= _nextTidy || _keys.Count > MostKeys) Forget(now);
            return null;
        }
    }

    private void Reset(params ReadOnlySpan<Limit> limits)
    {
        lock (_lock)
        {
            foreach (var (key, _, period) in limits)
                if (Hash(key) is var hash && _keys.TryGetValue(hash, out var kept)) _keys[hash] = kept with { Whole = kept.Whole - period };
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, kept) in _keys)
            if (kept.Whole <= now) _keys.Remove(key);
        // Under a flood from many addresses: those that would be whole again first matter least.
        if (_keys.Count > MostKeys)
            foreach (var (key, _) in _keys.OrderBy(k => k.Value.Whole).Take(_keys.Count - MostKeys * 9 / 10).ToList()) _keys.Remove(key);
        _nextTidy = now + TidiedEvery;
    }

    /// <summary>As all nodes hash them: by a key that they share.</summary>
    private SharedLimit[] Hashed(Limit[] limits) => Array.ConvertAll(limits, limit => new SharedLimit(
        HMACSHA256.HashData(secrets!.Limits, Encoding.UTF8.GetBytes(limit.Key))[..16], limit.AtOnce, limit.Period));

    private UInt128 Hash(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(key), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
