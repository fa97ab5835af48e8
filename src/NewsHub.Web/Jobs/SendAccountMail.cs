using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Jobs;

/// <summary>Sends the mails that wait in <see cref="AccountMailQueue"/>, one after the other.</summary>
internal sealed partial class SendAccountMail(
    AccountMailQueue accountMailQueue, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendAccountMail> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var errand in accountMailQueue.DequeueAllAsync(stoppingToken))
        {
            // Somebody was told that a mail is on its way: a full disk only puts it off.
            while (!await DoAsync(errand, stoppingToken)) await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    /// <returns>Whether it is done with; false where the store has to come back first.</returns>
    private async Task<bool> DoAsync(Func<AccountEmails, CancellationToken, Task> errand, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await errand(scope.ServiceProvider.GetRequiredService<AccountEmails>(), cancel);
            return true;
        }
        catch (Exception e) when (StorageFailure.Of(e) is { Cause: not StorageCause.Damaged })
        {
            NotYet(log, e);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e);
            return true;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "A mail about an account could not be seen to; it waits in memory and is tried again and again.")]
    private static partial void NotYet(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail about an account could not be sent; it is not tried again.")]
    private static partial void Failed(ILogger log, Exception e);
}
