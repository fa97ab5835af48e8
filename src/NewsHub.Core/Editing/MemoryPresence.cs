namespace NewsHub.Core.Editing;

/// <summary>Who has which story open, in this process's memory.</summary>
/// <param name="changed">Called when somebody comes or goes.</param>
public sealed class MemoryPresence(TimeProvider clock, Action changed) : IPresence
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Story, long Member), (string Name, DateTimeOffset At)> _here = [];
    private readonly Dictionary<(long Story, long Member), (int Revision, DateTimeOffset At)> _open = [];

    public Task<IReadOnlyList<string>> StayAsync(long story, long member, string name, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var before = _here.Count;
            foreach (var gone in _here.Where(h => now - h.Value.At > IPresence.Forgotten).Select(h => h.Key).ToList()) _here.Remove(gone);
            var comes = !_here.ContainsKey((story, member));
            if (comes || _here.Count < before) changed();
            if (_here.Count < IPresence.Most || !comes) _here[(story, member)] = (name, now);
            return Task.FromResult<IReadOnlyList<string>>(
                [.. _here.Where(h => h.Key.Story == story && h.Key.Member != member).Select(h => h.Value.Name).Order()]);
        }
    }

    public Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> OfAsync(
        IReadOnlyCollection<long> stories, long member, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
            return Task.FromResult(IPresence.Named(
                _here.Where(h => now - h.Value.At <= IPresence.Forgotten && stories.Contains(h.Key.Story))
                    .Select(h => (h.Key.Story, h.Key.Member, h.Value.Name)),
                member));
    }

    public Task OpenAsync(long story, long member, int revision, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_open.Count >= IPresence.Most && !_open.ContainsKey((story, member)))
                foreach (var gone in _open.Where(o => now - o.Value.At > IPresence.OpenFor).Select(o => o.Key).ToList()) _open.Remove(gone);
            if (_open.Count < IPresence.Most || _open.ContainsKey((story, member))) _open[(story, member)] = (revision, now);
        }
        return Task.CompletedTask;
    }

    public Task<bool> IsOpenElsewhereAsync(long story, long member, int revision, CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(_open.Any(o => o.Key.Story == story && o.Key.Member != member && o.Value.Revision == revision));
    }

    public Task LeaveAsync(long story, long member, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_here.Remove((story, member))) changed();
        }
        return Task.CompletedTask;
    }
}
