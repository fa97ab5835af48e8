using NewsHub.Core.Events;

namespace NewsHub.Core.Rates;

/// <summary>A rate under review: it jumped, and readers see it only once an editor accepts it. Refused, it is remembered, so that the next
/// round does not bring it again.</summary>
public sealed class HeldRate
{
    private HeldRate() { }

    public HeldRate(string source, string @base, CheckedRate rate, DateTimeOffset now) =>
        (Source, Base, Date, Quote, Value, Before, HeldAt) = (
            source, @base, rate.Date, rate.Quote, rate.Value, rate.Before ?? rate.Value, now);

    public long Id { get; private set; }
    public string Source { get; private set; } = "";
    public DateOnly Date { get; private set; }
    public string Base { get; private set; } = "";
    public string Quote { get; private set; } = "";
    public decimal Value { get; private set; }

    /// <summary>The accepted rate that it was compared with.</summary>
    public decimal Before { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset HeldAt { get; private set; }

    /// <summary>Null while it waits.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }
    public Actor? RefusedBy { get; private set; }

    /// <summary>In percent.</summary>
    public decimal Jump => Math.Round((Value - Before) / Before * 100, 1, MidpointRounding.AwayFromZero);

    /// <summary>In a word for the log: <c>USD/NGN 1900.5 of 2025-07-02, Central Bank of Nigeria</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Base}/{Quote} {Value} of {Date:yyyy-MM-dd}, {Source}");

    public void Refuse(Actor by, DateTimeOffset now) => (RefusedAt, RefusedBy) = (now, by);
}
