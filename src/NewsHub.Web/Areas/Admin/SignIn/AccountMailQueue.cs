using System.Threading.Channels;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>What is done after the answer has gone out, so that the time of the answer tells nothing: looking an
/// address up, sending mail.</summary>
public sealed class AccountMailQueue
{
    private readonly Channel<Func<AccountEmails, CancellationToken, Task>> _errands =
        Channel.CreateBounded<Func<AccountEmails, CancellationToken, Task>>(
            new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Enqueue(Func<AccountEmails, CancellationToken, Task> errand) => _errands.Writer.TryWrite(errand);

    internal IAsyncEnumerable<Func<AccountEmails, CancellationToken, Task>> DequeueAllAsync(CancellationToken cancel) =>
        _errands.Reader.ReadAllAsync(cancel);
}
