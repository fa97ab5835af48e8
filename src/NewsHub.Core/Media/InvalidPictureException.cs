namespace NewsHub.Core.Media;

/// <summary>The bytes are not a picture that the paper prints. The message goes on from the file's name: “x.jpg is not …”.</summary>
public sealed class InvalidPictureException : Exception
{
    public InvalidPictureException() { }
    public InvalidPictureException(string message) : base(message) { }
    public InvalidPictureException(string message, Exception inner) : base(message, inner) { }
}
