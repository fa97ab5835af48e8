using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NewsHub.Core.Events;

namespace NewsHub.Core.Store;

/// <summary>Rings when events have been committed by this process, or by another that says so: then the followers need not wait for their
/// next round.</summary>
public sealed class CommitSignal : SaveChangesInterceptor, IDbTransactionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Waits for a ring, at most for the given time.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _signal.WaitAsync(atMost, cancel);

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        RingFor(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        RingFor(eventData.Context);
        return ValueTask.FromResult(result);
    }

    /// <summary>What was saved within a transaction can be read only now.</summary>
    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Ring();

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ring();
        return Task.CompletedTask;
    }

    public void Dispose() => _signal.Dispose();

    /// <summary>Events have been committed; also called where another process says that it has.</summary>
    public void Ring()
    {
        if (_signal.CurrentCount > 0) return;
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Someone rang at the same moment: one ring is enough.
        }
    }

    private void RingFor(DbContext? context)
    {
        if (context?.Database.CurrentTransaction is null && context?.ChangeTracker.Entries<NewsEvent>().Any() == true) Ring();
    }
}
