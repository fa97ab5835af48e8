using NetVips;

namespace NewsHub.Core.Media;

/// <summary>The frames of a picture that moves.</summary>
/// <param name="Lasts">Milliseconds of one play.</param>
internal sealed record Animation(int Frames, int Lasts)
{
    /// <summary>What moves longer than this beside a text needs a button to stop it: WCAG 2.2, 2.2.2. In milliseconds.</summary>
    public const int Longest = 5000;

    /// <summary>As browsers show a frame for which the file gives no time, or next to none. In milliseconds.</summary>
    private const int UsualDelay = 100;

    /// <summary>How often it is played: as often as there is time for.</summary>
    public int Plays => Math.Max(1, Longest / Math.Max(1, Lasts));

    /// <summary>By what the file says of itself; of one frame where it is no animation.</summary>
    public static Animation Of(Image image)
    {
        var frames = image.Contains("n-pages") && image.Get("n-pages") is int n ? n : 1;
        var delays = image.Contains("delay") && image.Get("delay") is int[] said ? said : [];
        return new(frames, Enumerable.Range(0, frames)
            .Sum(frame => frame < delays.Length && delays[frame] > 10 ? delays[frame] : UsualDelay));
    }
}
