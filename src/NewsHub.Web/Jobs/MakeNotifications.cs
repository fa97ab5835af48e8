using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Notifications;
using NewsHub.Web.Followers;
using NewsHub.Web.Live;

namespace NewsHub.Web.Jobs;

/// <summary>Tells members what concerns them of what was done. It has a position in the log of its own, so that nothing is missed while
/// the program is down.</summary>
internal sealed class MakeNotifications(
    IServiceScopeFactory scopes, IMailer mailer, NewsroomUpdates updates, TimeProvider clock, ILogger<MakeNotifications> log)
    : ScheduledJob(clock, log), IFollower
{
    /// <summary>Before anything is done by this program, or what is done first would be of the past.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationMaker>().BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<NotificationMaker>().CatchUpAsync(mailer.Delivers, cancel);
        if (made > 0) updates.Changed();
        return LongestSleep;
    }
}
