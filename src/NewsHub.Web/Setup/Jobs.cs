using NewsHub.Web.Followers;
using NewsHub.Web.Jobs;
using NewsHub.Web.Live;
using NewsHub.Web.Mail;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>All that runs by itself, with its period.</summary>
internal static class JobsSetup
{
    public static void AddJobs(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        // At every commit of this process; each second for those of others.
        services.AddSingleton<LastChange>();
        services.AddHostedService<FollowUps>();
        services.AddSingleton<IFollower, RefreshSiteSnapshot>();
        services.AddSingleton<IFollower, EvictPages>();
        services.AddSingleton<IFollower, TellUpdates>();
        services.AddSingleton<IFollower, TellNewsroomUpdates>();

        // At the minute each is due; looks at least once a minute, and at once when a schedule changes.
        services.AddJob<PublishDue>();
        services.AddJob<PublishDueEditions>();

        // At every commit that changes what readers see; when the program starts.
        services.AddJob<IndexStories>();

        // Two seconds after a list has changed, where the settings name a hub.
        services.AddJob<PingHub>();

        // At every commit, where the settings name a cache in front; what it does not take is sent again until it does.
        services.AddJob<PurgeCache>();

        // As soon as something is in it; and once a second.
        services.AddHostedService<SaveEngagement>();
        services.AddHostedService<TellReaders>();

        // When another node says so, where the store is PostgreSQL's.
        if (Settings.Read<StoreOptions>(builder.Configuration).Postgres is not null) services.AddHostedService<FollowOtherNodes>();

        // Twice a second.
        services.AddHostedService<TellNewsroom>();

        // At every commit that is somebody's business elsewhere; when a try is due, and at least once a minute.
        services.AddJob<SendWebhooks>();

        // At the hours of the paper's settings; a source that failed once more in half an hour.
        services.AddJob<RefreshRates>();

        // Every five seconds, and when the program stops.
        services.AddHostedService<SavePageViews>();

        // When an edition is published; then batch after batch, no faster than Newsletter:PerMinute.
        services.AddJob<SendBulletins>();

        // As soon as somebody signs up; each minute what is due again, or to be forgotten.
        services.AddJob<AnswerSignUps>();

        // At every commit that concerns a colleague; their mails a minute later.
        services.AddJob<MakeNotifications>();
        services.AddJob<SendNotifications>();

        // At once, one after the other.
        services.AddHostedService<SendAccountMail>();

        // When a picture is taken in, and for those of the library when the program starts; never while a reader waits for one.
        services.AddJob<MakeRenditions>();
    }

    /// <summary>A job that others may call, and that is told of events where it follows them.</summary>
    private static void AddJob<T>(this IServiceCollection services) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(s => s.GetRequiredService<T>());
        if (typeof(T).IsAssignableTo(typeof(IFollower))) services.AddSingleton(s => (IFollower)s.GetRequiredService<T>());
    }
}
