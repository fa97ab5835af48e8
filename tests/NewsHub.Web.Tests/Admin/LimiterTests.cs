using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Web.Areas.Admin.Door;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What strangers may fill the limiter's memory with.</summary>
public sealed class LimiterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 1, 15, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_hundred_thousand_odd_keys_and_more_are_a_bounded_number_of_entries_and_are_forgotten_in_time()
    {
        var keeper = new Doorkeeper(_time);
        for (var i = 0; i < 250_000; i++) keeper.Refuses(new Allowance($"{i} {new string('x', i % 50)}", 5, TimeSpan.FromMinutes(1)));
        Assert.InRange(keeper.Count, 1, Doorkeeper.MostKeys);
        _time.Advance(TimeSpan.FromMinutes(2));
        keeper.Refuses(new Allowance("one more", 5, TimeSpan.FromMinutes(1)));
        Assert.Equal(1, keeper.Count);
    }

    [Fact]
    public void A_flood_of_other_keys_does_not_let_somebody_try_again_who_was_refused()
    {
        var keeper = new Doorkeeper(_time);
        var account = new Allowance("account", 3, TimeSpan.FromMinutes(20));
        for (var i = 0; i < 3; i++) Assert.Null(keeper.Refuses(account));
        for (var i = 0; i < 150_000; i++) keeper.Refuses(new Allowance($"{i}", 5, TimeSpan.FromSeconds(20)));
        Assert.NotNull(keeper.Refuses(account));
    }

    [Fact]
    public void A_key_of_megabytes_costs_what_a_short_one_costs()
    {
        var keeper = new Doorkeeper(_time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200; i++) keeper.Refuses(new Allowance($"{i} {new string('x', 1_000_000)}", 5, TimeSpan.FromMinutes(1)));
        Assert.Equal(200, keeper.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 150_000_000);
    }

    [Fact]
    public async Task An_address_that_is_longer_than_any_address_is_not_counted_by_itself()
    {
        using var app = new NewsHubApp();
        using var stranger = Colleague.Stranger(app);
        var keeper = app.Services.GetRequiredService<Doorkeeper>();
        var before = keeper.Count;
        for (var i = 0; i < 10; i++)
        {
            var answer = await stranger.SubmitAsync("/admin/sign-in", new() { ["Email"] = $"{i}{new string('a', 5000)}@example.org", ["Password"] = "guess" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }
        // The caller's own address, and nothing of what was typed.
        Assert.InRange(keeper.Count - before, 0, 1);
    }
}
