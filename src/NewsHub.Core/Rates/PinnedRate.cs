using NewsHub.Core.Events;

namespace NewsHub.Core.Rates;

/// <summary>A rate that an editor set by hand. It stands on the board in place of any source's until it is taken off, and is shown as what it is; it is no part of the history.</summary>
public sealed class PinnedRate
{
    private PinnedRate() { }

    /// <param name="value">Units of the quote for one of the base; greater than 0.</param>
    /// <param name="day">The day that is printed with it.</param>
    public PinnedRate(string @base, string quote, decimal value, string reason, DateOnly day, Actor by, DateTimeOffset now)
    {
        (Base, Quote) = (@base, quote);
        Pin(value, reason, day, by, now);
    }

    public string Base { get; private set; } = "";
    public string Quote { get; private set; } = "";
    public decimal Value { get; private set; }

    /// <summary>Why, for colleagues.</summary>
    public string Reason { get; private set; } = "";
    public DateOnly Day { get; private set; }
    public Actor By { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; private set; }

    public void Pin(decimal value, string reason, DateOnly day, Actor by, DateTimeOffset now) => (Value, Reason, Day, By, At) = (value, reason, day, by, now);
}
