namespace NewsHub.Web.Areas.Admin.Pages.Statistics;

/// <summary>A line of a table of counts.</summary>
/// <param name="Address">Where its name leads, if anywhere.</param>
/// <param name="More">Said under the name.</param>
public sealed record CountLine(string Name, string? Address, int Count, string? More)
{
    public static List<CountLine> Of(IEnumerable<(string Name, int Count)> counts) =>
        [.. counts.Select(c => new CountLine(c.Name, null, c.Count, null))];

    /// <param name="engaged">Reactions and shares by what is counted.</param>
    public static List<CountLine> Of(
        IEnumerable<(Period.Count Count, string Name, string Address)> counts,
        IReadOnlyDictionary<long, (int Reactions, int Shares)> engaged) =>
        [.. counts.Select(c => new CountLine(c.Name, c.Address, c.Count.Views, Period.Words(engaged.GetValueOrDefault(c.Count.Id))))];
}
