using NewsHub.Core.Rates;
using NewsHub.Core.Settings;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>A reaction as it is typed.</summary>
public sealed class ReactionRow
{
    /// <summary>Empty for a new one: its key is made of its words.</summary>
    public string? Key { get; set; }

    /// <summary>The words on the button; empty for none.</summary>
    public string? Label { get; set; }
}

/// <summary>A source of rates as it is chosen.</summary>
public sealed class SourceRow
{
    public string? Key { get; set; }
    public bool IsUsed { get; set; }

    /// <summary>Its place among the others, from 1; of several with the same, the one above counts more.</summary>
    public int Place { get; set; }

    /// <summary>Every source: those in use in their order, then the others.</summary>
    public static IReadOnlyList<SourceRow> Of(IReadOnlyList<string> used) =>
    [
        .. used.Concat(Site.UsualRateSources.Except(used))
            .Select((key, i) => new SourceRow { Key = key, IsUsed = used.Contains(key), Place = i + 1 }),
    ];

    public string Name => RatePublisher.All.FirstOrDefault(p => p.Key == Key)?.Name ?? "File";

    /// <summary>What it is, in a sentence.</summary>
    public string Terms => RatePublisher.All.FirstOrDefault(p => p.Key == Key)?.Terms
        ?? "The file rates.json of the content folder, which is read by an import. Nothing is asked over the network.";
}
