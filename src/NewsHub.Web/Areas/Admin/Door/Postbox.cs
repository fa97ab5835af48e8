using System.Threading.Channels;

namespace NewsHub.Web.Areas.Admin.Door;

/// <summary>What is done after the answer has gone out, so that the time of the answer tells nothing: looking an address up, sending mail.</summary>
public sealed class Postbox
{
    private readonly Channel<Func<Letters, CancellationToken, Task>> _errands = Channel.CreateBounded<Func<Letters, CancellationToken, Task>>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Put(Func<Letters, CancellationToken, Task> errand) => _errands.Writer.TryWrite(errand);

    internal IAsyncEnumerable<Func<Letters, CancellationToken, Task>> TakeAllAsync(CancellationToken cancel) => _errands.Reader.ReadAllAsync(cancel);
}
