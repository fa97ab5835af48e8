using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What strangers may fill the limiter's memory with.</summary>
public sealed class LimiterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 1, 15, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_hundred_thousand_odd_keys_and_more_are_a_bounded_number_of_entries_and_are_forgotten_in_time()
    {
        var limiter = new RateLimiter(_time);
        for (var i = 0; i < 250_000; i++) limiter.Check(new Limit($"{i} {new string('x', i % 50)}", 5, TimeSpan.FromMinutes(1)));
        Assert.InRange(limiter.Count, 1, RateLimiter.MostKeys);
        _time.Advance(TimeSpan.FromMinutes(2));
        limiter.Check(new Limit("one more", 5, TimeSpan.FromMinutes(1)));
        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public void A_flood_of_other_keys_does_not_let_somebody_try_again_who_was_refused()
    {
        var limiter = new RateLimiter(_time);
        var account = new Limit("account", 3, TimeSpan.FromMinutes(20));
        for (var i = 0; i < 3; i++) Assert.Null(limiter.Check(account));
        for (var i = 0; i < 150_000; i++) limiter.Check(new Limit($"{i}", 5, TimeSpan.FromSeconds(20)));
        Assert.NotNull(limiter.Check(account));
    }

    [Trait("Needs", "time")]
    [Fact]
    public void A_key_of_megabytes_costs_what_a_short_one_costs()
    {
        var limiter = new RateLimiter(_time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200; i++) limiter.Check(new Limit($"{i} {new string('x', 1_000_000)}", 5, TimeSpan.FromMinutes(1)));
        Assert.Equal(200, limiter.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 150_000_000);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task An_address_that_is_longer_than_any_address_is_not_counted_by_itself()
    {
        using var app = new NewsHubApp();
        using var stranger = Colleague.Stranger(app);
        var limiter = app.Services.GetRequiredService<RateLimiter>();
        var before = limiter.Count;
        for (var i = 0; i < 10; i++)
        {
            var answer = await stranger.SubmitAsync(
                "/admin/sign-in", new() { ["Email"] = $"{i}{new string('a', 5000)}@example.org", ["Password"] = "guess" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }
        // The caller's own address, and nothing of what was typed.
        Assert.InRange(limiter.Count - before, 0, 1);
    }
}
