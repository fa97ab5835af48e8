namespace NewsHub.Core.Rates;

/// <summary>Who publishes rates, and on what terms they may be shown and handed on.</summary>
/// <param name="Key">As settings and the command line name it.</param>
/// <param name="Name">As readers read it, and as it is kept with each rate.</param>
/// <param name="Page">Where readers can look it up.</param>
/// <param name="Terms">What it asks for, in a sentence for editors.</param>
/// <param name="MayBeHandedOn">False where its terms forbid redistribution: its rates are shown, and in no
/// download or interface of ours.</param>
/// <param name="MustBeLinked">Wherever its rates stand, its page must be linked.</param>
public sealed record RatePublisher(
    string Key, string Name, string? Page, string Terms, bool MayBeHandedOn = true, bool MustBeLinked = false)
{
    public static readonly RatePublisher Ecb = new("ecb", "European Central Bank",
        "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
        "Free to use with its name. Each working day at about 16:00 in Frankfurt. No naira.");

    public static readonly RatePublisher Cbn = new("cbn", "Central Bank of Nigeria", "https://www.cbn.gov.ng/rates/ExchRateByCurrency.html",
        "Free to hand on with its name. Each working day. Central rates of the naira.");

    public static readonly RatePublisher OpenEr = new("er-api", "ExchangeRate-API", "https://www.exchangerate-api.com",
        "Free with a link to it on every page that shows its rates; they must not be handed on. Once a day, at about 00:00 UTC.",
        MayBeHandedOn: false, MustBeLinked: true);

    /// <summary>The key of the content folder's own file. Whose rates it holds, the file says.</summary>
    public const string FileKey = "file";

    /// <summary>Those that are asked over the network.</summary>
    public static readonly IReadOnlyList<RatePublisher> All = [Ecb, Cbn, OpenEr];

    public static bool IsKey(string key) => key == FileKey || All.Any(p => p.Key == key);

    /// <summary>The publisher of a kept rate; one who is not among <see cref="All"/> came by a file.</summary>
    public static RatePublisher Named(string name) =>
        All.FirstOrDefault(p => p.Name == name) ?? new(FileKey, name, null, "From the content folder's rates.json.");
}
