using NewsHub.Core.Store;

namespace NewsHub.Core.Media;

/// <summary>An object store did not do what it was asked, by no fault of whoever asked. It is told of like a failure of the disk.</summary>
/// <param name="cause">Whether it is away or refuses.</param>
/// <param name="message">What it said, for whoever runs the machine. It holds no secret.</param>
public sealed class MediaStoreException(StorageCause cause, string message, Exception? inner = null) : IOException(message, inner)
{
    public StorageCause Cause => cause;
}
