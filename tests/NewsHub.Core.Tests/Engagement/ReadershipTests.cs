using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Engagement;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Engagement;

public sealed class ReadershipTests
{
    private static readonly StoryId One = new(1), Two = new(2);
    private readonly FakeTimeProvider _time = new(Copy.Noon);
    private readonly Readership _readership;

    public ReadershipTests() => _readership = new Readership(_time);

    [Fact]
    public void Two_tabs_of_one_browser_are_one_reader_and_the_paper_counts_everyone_once()
    {
        _readership.Open(One, 7);
        _readership.Open(One, 7);
        _readership.Open(Two, 7);
        _readership.Open(Two, 8);
        _readership.Open(null, 9);
        Assert.Equal((1, 2, 3), (_readership.Of(One), _readership.Of(Two), _readership.OfThePaper));
    }

    [Fact]
    public void Who_leaves_counts_for_a_minute_and_who_stays_for_as_long_as_the_tab_is_open()
    {
        _readership.Open(One, 7);
        _readership.Open(One, 8);
        _readership.Close(One, 8);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(2, _readership.Of(One));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _readership.Of(One));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 1), (_readership.Of(One), _readership.OfThePaper));
    }

    [Fact]
    public void A_tab_without_a_stream_counts_for_a_minute_from_each_sign_of_life()
    {
        _readership.See(One, 7);
        _time.Advance(TimeSpan.FromSeconds(50));
        _readership.See(One, 7);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(1, _readership.Of(One));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _readership.Of(One));
    }

    [Fact]
    public void Only_stories_whose_number_has_changed_are_named_and_each_once()
    {
        _readership.Open(One, 7);
        _readership.Open(null, 8);
        Assert.Equal([One], _readership.Changed());
        Assert.Empty(_readership.Changed());
        _readership.Open(One, 7);
        Assert.Empty(_readership.Changed());
        _readership.Close(One, 7);
        _readership.Close(One, 7);
        _time.Advance(Readership.Lingers);
        Assert.Equal([One], _readership.Changed());
        Assert.Empty(_readership.Changed());
    }
}
