namespace NewsHub.Core.Editing;

/// <summary>
/// Who has which story open now: names for colleagues' screens, never a lock. Whoever has not been heard of for half a minute has left.
/// </summary>
public interface IPresence
{
    protected static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    /// <summary>A form may lie open overnight.</summary>
    protected static readonly TimeSpan OpenFor = TimeSpan.FromHours(16);

    /// <summary>Of stories at once, by all colleagues.</summary>
    protected const int Most = 2000;

    protected const string Oneself = "you";

    /// <summary>Someone is still there. The others who are, by name.</summary>
    Task<IReadOnlyList<string>> StayAsync(long story, long member, string name, CancellationToken cancel);

    /// <summary>Who has which of these stories open: the others by name, then oneself as “you”. A story that nobody has open is left
    /// out.</summary>
    Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> OfAsync(
        IReadOnlyCollection<long> stories, long member, CancellationToken cancel);

    /// <summary>Someone has been shown a text of the story, and may go on from it.</summary>
    Task OpenAsync(long story, long member, int revision, CancellationToken cancel);

    /// <summary>Whether one of the others was shown this text last.</summary>
    Task<bool> IsOpenElsewhereAsync(long story, long member, int revision, CancellationToken cancel);

    Task LeaveAsync(long story, long member, CancellationToken cancel);

    /// <summary>The others by name, then oneself.</summary>
    protected static IReadOnlyDictionary<long, IReadOnlyList<string>> Named(
        IEnumerable<(long Story, long Member, string Name)> here, long member) =>
        here.GroupBy(h => h.Story).ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [
            .. g.Where(h => h.Member != member).Select(h => h.Name).Order(),
            .. g.Where(h => h.Member == member).Select(_ => Oneself),
        ]);
}
