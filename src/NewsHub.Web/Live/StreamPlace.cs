using System.Text;

namespace NewsHub.Web.Live;

/// <summary>
/// One place where open tabs stand, all of which are told the same. Its news is written once, as bytes, for all; between two words a tab
/// costs a waiting task and no thread. Whoever keeps it guards it by a lock.
/// </summary>
/// <param name="said">All there is to say.</param>
/// <param name="closed">The program ends: whoever comes is sent away at once.</param>
internal sealed class StreamPlace(string said, DateTimeOffset now, bool closed = false)
{
    /// <summary>A word now and then, so that proxies do not take a quiet stream for a dead one.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    private string _said = said;
    private DateTimeOffset _at = now;

    /// <summary>What the place was last told, and the next that it will be.</summary>
    internal sealed class News(byte[] bytes, bool last)
    {
        public byte[] Bytes => bytes;

        /// <summary>The place closes: the program ends.</summary>
        public bool IsLast => last;
        public TaskCompletionSource<News> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public News Latest { get; private set; } = new(Event(said), closed);

    /// <summary>All there is to say, for whoever comes: the last word may have been a sign of life only.</summary>
    public byte[] All => Event(_said);

    public int Tabs { get; set; }

    /// <summary>Tells those who stand here what is new; a sign of life where nothing has been for a while.</summary>
    public void Say(string said, DateTimeOffset now)
    {
        if (said != _said) Tell(new News(Event(said), false), now);
        else if (now - _at >= SignOfLife) Tell(new News(":\n\n"u8.ToArray(), false), now);
        _said = said;
    }

    /// <summary>All streams end: browsers come back by themselves, to whoever serves then.</summary>
    public void Close(DateTimeOffset now) => Tell(new News([], true), now);

    private void Tell(News news, DateTimeOffset now)
    {
        var before = Latest;
        (Latest, _at) = (news, now);
        before.Next.SetResult(news);
    }

    private static byte[] Event(string said) => Encoding.UTF8.GetBytes($"data: {said}\n\n");
}
