namespace NewsHub.Web.Options;

/// <summary>An options class whose settings mean something only together.</summary>
internal interface IValidatedOptions
{
    /// <returns>What does not fit, as a sentence; null where all does. It names no value.</returns>
    string? Wrong();
}
