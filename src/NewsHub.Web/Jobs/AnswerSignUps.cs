using NewsHub.Core.Newsletters;
using NewsHub.Web.Options;

namespace NewsHub.Web.Jobs;

/// <summary>Mails whoever signed up for the newsletter, after their page was answered, and forgets what nobody
/// confirmed in 48 hours.</summary>
public sealed partial class AnswerSignUps(
    IServiceScopeFactory scopes, TimeProvider clock, SiteOptions site, ILogger<AnswerSignUps> log)
    : ScheduledJob(clock, log)
{
    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        while (await RoundAsync(cancel) > 0) { }
        return LongestSleep;
    }

    private async Task<int> RoundAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var confirmations = scope.ServiceProvider.GetRequiredService<Confirmations>();
        if (await confirmations.TidyAsync(cancel) is > 0 and var forgotten) Forgot(Log, forgotten);
        await scope.ServiceProvider.GetRequiredService<Subscriptions>().TidyReportsAsync(cancel);
        var (done, failed) = await confirmations.AnswerAsync(site.Url, cancel);
        if (failed > 0) NotOut(Log, failed);
        return done;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} sign-ups that nobody confirmed were forgotten.")]
    private static partial void Forgot(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} mails to people who signed up did not go out; they are tried again.")]
    private static partial void NotOut(ILogger log, int count);
}
