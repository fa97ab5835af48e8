using System.Text;
using System.Text.RegularExpressions;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using NewsHub.Core.Rates;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// Money in a sentence: <c>{fx 50 USD NGN}</c> prints the amount, what it was in the other currency at the rate of the day of publication,
/// which is kept with the revision, and what it is at the board's.
/// </summary>
/// <param name="From">ISO 4217.</param>
/// <param name="To">ISO 4217.</param>
public readonly partial record struct MoneyInProse(decimal Amount, string From, string To)
{
    private const int LongestTag = 80;

    /// <summary>By which a pair's frozen rate is kept.</summary>
    public string Pair => $"{From} {To}";

    private string Value => FormattableString.Invariant($"{Amount} {From} {To}");

    private string Words => Together(Currency.Amount(Amount, From, asWritten: true));

    /// <summary>Reads <c>50 USD NGN</c>; else says what is wrong.</summary>
    public static string? Read(string text, out MoneyInProse money)
    {
        money = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3) return "Write money as {fx 50 USD NGN}: an amount, its currency, the other currency.";
        if (!Currency.TryReadAmount(words[0], out var amount)) return $"'{words[0]}' is not an amount such as 50 or 1,250.50.";
        foreach (var code in words[1..])
            if (!Currency.IsKnown(code)) return $"'{code}' is not a currency code such as USD.";
        if (words[1] == words[2]) return $"The two currencies are the same, {words[1]}.";
        money = new MoneyInProse(amount, words[1], words[2]);
        return null;
    }

    /// <summary>Every pair that a rendered body asks for, once each.</summary>
    public static IReadOnlyList<MoneyInProse> In(string html)
    {
        // Looked for in every body that is published, and in few there is any.
        if (!html.Contains("<data class=\"fx\"", StringComparison.Ordinal)) return [];
        return [.. Printed()
            .Matches(html)
            .Select(m => Read(m.Groups[1].Value, out var money) is null ? money : default)
            .Where(m => m.From is not null)
            .DistinctBy(m => m.Pair)];
    }

    /// <summary>A body as it is shown now.</summary>
    /// <param name="frozen">The rates of the day of publication; null where it has not been published.</param>
    /// <param name="today">The day that is printed in the folio line: rates of it are called today's.</param>
    /// <param name="words">How it is said; in English where nothing else is asked for.</param>
    public static string Print(
        string html, IReadOnlyDictionary<string, FrozenRate>? frozen, RateBoard board, DateOnly today, MoneyWords? words = null)
    {
        if (!html.Contains("<data class=\"fx\"", StringComparison.Ordinal)) return html;
        words ??= MoneyWords.English;
        return Printed().Replace(html, tag =>
        {
            if (Read(tag.Groups[1].Value, out var money) is not null) return tag.Value;
            var then = frozen?.GetValueOrDefault(money.Pair);
            var parts = new List<string>();
            if (then is not null)
                parts.Add(words.AtRate(Worth(money, then.Rate), Day(then.Day), System.Net.WebUtility.HtmlEncode(then.Source)));
            if (board.Cross(money.From, money.To) is { } now)
            {
                var lines = board.Lines.Where(l => l.Quote == money.From || l.Quote == money.To).ToList();
                var (day, pinned) = (lines.Min(l => l.Date), lines.Exists(l => l.IsPinned));
                var source = pinned
                    ? words.ByHand
                    : string.Join(", ", lines.Select(l => l.Source).Distinct().Select(s => System.Net.WebUtility.HtmlEncode(s)));
                var sum = Worth(money, now);
                if (then is null) parts.Add(words.AtRate(sum, Day(day), source));
                else if (day > then.Day || pinned) parts.Add(day == today ? words.Today(sum) : words.AtThatOf(sum, Day(day)));
            }
            return parts.Count == 0
                ? tag.Value
                : $"{tag.Value} <span class=\"fx-then\"{words.Around}>({string.Join(words.Between, parts)})</span>";
        });

        string Day(DateOnly day) => $"<time datetime=\"{day:yyyy-MM-dd}\">{words.Day(day)}</time>";
    }

    /// <summary>From a thousand on without the small coins: nobody means them.</summary>
    private static string Worth(MoneyInProse money, decimal rate) => Together(
        money.Amount * rate is >= 1000 and var sum
            ? Currency.Amount(Math.Round(sum, MidpointRounding.AwayFromZero), money.To, asWritten: true)
            : Currency.Amount(money.Amount * rate, money.To));

    /// <summary>No line ends between a currency and its amount.</summary>
    private static string Together(string amount) => amount.Replace(' ', '\u00a0');

    /// <summary>The element as the sanitizer's allow-list lets it through, and as it is dressed: a hand-written one is worth
    /// no more and no less.</summary>
    internal static void Dress(AngleSharp.Dom.IElement data)
    {
        if (Read(data.GetAttribute("value") ?? "", out var money) is not null)
        {
            data.Replace([.. data.ChildNodes]);
            return;
        }
        // As it is looked for, whatever else was written into it. The space that does not break is written as an entity.
        foreach (var attribute in data.Attributes.Select(a => a.Name).ToList()) data.RemoveAttribute(attribute);
        data.SetAttribute("class", "fx");
        data.SetAttribute("value", money.Value);
        data.TextContent = money.Words;
    }

    [GeneratedRegex("<data class=\"fx\" value=\"([^\"<>]{1,80})\">[^<]*</data>")]
    private static partial Regex Printed();

    /// <summary>One in a parsed body.</summary>
    /// <param name="problem">What is wrong with it; it is then printed as it was typed.</param>
    internal sealed class Tag(string typed, string? problem) : LeafInline
    {
        public string Typed => typed;
        public string? Problem => problem;
    }

    internal sealed class Parser : InlineParser
    {
        public Parser() => OpeningCharacters = ['{'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            if (!slice.Match("{fx ")) return false;
            var text = new StringBuilder();
            for (var at = slice.Start; at <= slice.End && text.Length < LongestTag; at++)
            {
                var c = slice.Text[at];
                if (c is '\n' or '\r') return false;
                text.Append(c);
                if (c != '}') continue;
                var typed = text.ToString();
                processor.Inline = new Tag(typed, Read(typed[4..^1], out _))
                {
                    Line = processor.GetSourcePosition(slice.Start, out var line, out _) >= 0 ? line : 0,
                };
                slice.Start = at + 1;
                return true;
            }
            return false;
        }
    }

    internal sealed class Renderer : HtmlObjectRenderer<Tag>
    {
        protected override void Write(HtmlRenderer renderer, Tag tag)
        {
            if (tag.Problem is not null || !renderer.EnableHtmlForInline) renderer.WriteEscape(tag.Typed);
            else renderer.Write("<data value=\"").WriteEscape(tag.Typed[4..^1]).Write("\"></data>");
        }
    }
}

/// <summary>A rate as it was on a day of publication, kept for good.</summary>
/// <param name="Rate">Units of the second currency for one of the first.</param>
/// <param name="Day">The publisher's own day.</param>
/// <param name="Source">Its publisher, or publishers with commas between them.</param>
public sealed record FrozenRate(decimal Rate, DateOnly Day, string Source);
