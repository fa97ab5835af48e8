using NewsHub.Core.Events;
using NewsHub.Core.Search;

namespace NewsHub.Core.Tests.Search;

/// <summary>What PostgreSQL is given of a story, which no server is needed for.</summary>
public sealed class SearchVectorTests
{
    [Fact]
    public void A_word_is_kept_with_its_places_its_fields_and_how_often_it_is_there()
    {
        var vector = Vector("ferry strike", "ferry", "at dawn the ferry");
        Assert.Contains("'ferry':1A,7C,12D ", vector.Text, StringComparison.Ordinal);
        Assert.Contains("'dawn':10D ", vector.Text, StringComparison.Ordinal);
        // Ten for the headline, four for the standfirst, one for the body: the class of fifteen is 14, the bits 1 to 3.
        Assert.Equal([1, 2, 3], Enumerable.Range(0, SearchVector.FrequencyBits)
            .Where(bit => vector.Text.Contains($"'{(char)(SearchVector.Frequency + bit)}ferry' ", StringComparison.Ordinal)));
        Assert.Contains($"'{SearchVector.InHeadline}strike' ", vector.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{SearchVector.InHeadline}dawn", vector.Text, StringComparison.Ordinal);
        // Of the two names, and of the facet, too.
        Assert.Equal(10, vector.Length);
    }

    [Fact]
    public void A_single_character_is_kept_as_the_beginning_of_its_pairs()
    {
        var vector = Vector("東京 京", "", "");
        Assert.Contains($"'{SearchVector.BeginsWith}東':1A ", vector.Text, StringComparison.Ordinal);
        Assert.Contains($"'{SearchVector.BeginsWith}京':2A ", vector.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frequency_is_exact_up_to_16_and_never_more_than_a_third_off()
    {
        foreach (var frequency in Enumerable.Range(1, 300))
        {
            var kept = SearchVector.FrequencyOf(SearchVector.FrequencyClass(frequency));
            if (frequency <= 16) Assert.Equal(frequency, kept);
            else Assert.InRange(kept, frequency * 2 / 3, frequency);
        }
        Assert.True(SearchVector.FrequencyClass(int.MaxValue) < 1 << SearchVector.FrequencyBits);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000_000, 1)]
    [InlineData(1_000_000, 1_000_000)]
    [InlineData(1_090_519_040, 20_000)]
    [InlineData(1_090_519_041, 20_000)]
    [InlineData(5_000_000_000_000, 100_000_000)]
    public void Two_blocks_hold_every_place_of_a_stretch_and_none_before_what_they_say(long until, long length)
    {
        var (query, from) = SearchBlocks.Before(until, length);
        Assert.InRange(from, 0, Math.Max(0, until - length));
        foreach (var place in new[] { from, Math.Max(from, until - length), until - length / 2 - 1, until - 1 }.Where(p => p >= 0))
            Assert.Contains(SearchBlocks.Of(place), block => query.Contains(SearchVector.Quoted(block), StringComparison.Ordinal));
        if (from > 0)
            Assert.DoesNotContain(SearchBlocks.Of(from - 1), block => query.Contains(SearchVector.Quoted(block), StringComparison.Ordinal));
    }

    private static SearchVector Vector(string headline, string standfirst, string body) =>
        SearchVector.Of(new FoldedStory(new StoryId(1), Copy.Noon, headline, standfirst, "ada obi", body, Facet.Any, []), place: 1);
}
