namespace NewsHub.Web.Options;

/// <summary>When sizes of pictures are made.</summary>
public sealed class MediaOptions
{
    [Setting("Media:MakeAhead", "`false`: no size of a picture is made before a reader asks for it")]
    public bool MakeAhead { get; init; } = true;
}
