using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Mail;

namespace NewsHub.Web.Localization;

/// <summary>
/// The paper's own words in one language: all that a reader sees that is neither story nor setting. They stand in <c>en.json</c> and its
/// sisters; what a sister lacks is said in English.
/// </summary>
internal sealed class Texts : IMailTexts
{
    private static readonly AsyncLocal<Texts?> Spoken = new();

    private readonly FrozenDictionary<string, Phrase[]> _phrases;
    private readonly NumberFormatInfo _figures;
    private readonly string[] _months, _shortMonths, _weekdays;

    private Texts(string tag, FrozenDictionary<string, Phrase[]>? english)
    {
        var own = Read(tag);
        Tag = tag;
        OwnKeys = [.. own.Keys.Order(StringComparer.Ordinal)];
        foreach (var (key, phrases) in english ?? FrozenDictionary<string, Phrase[]>.Empty) own.TryAdd(key, phrases);
        _phrases = own.ToFrozenDictionary(StringComparer.Ordinal);
        RightToLeft = this["direction"] == "rtl";
        _figures = new NumberFormatInfo { NumberGroupSeparator = this["number.group"], NumberDecimalSeparator = this["number.decimal"] };
        (_months, _shortMonths, _weekdays) = (this["months"].Split('|'), this["months.short"].Split('|'), this["weekdays"].Split('|'));
    }

    public static Texts English { get; } = new("en", null);

    /// <summary>Every language that the paper's own words are in, in the order of the footer.</summary>
    public static IReadOnlyList<Texts> All { get; } =
        [English, .. ((string[])["fr", "ar", "ha"]).Select(tag => new Texts(tag, English._phrases))];

    /// <summary>The language of what is being answered; English where nobody said.</summary>
    public static Texts Now => Spoken.Value ?? English;

    /// <summary>BCP 47, two letters.</summary>
    public string Tag { get; }
    public bool RightToLeft { get; }
    public string Direction => RightToLeft ? "rtl" : "ltr";

    /// <summary>What it calls itself.</summary>
    public string Name => this["language"];

    /// <summary>The keys that it has words of its own for.</summary>
    public IReadOnlyList<string> OwnKeys { get; }

    /// <summary>What is answered from here on, in this request, is answered in it.</summary>
    public void Use() => Spoken.Value = this;

    /// <summary>The language that goes by <paramref name="tag"/>; null where there is none of ours.</summary>
    public static Texts? Of(ReadOnlySpan<char> tag)
    {
        foreach (var texts in All)
            if (tag.SequenceEqual(texts.Tag)) return texts;
        return null;
    }

    /// <summary>The nearest to a language that a setting names: “fr-CA” is answered in French, a language that is
    /// none of ours in English.</summary>
    public static Texts Nearest(string tag) =>
        Of(tag.AsSpan(0, tag.IndexOf('-', StringComparison.Ordinal) is >= 0 and var end ? end : tag.Length)) ?? English;

    /// <summary>A text without places.</summary>
    public string this[string key] =>
        _phrases[key] is [var phrase] ? phrase.Text : throw new ArgumentException($"{key} asks for a number.", nameof(key));

    public bool Has(string key) => _phrases.ContainsKey(key);

    public string Say(string key, params ReadOnlySpan<(string Place, object Value)> with) => _phrases[key][^1].Say(RightToLeft, with);

    public HtmlString Set(string key, params ReadOnlySpan<(string Place, object Value)> with) => _phrases[key][^1].Set(RightToLeft, with);

    /// <summary>“2 readers”, “1 reader”: the form that the number asks for, with the number at <c>{n}</c>.</summary>
    public string Count(string key, long n)
    {
        var phrases = _phrases[key];
        var form = Plurals.Form(Tag, n);
        return (Array.Find(phrases, p => p.Form == form) ?? phrases[^1]).Say(rightToLeft: null, [("n", Figure(n))]);
    }

    /// <summary>The forms of a count as attributes, for the script that goes on counting: <c>data-one</c>, <c>data-other</c>.</summary>
    public HtmlString Forms(string key) =>
        new(string.Concat(_phrases[key].Select(p => $" data-{p.Form}=\"{System.Net.WebUtility.HtmlEncode(p.Text)}\"")));

    /// <summary>A number in a sentence, in Western digits.</summary>
    public string Figure(long n) => n.ToString("#,0", _figures);

    public string Day(DateOnly day) => Date("date.day", day, _months);

    public string Weekday(DateOnly day) => Date("date.weekday", day, _months);

    public string DayOfYear(DateOnly day) => Date("date.day-of-year", day, _months);

    public string ShortDay(DateOnly day) => Date("date.day-of-year", day, _shortMonths);

    public string ShortMonth(DateOnly day, bool year) => year ? Date("date.month", day, _shortMonths) : _shortMonths[day.Month - 1];

    public string Month(int month) => _months[month - 1];

    private string Date(string key, DateOnly day, string[] months) => _phrases[key][^1].Say(rightToLeft: null,
    [
        ("weekday", _weekdays[(int)day.DayOfWeek]),
        ("day", day.Day == 1 ? this["date.first"] : day.Day.ToString(CultureInfo.InvariantCulture)),
        ("month", months[day.Month - 1]),
        ("year", day.Year.ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>“Amara Okafor, Jun Seo and Nadia Haddad”, of names that are HTML or plain text.</summary>
    public string Join(IReadOnlyList<string> names)
    {
        if (names.Count < 2) return names.Count == 0 ? "" : names[0];
        var text = new StringBuilder(names[0]);
        for (var i = 1; i < names.Count; i++)
        {
            text.Append(this[i == names.Count - 1 ? "join.last" : "join.next"]);
            // The Arabic “and” is written onto the next word, which it cannot be where that is in Latin letters.
            if (RightToLeft && i == names.Count - 1 && IsLatin(names[i])) text.Append('\u00a0');
            text.Append(names[i]);
        }
        return text.ToString();
    }

    private static bool IsLatin(string html)
    {
        var at = 0;
        while (at < html.Length && html[at] == '<') at = html.IndexOf('>', at) + 1;
        return at < html.Length && char.IsAsciiLetter(html[at]);
    }

    /// <summary>The <c>lang</c> and <c>dir</c> of something that is in another language than the page around it; empty for
    /// what is in the same.</summary>
    public string Around(string language, bool? rightToLeft = null)
    {
        var back = rightToLeft ?? Core.Text.LanguageTag.RunsRightToLeft(language);
        return (language == Tag ? "" : $" lang=\"{System.Net.WebUtility.HtmlEncode(language)}\"")
            + (back == RightToLeft ? "" : $" dir=\"{(back ? "rtl" : "ltr")}\"");
    }

    private static Dictionary<string, Phrase[]> Read(string tag)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"words.{tag}.json")!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.ValueKind is JsonValueKind.Object
            ? text.Value.EnumerateObject().Select(form => new Phrase(form.Value.GetString()!, form.Name)).ToArray()
            : [new Phrase(text.Value.GetString()!, "other")], StringComparer.Ordinal);
    }

    /// <summary>A language's texts by key, each with its forms: what it lacks is there in English.</summary>
    internal IReadOnlyDictionary<string, Phrase[]> Phrases => _phrases;
}
