namespace NewsHub.Core.Events;

/// <summary>An editorial act that may not be done now. The message is a sentence for the person who tried.</summary>
public sealed class RefusedException : InvalidOperationException
{
    public RefusedException(string message) : base(message) { }
    public RefusedException(string message, Exception inner) : base(message, inner) { }
    public RefusedException() { }
}
