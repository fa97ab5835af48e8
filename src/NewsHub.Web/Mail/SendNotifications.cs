using NewsHub.Web.Jobs;

namespace NewsHub.Web.Mail;

/// <summary>Sends the mails of notifications when they are due.</summary>
internal sealed class SendNotifications(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendNotifications> log)
    : ScheduledJob(clock, log)
{
    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var next = await scope.ServiceProvider.GetRequiredService<NotificationMails>().SendDueAsync(cancel);
        return next is { } due && due - Clock.GetUtcNow() is var wait && wait < LongestSleep ? wait : LongestSleep;
    }
}
