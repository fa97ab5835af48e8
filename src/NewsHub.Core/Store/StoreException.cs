namespace NewsHub.Core.Store;

/// <summary>The store cannot be used. The message says why and what to do.</summary>
public sealed class StoreException : Exception
{
    public StoreException() { }
    public StoreException(string message) : base(message) { }
    public StoreException(string message, Exception inner) : base(message, inner) { }
}
