namespace NewsHub.Core.Stories;

/// <summary>A way for someone outside the newsroom to read a story before it is published: it ends by itself, and can be taken back.</summary>
public sealed class PreviewLink
{
    private PreviewLink() { }

    public PreviewLink(StoryId story, Actor by, DateTimeOffset now, DateTimeOffset until) => (StoryId, By, MadeAt, Until) = (story, by, now, until);

    public long Id { get; private set; }
    public StoryId StoryId { get; private set; }
    public Actor By { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset Until { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public bool OpenAt(DateTimeOffset now) => RevokedAt is null && now < Until;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
