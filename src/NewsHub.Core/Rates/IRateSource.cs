namespace NewsHub.Core.Rates;

/// <summary>Fetches a publisher's sheet and reads it; whether the rates can be right is <see cref="RateCheck"/>'s business.</summary>
public interface IRateSource
{
    /// <summary>See <see cref="RatePublisher.Key"/>.</summary>
    string Key { get; }

    /// <exception cref="RateSourceException">It did not answer, or with something else than rates: the message is a
    /// sentence for editors.</exception>
    Task<RateSheet> FetchAsync(CancellationToken cancel);
}

/// <summary>Rates as a publisher gave them: figures as text, days of the publisher's own calendar.</summary>
/// <param name="Base">ISO 4217: what all rates of the sheet are given against.</param>
/// <param name="IsInverse">True where a figure says how many of <paramref name="Base"/> one unit of the other buys;
/// else the other way round.</param>
public sealed record RateSheet(string Publisher, string Base, bool IsInverse, IReadOnlyList<RateFigure> Figures);

/// <param name="Code">ISO 4217, as far as the publisher says.</param>
/// <param name="Text">As it came.</param>
public sealed record RateFigure(DateOnly Date, string Code, string Text);

/// <summary>A source had no rates to give. The message says why, to editors.</summary>
public sealed class RateSourceException(string message, Exception? inner = null) : Exception(message, inner);
