using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;

namespace NewsHub.Core.Tests.Engagement;

public sealed class CurrentReadersTests
{
    private static readonly StoryId One = new(1), Two = new(2);
    private readonly FakeTimeProvider _time = new(Copy.Noon);
    private readonly CurrentReaders _currentReaders;

    public CurrentReadersTests() => _currentReaders = new CurrentReaders(_time);

    [Fact]
    public void Two_tabs_of_one_browser_are_one_reader_and_the_paper_counts_everyone_once()
    {
        _currentReaders.Open(One, 7);
        _currentReaders.Open(One, 7);
        _currentReaders.Open(Two, 7);
        _currentReaders.Open(Two, 8);
        _currentReaders.Open(null, 9);
        Assert.Equal((1, 2, 3), (_currentReaders.Of(One), _currentReaders.Of(Two), _currentReaders.OfThePaper));
    }

    [Fact]
    public void Who_leaves_counts_for_a_minute_and_who_stays_for_as_long_as_the_tab_is_open()
    {
        _currentReaders.Open(One, 7);
        _currentReaders.Open(One, 8);
        _currentReaders.Close(One, 8);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(2, _currentReaders.Of(One));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _currentReaders.Of(One));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 1), (_currentReaders.Of(One), _currentReaders.OfThePaper));
    }

    [Fact]
    public void A_tab_without_a_stream_counts_for_a_minute_from_each_sign_of_life()
    {
        _currentReaders.See(One, 7);
        _time.Advance(TimeSpan.FromSeconds(50));
        _currentReaders.See(One, 7);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(1, _currentReaders.Of(One));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _currentReaders.Of(One));
    }

    [Fact]
    public void A_hundred_thousand_numbers_that_one_address_made_up_are_so_many_readers_and_are_forgotten()
    {
        for (ulong i = 1; i <= 100_000; i++) _currentReaders.See(new StoryId((long)(i % 5000) + 1), i, "203.0.113.7");
        Assert.Equal(CurrentReaders.UsualFromOneAddress, _currentReaders.OfThePaper);
        Assert.InRange(_currentReaders.Kept.Places, 1, 11 * CurrentReaders.UsualFromOneAddress);
        Assert.Equal(1, _currentReaders.Kept.Addresses);
        // Who reads elsewhere counts all the same.
        _currentReaders.See(One, 7_000_000, "203.0.113.8");
        Assert.Equal(CurrentReaders.UsualFromOneAddress + 1, _currentReaders.OfThePaper);
        _time.Advance(CurrentReaders.Lingers);
        _currentReaders.Changed();
        Assert.Equal((0, 0, 0), _currentReaders.Kept);
    }

    [Trait("Needs", "time")]
    [Fact]
    public void A_hundred_thousand_addresses_and_stories_are_a_bounded_number_of_entries()
    {
        for (ulong i = 1; i <= 450_000; i++) _currentReaders.See(new StoryId((long)i), i, $"2001:db8:{i / 60_000:x}:{i % 60_000:x}::");
        Assert.InRange(_currentReaders.Kept.Places, 1, 400_000);
        Assert.InRange(_currentReaders.Kept.Addresses, 1, 400_000);
        _time.Advance(CurrentReaders.Lingers);
        _currentReaders.Changed();
        Assert.Equal((0, 0, 0), _currentReaders.Kept);
    }

    [Fact]
    public void Readers_of_one_address_are_counted_one_by_one_and_each_may_have_several_stories_open()
    {
        for (ulong reader = 1; reader <= 30; reader++)
            for (var story = 1; story <= 8; story++) _currentReaders.Open(new StoryId(story), reader, "203.0.113.7");
        Assert.Equal((30, 30, 30), (_currentReaders.Of(One), _currentReaders.Of(new StoryId(8)), _currentReaders.OfThePaper));
        for (var story = 1; story <= 8; story++) _currentReaders.Close(new StoryId(story), 30, "203.0.113.7");
        _time.Advance(CurrentReaders.Lingers);
        Assert.Equal((29, 29), (_currentReaders.Of(One), _currentReaders.OfThePaper));
    }

    [Fact]
    public void Only_stories_whose_number_has_changed_are_named_and_each_once()
    {
        _currentReaders.Open(One, 7);
        _currentReaders.Open(null, 8);
        Assert.Equal([One], _currentReaders.Changed());
        Assert.Empty(_currentReaders.Changed());
        _currentReaders.Open(One, 7);
        Assert.Empty(_currentReaders.Changed());
        _currentReaders.Close(One, 7);
        _currentReaders.Close(One, 7);
        _time.Advance(CurrentReaders.Lingers);
        Assert.Equal([One], _currentReaders.Changed());
        Assert.Empty(_currentReaders.Changed());
    }
}
