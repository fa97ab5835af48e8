using NewsHub.Core.Events;

namespace NewsHub.Core.Tests.Events;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_come_in_their_order_and_the_last_repeats()
    {
        var backoff = new Backoff(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2));
        Assert.Equal(3, backoff.Steps);
        Assert.Equal([1, 5, 120, 120, 120], Minutes(backoff, 5));
    }

    [Fact]
    public void Each_wait_is_twice_the_one_before_up_to_the_longest()
    {
        Assert.Equal([5, 10, 20, 40, 40], Minutes(Backoff.Doubling(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(40)), 5));
        Assert.Equal([1, 2, 4, 7, 7], Minutes(Backoff.Doubling(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(7)), 5));
    }

    [Fact]
    public void However_often_it_fails_there_is_a_wait() =>
        Assert.Equal(TimeSpan.FromHours(4), Backoff.Doubling(TimeSpan.FromMinutes(1), TimeSpan.FromHours(4)).After(int.MaxValue));

    private static IEnumerable<double> Minutes(Backoff backoff, int failures) =>
        Enumerable.Range(1, failures).Select(f => backoff.After(f).TotalMinutes);
}
