using System.Globalization;

namespace NewsHub.Web.Live;

/// <summary>
/// What open tabs of the newsroom are told: that something has changed, and nothing of it. A number stands for how things are; a tab that
/// has another asks anew for what it shows.
/// </summary>
public sealed class NewsroomUpdates
{
    private readonly TimeProvider _clock;
    private readonly StreamPlace _place;
    private readonly Lock _lock = new();
    private long _number;
    private bool _closed;

    public NewsroomUpdates(TimeProvider clock)
    {
        _clock = clock;
        // Numbers of a program that ran before are not met again.
        _number = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _place = new StreamPlace(Said, clock.GetUtcNow());
    }

    /// <summary>How things are now.</summary>
    public long Number => Interlocked.Read(ref _number);

    private string Said => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Something was committed, or somebody opened or left a story. It is told with the next round, once for all that came
    /// before it.</summary>
    public void Changed() => Interlocked.Increment(ref _number);

    internal (byte[] All, StreamPlace.News News) Subscribe()
    {
        lock (_lock) return (_place.All, _place.Latest);
    }

    /// <summary>Tells the tabs if anything has changed since the last round.</summary>
    internal void Round()
    {
        lock (_lock)
        {
            if (!_closed) _place.Say(Said, _clock.GetUtcNow());
        }
    }

    /// <summary>All streams end.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (!_closed) _place.Close(_clock.GetUtcNow());
            _closed = true;
        }
    }
}
