namespace NewsHub.Core.Rates;

/// <summary>One published rate: how many units of <see cref="Quote"/> one unit of <see cref="Base"/> bought on a day.</summary>
public sealed class Rate
{
    private Rate() { }

    /// <param name="source">Who published it.</param>
    /// <param name="date">The day it was published for, at the source.</param>
    public Rate(string source, DateOnly date, string @base, string quote, decimal value) =>
        (Source, Date, Base, Quote, Value) = (source, date, @base, quote, value);

    public string Source { get; private set; } = "";
    public DateOnly Date { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Base { get; private set; } = "";

    /// <summary>ISO 4217.</summary>
    public string Quote { get; private set; } = "";

    /// <summary>Greater than 0.</summary>
    public decimal Value { get; private set; }

    public void Revise(decimal value) => Value = value;
}
