using NewsHub.Core.Engagement;

namespace NewsHub.Web.Options;

/// <summary>How much readers of one address may send in, and how many are told at once what is new.</summary>
public sealed class LiveOptions
{
    [Setting("Live:Burst", "reactions and shares from one address at once; one more each second")]
    [WholeNumber(1, 1_000_000)]
    public int Burst { get; init; } = 60;

    [Setting("Live:Streams", "open tabs that are told at once what is new; further ones ask from time to time")]
    [WholeNumber(0, 1_000_000)]
    public int Streams { get; init; } = 10_000;

    [Setting("Live:StreamsFromOneAddress", "how many of these tabs may be of one address")]
    [WholeNumber(0, 1_000_000)]
    public int StreamsFromOneAddress { get; init; } = 200;

    [Setting("Live:UpdatesBurst", "how often one address may ask for what is new on open pages at once; twenty more each second")]
    [WholeNumber(1, 1_000_000)]
    public int UpdatesBurst { get; init; } = 600;

    [Setting("Live:ReadersFromOneAddress", "readers of one address that are counted at once among those who read now")]
    [WholeNumber(1, 1_000_000)]
    public int ReadersFromOneAddress { get; init; } = CurrentReaders.UsualFromOneAddress;
}
