namespace NewsHub.Web.Areas.Admin.Door;

/// <summary>So many tries at once under a key, and one more for each period that goes by.</summary>
public readonly record struct Allowance(string Key, int AtOnce, TimeSpan Period);

/// <param name="Wait">Until the next try is listened to.</param>
/// <param name="IsFirst">Nobody has been refused under this key since it last let someone try: worth a line in the log, which a flood is not.</param>
public readonly record struct Refusal(TimeSpan Wait, bool IsFirst);

/// <summary>
/// Counts wrong tries at the door, in memory. Each key is one instant: when its allowance will be whole again. Why there are several keys,
/// and why none of them shuts the owner out: src/README.md, 'Decisions', 2026-11-25.
/// </summary>
public sealed class Doorkeeper(TimeProvider clock)
{
    private const int Tidy = 10_000;
    private readonly Dictionary<string, (DateTimeOffset Whole, bool Told)> _keys = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _untilTidy = Tidy;

    /// <summary>Takes one try from each allowance; null where all of them had one. Otherwise nothing is taken.</summary>
    public Refusal? Refuses(params ReadOnlySpan<Allowance> allowances)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var (key, atOnce, period) in allowances)
            {
                if (!_keys.TryGetValue(key, out var kept)) continue;
                var wait = kept.Whole - now - (atOnce - 1) * period;
                if (wait <= TimeSpan.Zero) continue;
                _keys[key] = (kept.Whole, true);
                return new Refusal(wait, !kept.Told);
            }
            foreach (var (key, _, period) in allowances)
                _keys[key] = ((_keys.TryGetValue(key, out var kept) && kept.Whole > now ? kept.Whole : now) + period, false);
            if (--_untilTidy <= 0) Forget(now);
            return null;
        }
    }

    /// <summary>Gives the try back: it was no wrong one.</summary>
    public void Forgive(params ReadOnlySpan<Allowance> allowances)
    {
        lock (_lock)
        {
            foreach (var (key, _, period) in allowances)
                if (_keys.TryGetValue(key, out var kept)) _keys[key] = kept with { Whole = kept.Whole - period };
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, kept) in _keys)
            if (kept.Whole <= now) _keys.Remove(key);
        _untilTidy = Tidy;
    }
}
