using NewsHub.Core.Events;

namespace NewsHub.Core.Rates;

/// <summary>A rate that an editor set by hand. It stands on the board in place of any source's until it is taken off, and is shown as what
/// it is; it is no part of the history.</summary>
public sealed class PinnedRate
{
    private PinnedRate() { }

    public PinnedRate(RatePin pin, Actor by, DateTimeOffset now)
    {
        (Base, Quote) = (pin.Base, pin.Quote);
        Pin(pin, by, now);
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

    public void Pin(RatePin pin, Actor by, DateTimeOffset now) => (Value, Reason, Day, By, At) = (pin.Value, pin.Reason, pin.Day, by, now);
}

/// <summary>A rate as an editor sets it.</summary>
/// <param name="Value">Units of the quote for one of the base; greater than 0.</param>
/// <param name="Day">The day that is printed with it.</param>
public sealed record RatePin(string Base, string Quote, decimal Value, string Reason, DateOnly Day);
