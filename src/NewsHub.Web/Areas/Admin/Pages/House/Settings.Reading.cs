using System.Globalization;
using System.Text.RegularExpressions;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using Colour = NewsHub.Core.Settings.Accent;

namespace NewsHub.Web.Areas.Admin.Pages.House;

// From the stored settings to the form's fields, and back with what is wrong at each.
public sealed partial class SettingsModel
{
    private const string OneZone = "is not a time zone or a large city. Enter one such as Lagos or Africa/Lagos.";

    /// <summary>Rows for more than there are, for whoever has no script.</summary>
    private const int SpareRows = 3;

    public IEnumerable<string?> QuoteRows => Quotes.Concat(Enumerable.Repeat<string?>(null, SpareRows));

    public IEnumerable<ReactionRow> ReactionRows =>
        Reactions.Concat(Enumerable.Repeat(new ReactionRow(), Math.Clamp(TextLimits.Reactions - Reactions.Count, 0, SpareRows)));

    /// <summary>What time it is in the zone that stands in its field.</summary>
    public string? ZoneHint =>
        TypedText.Line(TimeZone) is { } typed && ZoneSearch.Find(typed) is [var zone] ? $"{ZoneSearch.Now(zone, Room.Now)}." : null;

    private void Show(Site site)
    {
        (Name, Subtitle, Motto, Description) = (site.Name, site.Subtitle, site.Motto, site.Description);
        (Accent, Language, TimeZone) = (site.Accent ?? Colour.Usual, site.Language, site.TimeZone);
        (CurrencyBase, Quotes) = (site.CurrencyBase, [.. site.CurrencyQuotes]);
        (Sources, RateHours) = ([.. SourceRow.Of(site.RateSources)], [.. site.RateHours]);
        Reactions = [.. site.Reactions.Select(r => new ReactionRow { Key = r.Key, Label = r.Label })];
        PrintsAnimations = site.PrintsAnimations;
        (Bulletin, EditorsMayPublish, SecondFactor) = (site.Bulletin, site.EditorsMayPublish, site.SecondFactorFrom?.ToString());
    }

    private void Read(Site site)
    {
        site.Name = Line(nameof(Name), Name, TextLimits.SiteName, needed: "Enter the name of the paper.");
        site.Subtitle = Line(nameof(Subtitle), Subtitle, TextLimits.SiteLine);
        site.Motto = Line(nameof(Motto), Motto, TextLimits.SiteLine);
        site.Description = Line(nameof(Description), Description, TextLimits.SiteDescription);
        site.Accent = ReadAccent();
        site.Language = LanguageNames.Find(Line(nameof(Language), Language, 60, needed: "Enter the language of the paper."));
        if (!LanguageTag.IsOne(site.Language))
            Wrong(nameof(Language), $"'{site.Language}' is not a language such as English, French or pt-BR.");
        site.TimeZone = ReadZone() ?? site.TimeZone;
        ReadCurrencies(site);
        site.RateSources = ReadSources();
        site.RateHours = [.. RateHours.Distinct().Order()];
        if (site.RateHours.Any(h => h is < 0 or > 23)) Wrong(nameof(RateHours), "Choose hours from 0 to 23.");
        site.Reactions = ReadReactions(site.Reactions);
        (site.PrintsAnimations, site.Bulletin, site.EditorsMayPublish) = (PrintsAnimations, Bulletin, EditorsMayPublish);
        if (SecondFactors.Any(f => f.Value == (SecondFactor ?? "")))
            site.SecondFactorFrom = string.IsNullOrEmpty(SecondFactor) ? null : Enum.Parse<Role>(SecondFactor);
        else Wrong(nameof(SecondFactor), "Choose who needs a second factor.");
    }

    /// <summary>Null for the usual colour, which stands in the style sheets.</summary>
    private string? ReadAccent()
    {
        var colour = (TypedText.Line(Accent) ?? Colour.Usual).ToLowerInvariant();
        if (!Colour.IsColour(colour)) Wrong(nameof(Accent), $"'{colour}' is not a colour such as {Colour.Usual}.");
        else if (Colour.OnLight(colour) is var contrast and < Colour.Enough)
        {
            // Rounded down: what falls short by a hair must not be said to be enough.
            var short_ = Math.Floor(contrast * 100) / 100;
            Wrong(nameof(Accent), string.Create(CultureInfo.InvariantCulture,
                $"{colour} is too light: its contrast with the paper is {short_:0.0#} : 1, and words need {Colour.Enough} : 1. "
                + $"The nearest that passes is {Colour.ForLight(colour)}."));
        }
        return colour == Colour.Usual ? null : colour;
    }

    private string? ReadZone()
    {
        var typed = Line(nameof(TimeZone), TimeZone, 60, needed: "Choose a time zone.");
        if (typed.Length is 0 or > 60) return null;
        var zones = ZoneSearch.Find(typed);
        if (zones.Count == 0) Wrong(nameof(TimeZone), $"'{typed}' {OneZone}");
        else if (zones.Count > 1)
            Wrong(nameof(TimeZone), $"Several time zones have that name. Enter one of {string.Join(", ", zones.Select(z => z.Id))}.");
        return zones is [var zone] ? zone.Id : null;
    }

    private void ReadCurrencies(Site site)
    {
        site.CurrencyBase = Currency.Find(TypedText.Line(CurrencyBase) ?? "") ?? "";
        if (site.CurrencyBase.Length == 0) Wrong(nameof(CurrencyBase), "Choose the base currency.");
        var quotes = new List<string>();
        foreach (var typed in Quotes.Select(TypedText.Line).OfType<string>())
        {
            if (Currency.Find(typed) is not { } code)
                Wrong(nameof(Quotes), $"'{typed}' is not a currency. Enter a code such as EUR, or a name such as Euro.");
            else if (code == site.CurrencyBase) Wrong(nameof(Quotes), $"{code} is the base currency: leave it out here.");
            else if (!quotes.Contains(code)) quotes.Add(code);
        }
        if (quotes.Count > TextLimits.Quotes) Wrong(nameof(Quotes), $"Use {TextLimits.Quotes} currencies at most.");
        site.CurrencyQuotes = quotes;
    }

    private List<string> ReadSources()
    {
        var used = Sources.Where(s => s.IsUsed).OrderBy(s => s.Place).Select(s => s.Key ?? "").Distinct().ToList();
        if (used.Exists(key => !RatePublisher.IsKey(key))) Wrong(nameof(Sources), "Choose from the sources in the list.");
        return used;
    }

    /// <param name="known">Those that there are: their keys stay, whatever words they get.</param>
    private List<ReactionKind> ReadReactions(IReadOnlyList<ReactionKind> known)
    {
        var reactions = new List<ReactionKind>();
        foreach (var row in Reactions)
        {
            if (TypedText.Line(row.Label) is not { } label) continue;
            if (label.Length > TextLimits.ReactionLabel)
                Wrong(nameof(Reactions), $"'{label}': use {TextLimits.ReactionLabel} characters at most.");
            else if (reactions.Exists(r => r.Label.Equals(label, StringComparison.OrdinalIgnoreCase)))
                Wrong(nameof(Reactions), $"'{label}' is listed twice.");
            var own = known.FirstOrDefault(r => r.Key == row.Key && !reactions.Exists(other => other.Key == r.Key));
            var key = own?.Key ?? KeyOf(label, [.. known.Concat(reactions).Select(r => r.Key)]);
            reactions.Add(new ReactionKind(key, label));
        }
        if (reactions.Count > TextLimits.Reactions) Wrong(nameof(Reactions), "Use eight reactions at most.");
        return reactions;
    }

    /// <summary>A key of the words, which nothing else has: counts are kept under it for good.</summary>
    private static string KeyOf(string label, IReadOnlyCollection<string> taken)
    {
        var words = Slug.From(label)?.Value ?? "";
        var stem = ReactionKey().IsMatch(words) ? words : "reaction";
        return Enumerable.Range(1, int.MaxValue)
            .Select(n => n == 1 && stem == words ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}"))
            .First(key => !taken.Contains(key));
    }

    private string Line(string field, string? typed, int most, string? needed = null)
    {
        var line = TypedText.Line(typed) ?? "";
        if (line.Length > most) Wrong(field, $"Use {most} characters at most.");
        else if (line.Length == 0 && needed is not null) Wrong(field, needed);
        return line;
    }

    private void Wrong(string field, string sentence) => ModelState.AddModelError(field, sentence);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,26}\z")]
    private static partial Regex ReactionKey();
}
