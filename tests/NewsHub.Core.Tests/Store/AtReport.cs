using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

/// <summary>Does something at the nth report.</summary>
internal sealed class AtReport(int at, Action act) : IProgress<ImportProgress>
{
    private int _times;

    public void Report(ImportProgress value)
    {
        if (++_times == at) act();
    }
}
