namespace NewsHub.Web.Live;

/// <summary>How many streams are open at once: in all, and of each who asks.</summary>
internal sealed class StreamLimit<TWho>(int inAll, int ofEach) where TWho : notnull
{
    private readonly Dictionary<TWho, int> _of = [];
    private readonly Lock _lock = new();
    private int _open;

    /// <returns>Whether there is room for one more, which is then taken until <see cref="Give"/>.</returns>
    public bool Take(TWho who)
    {
        lock (_lock)
        {
            if (_open >= inAll || _of.GetValueOrDefault(who) >= ofEach) return false;
            _open++;
            _of[who] = _of.GetValueOrDefault(who) + 1;
            return true;
        }
    }

    public void Give(TWho who)
    {
        lock (_lock)
        {
            _open--;
            if (--_of[who] == 0) _of.Remove(who);
        }
    }
}
