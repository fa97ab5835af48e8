using NewsHub.Core.Events;

namespace NewsHub.Core.Stories;

/// <summary>A way for someone outside the newsroom to read a story before it is published: it ends by itself, and
/// can be taken back.</summary>
public sealed class PreviewLink
{
    private PreviewLink() { }

    /// <param name="maker">The account of whoever made it: the link ends with it.</param>
    public PreviewLink(StoryId story, Actor by, DateTimeOffset now, DateTimeOffset until, long? maker = null) =>
        (StoryId, By, MadeAt, Until, MadeBy) = (story, by, now, until, maker);

    public long Id { get; private set; }
    public StoryId StoryId { get; private set; }
    public Actor By { get; private set; }

    /// <summary>The maker's account; null for a link from before links noted it, whose maker is known by name.</summary>
    public long? MadeBy { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset Until { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public bool OpenAt(DateTimeOffset now) => RevokedAt is null && now < Until;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
