using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace NewsHub.Core.Text;

/// <summary>The form of a BCP 47 language tag, such as en, pt-BR or zh-Hant-TW: what editors type, settings hold
/// and content files say.</summary>
public static partial class LanguageTag
{
    public const int MaxLength = 35;

    public static bool IsOne(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    /// <summary>Scripts that run from right to left, by their codes in ISO 15924.</summary>
    private static readonly FrozenSet<string> Scripts = Set(
        "adlm arab aran armi avst chrs cprt elym garm hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo "
        + "orkh ougr palm phli phlp phnx",
        "prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa todr yezi");

    /// <summary>
    /// Languages that are written in such a script where nothing else is said, by the likely subtags of the CLDR; of Arabic also
    /// each that has a code of its own.
    /// </summary>
    private static readonly FrozenSet<string> Languages = Set(
        "ar aao abh abv acm acq acw acx acy adf aeb aec afb ajp ajt apc apd arb arq ars ary arz auz avl ayh ayl ayn ayp bbz pga shu ssh",
        "he iw hbo jpr jrb sam smp yi ji ydd yih yud fa pes prs deh ur ps pbt pbu pst sd sdf ug dv ckb sdh lrc ks",
        "aii aij arc cld syc syr syn tru azb bal bcc bgn bgp bft bqi brh cja dcc drw fay fia gbz gig gjk gju glk "
        + "goz gwc gwt hac haz hnd hno",
        "ivb jat jdg kfm khw ktl kvx kxp lah lki lss luz mby mde mfa mki mve mvy mzn nli nqo ntz okh ola oru otk "
        + "ota phl phv pnb psi rhg rmt",
        "sbn sgh sgy shv skr soj tks trw tsz wbl wni wne xdy xka yai zdj zum");

    /// <summary>Languages of two scripts, in the countries where the one from right to left is usual.</summary>
    private static readonly FrozenSet<string> Places = Set(
        "az-ir az-iq kk-cn kk-af kk-ir kk-mn ku-iq ku-ir ku-lb ky-cn ky-tr pa-pk tg-pk tk-af tk-ir uz-af uz-cn "
        + "ha-cm ha-sd ms-cc tly-ir ttt-ir");

    /// <summary>And the reverse.</summary>
    private static readonly FrozenSet<string> LeftToRightPlaces = Set("sd-in ug-kz ug-mn ug-kg");

    /// <summary>
    /// Whether the language is written from right to left: by its script where the tag names one (<c>pa-Arab</c>, <c>ur-Latn</c>), else
    /// by the language and, where that is written differently from country to country, the country.
    /// </summary>
    public static bool RunsRightToLeft(string tag)
    {
        var parts = tag.ToLowerInvariant().Split('-', StringSplitOptions.TrimEntries);
        string? region = null;
        foreach (var part in parts.Skip(1))
        {
            // What follows is no part of the language.
            if (part.Length == 1) break;
            if (part.Length == 4 && char.IsAsciiLetter(part[0])) return Scripts.Contains(part);
            if (part.Length == 2 || part.Length == 3 && char.IsAsciiDigit(part[0])) region ??= part;
        }
        var place = $"{parts[0]}-{region}";
        return Places.Contains(place) || Languages.Contains(parts[0]) && !LeftToRightPlaces.Contains(place);
    }

    private static FrozenSet<string> Set(params string[] lines) => lines.SelectMany(line => line.Split(' ')).ToFrozenSet();

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*\z")]
    private static partial Regex Form();
}
