namespace NewsHub.Web.Followers;

/// <summary>
/// When anything in the paper last changed, by its log. Kept in memory by <see cref="FollowUps"/>, so that a page asks the store for
/// nothing. A story that is withdrawn takes its date along, so the newest date in a feed does not tell when the feed changed; the log does.
/// </summary>
internal sealed class LastChange(TimeProvider clock)
{
    private long _ticks;

    public void Note(DateTimeOffset at) => Interlocked.Exchange(ref _ticks, Math.Max(Interlocked.Read(ref _ticks), at.UtcTicks));

    /// <summary>Sets <c>Last-Modified</c>. The page cache answers <c>If-Modified-Since</c> by it.</summary>
    /// <param name="also">Something that changed without an event, such as a story that has grown too old.</param>
    public void Tell(HttpContext context, DateTimeOffset also = default)
    {
        var (now, changed) = (clock.GetUtcNow(), new DateTimeOffset(Interlocked.Read(ref _ticks), TimeSpan.Zero));
        if (also > changed) changed = also;
        // A date that is yet to come may not be said (RFC 9110, 8.8.2.1).
        context.Response.Headers.LastModified = (changed < now ? changed : now).ToString(
            "R", System.Globalization.CultureInfo.InvariantCulture);
    }
}
