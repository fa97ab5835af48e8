using NewsHub.Web.Jobs;

namespace NewsHub.Web.Setup;

/// <summary>All that runs by itself, with its period.</summary>
internal static class JobsSetup
{
    public static void AddJobs(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        // At every commit of this process; each second for those of others.
        services.AddHostedService<FollowUps>();
        services.AddSingleton<IFollower, RereadMasthead>();
        services.AddSingleton<IFollower, EvictPages>();
        services.AddSingleton<IFollower, TellUpdates>();

        // At the minute each is due; looks at least once a minute, and at once when a schedule changes.
        services.AddSingleton<PublishDue>();
        services.AddHostedService(s => s.GetRequiredService<PublishDue>());
        services.AddSingleton<IFollower>(s => s.GetRequiredService<PublishDue>());

        // At every commit that changes what readers see; when the program starts.
        services.AddSingleton<IndexStories>();
        services.AddHostedService(s => s.GetRequiredService<IndexStories>());
        services.AddSingleton<IFollower>(s => s.GetRequiredService<IndexStories>());

        // Two seconds after a list has changed, where the settings name a hub.
        services.AddSingleton<PingHub>();
        services.AddHostedService(s => s.GetRequiredService<PingHub>());
        services.AddSingleton<IFollower>(s => s.GetRequiredService<PingHub>());

        // As soon as something is in it; and once a second.
        services.AddHostedService<CountPostbag>();
        services.AddHostedService<TellReaders>();

        // At the hours of the paper's settings; a source that failed once more in half an hour.
        services.AddSingleton<RefreshRates>();
        services.AddHostedService(s => s.GetRequiredService<RefreshRates>());

        // Every five seconds, and when the program stops.
        services.AddHostedService<CountVisits>();

        // At once, one after the other.
        services.AddHostedService<EmptyPostbox>();
    }
}
