using System.Globalization;
using System.Net;
using NewsHub.Core.Mail;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// A bulletin as mail programs can show it: tables because Outlook sets with Word, every style at its element because Gmail drops most others, classes
/// for the dark and for telephones alone, where they are understood.
/// </summary>
internal sealed class BulletinHtml(SiteSnapshot paper, string site, IMailTexts words)
{
    private bool PaperRightToLeft => LanguageTag.RunsRightToLeft(paper.Site.Language);
    private string Start => words.RightToLeft ? "right" : "left";
    private string End => words.RightToLeft ? "left" : "right";

    /// <summary>As attributes of <c>html</c>, and of the outermost table too: mail programs that show a mail within their own page drop the first.</summary>
    private string Language => $" lang=\"{Encode(words.Tag)}\" dir=\"{(words.RightToLeft ? "rtl" : "ltr")}\"";

    /// <summary>For what the settings say, in the paper's own language.</summary>
    private string Own => Around(paper.Site.Language, PaperRightToLeft);

    private const int Wide = 600;
    private const string Serif = "font-family:Georgia,'Times New Roman',serif;";
    private const string Sans = "font-family:'Helvetica Neue',Helvetica,Arial,sans-serif;";
    private const string Ink = "color:#161513;";
    private const string Muted = "color:#5C574F;";
    private const string Signal = "color:#B4121B;";
    private const string Link = "text-decoration:none;" + Ink;

    // Outlook.com repaints colours by itself and marks what it has repainted; the others follow the system.
    private const string Sheet = """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        body{margin:0;padding:0}
        img{border:0;display:block;max-width:100%;height:auto}
        a:hover{color:#B4121B!important;text-decoration:underline!important}
        @media (max-width:600px){.half{display:block!important;width:100%!important;padding:0!important}.half img{width:100%!important;max-width:100%!important}.thumb{padding:10px 0 0!important}.plate{font-size:40px!important}.h1{font-size:28px!important}.pad{padding-left:16px!important;padding-right:16px!important}}
        @media (prefers-color-scheme:dark){.paper{background:#131211!important}.ink,.ink a{color:#EDE8DF!important}.muted,.muted a{color:#A9A196!important}.signal{color:#FF6B61!important}.rule{border-color:#EDE8DF!important}.hair{border-color:#34302B!important}.knob{background:#EDE8DF!important}.knob a{color:#131211!important}a:hover{color:#FF6B61!important}}
        [data-ogsc] .ink,[data-ogsc] .ink a{color:#EDE8DF!important}[data-ogsc] .muted,[data-ogsc] .muted a{color:#A9A196!important}[data-ogsc] .signal{color:#FF6B61!important}[data-ogsb] .paper{background:#131211!important}
        """;

    public string Head(EditionLine edition, string subject, string preheader)
    {
        var name = paper.Site.Name;
        var hyphen = name.IndexOf('-', StringComparison.Ordinal);
        var plate = hyphen < 0 ? Encode(name) : $"{Encode(name[..hyphen])}<span class=\"signal\" style=\"{Signal}\">-</span>{Encode(name[(hyphen + 1)..])}";
        var subtitle = paper.Site.Subtitle.Length == 0 ? "" : $"<p class=\"muted\"{Own} style=\"margin:4px 0 0;{Sans}{Muted}font-size:11px;line-height:16px;{Spaced("3px", PaperRightToLeft)}text-transform:uppercase\">{Encode(paper.Site.Subtitle)}</p>";
        return $"""
            <!doctype html>
            <html{Language} xmlns:o="urn:schemas-microsoft-com:office:office">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
            <meta name="x-apple-disable-message-reformatting">
            <title>{Encode(subject)}</title>
            <!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>table{"{"}border-collapse:collapse{"}"}td,h1,h2,h3,p,a{"{"}font-family:Georgia,serif{"}"}</style><![endif]-->
            <style>
            {Sheet}
            </style>
            </head>
            <body class="paper" style="margin:0;padding:0;background:#FCFAF5;{Ink}">
            <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{Encode(preheader)}{string.Concat(Enumerable.Repeat("&#8199;&#65279;&#847; ", 30))}</div>
            <table role="presentation"{Language} class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#FCFAF5;text-align:{Start}"><tr><td align="center" class="pad" style="padding:24px 20px 40px">
            <!--[if mso]><table role="presentation" width="{Wide}" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:{Wide}px;width:100%;text-align:{Start}">
            <tr><td align="center" style="padding:0 0 14px"><p class="plate ink"{Own} style="margin:0;{Serif}{Ink}font-size:52px;line-height:1.05;font-weight:bold;{Spaced("-1px", PaperRightToLeft)}"><a href="{site}/" style="{Link}">{plate}</a></p>{subtitle}</td></tr>
            <tr><td class="rule" style="border-top:3px solid #161513;font-size:0;line-height:0;height:3px">&nbsp;</td></tr>
            <tr><td class="rule" style="border-top:1px solid #161513;border-bottom:1px solid #161513;padding:7px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="muted" align="{Start}" style="{Sans}{Muted}font-size:12px;line-height:18px">{Encode(words.Weekday(edition.Date))}</td><td class="muted" align="{End}" style="{Sans}{Muted}font-size:12px;line-height:18px"><a href="{site}{edition.Address}" style="{Muted}text-decoration:none">{Encode(words.Say("edition.number", ("number", edition.Number)).Replace(' ', '\u00a0'))} · <bdi{Own}>{Encode(BulletinComposer.Clip(edition.Title, 80))}</bdi></a></td></tr></table></td></tr>

            """;
    }

    public string Piece(BulletinPiece piece) => (piece.Heading is null ? "" : Heading(piece)) + piece.Set switch
    {
        Size.Lead => Lead(piece),
        Size.Second => Second(piece),
        Size.Opinion => Row(piece, $"<p class=\"signal\" style=\"margin:0 0 3px;{Sans}{Signal}font-size:13px;line-height:18px;font-weight:bold\">{Encode(BulletinComposer.By(piece.Story, words))}</p>{Headline(piece, 3, "font-size:20px;line-height:25px")}{Standfirst(piece)}"),
        Size.Section => Row(piece, Headline(piece, 3, "font-size:20px;line-height:25px") + Standfirst(piece), rule: false),
        Size.Brief => Row(piece, Kicker(piece) + Headline(piece, 3, "font-size:17px;line-height:22px"), rule: piece.Heading is null),
        _ => Row(piece, Headline(piece, 4, "font-size:16px;line-height:22px;font-weight:normal")),
    };

    public string Foot(EditionLine edition, bool cut)
    {
        var why = Encode(words.Say("mail.why", ("paper", paper.Site.Name)));
        return $"""
            <tr><td style="height:14px;font-size:0;line-height:14px">&nbsp;</td></tr>
            <tr><td class="rule" style="border-top:3px solid #161513;font-size:0;line-height:0;height:3px">&nbsp;</td></tr>
            <tr><td class="rule" align="center" style="border-top:1px solid #161513;padding:26px 0 28px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="knob" align="center" style="background:#161513;padding:13px 26px"><a href="{site}{edition.Address}" style="{Sans}color:#FCFAF5;font-size:15px;line-height:20px;font-weight:bold;text-decoration:none">{Encode(words[cut ? "mail.rest" : "mail.whole"])}</a></td></tr></table></td></tr>
            <tr><td class="hair muted" align="center" style="border-top:1px solid #D8D2C6;padding:18px 0 0;{Sans}{Muted}font-size:12px;line-height:19px"><p style="margin:0 0 8px"><b{Own}>{Encode(paper.Site.Name)}</b> · <a href="{site}/" style="{Muted}" dir="ltr">{Encode(site.Length > 0 ? site[(site.IndexOf("//", StringComparison.Ordinal) + 2)..] : words["front"])}</a></p><p style="margin:0 0 8px">{why}</p><p style="margin:0"><a href="{site}/newsletter/yours?key={BulletinCopy.Key}" style="{Muted}">{Encode(words["mail.manage"])}</a> &nbsp;·&nbsp; <a href="{site}/newsletter/leave?key={BulletinCopy.Key}" style="{Muted}">{Encode(words["newsletter.leave"])}</a></p></td></tr>
            </table>
            <!--[if mso]></td></tr></table><![endif]-->
            </td></tr></table>
            </body>
            </html>

            """;
    }

    private string Lead(BulletinPiece piece) => $"""
        <tr><td{Direction(piece, "padding:22px 0 24px")}>{Kicker(piece)}{Headline(piece, 1, $"font-size:34px;line-height:1.12;{Spaced("-.3px", piece.Story.RightToLeft)}", "h1 ")}{Picture(piece, Wide, "padding:14px 0 0")}<p class="ink" style="margin:12px 0 0;{Serif}{Ink}font-size:18px;line-height:27px">{Encode(piece.Standfirst)}</p>{By(piece)}</td></tr>

        """;

    private string Second(BulletinPiece piece)
    {
        var content = $"{Kicker(piece)}{Headline(piece, 2, "font-size:22px;line-height:27px")}{Standfirst(piece)}{By(piece)}";
        if (piece.Story.Picture is null) return Row(piece, content);
        return $"""
            <tr><td class="hair" style="border-top:1px solid #D8D2C6;padding:18px 0 20px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"{(piece.Story.RightToLeft == words.RightToLeft ? "" : piece.Story.RightToLeft ? " dir=\"rtl\"" : " dir=\"ltr\"")}><tr><td class="half" width="390" valign="top"{Direction(piece, piece.Story.RightToLeft ? "padding:0 0 0 20px" : "padding:0 20px 0 0")}>{content}</td><td class="half thumb" width="190" valign="top">{Picture(piece, 190)}</td></tr></table></td></tr>

            """;
    }

    private string Heading(BulletinPiece piece)
    {
        var content = piece.HeadingAt is { } at ? $"<a href=\"{BulletinComposer.Address(site, at)}\" style=\"{Link}\">{Encode(piece.Heading!)}</a>" : Encode(piece.Heading!);
        return $"""
            <tr><td style="height:14px;font-size:0;line-height:14px">&nbsp;</td></tr>
            <tr><td class="rule" style="border-top:3px solid #161513;padding:8px 0 4px"><h2 class="ink"{(piece.HeadingIn is { } language ? Around(language, LanguageTag.RunsRightToLeft(language)) : "")} style="margin:0;{Sans}{Ink}font-size:13px;line-height:20px;font-weight:bold;text-align:{Start}">{content}</h2></td></tr>

            """;
    }

    private string Row(BulletinPiece piece, string content, bool rule = true) => $"""
        <tr><td class="hair"{Direction(piece, (rule && piece.Heading is null ? "border-top:1px solid #D8D2C6;padding:11px 0 12px" : "padding:4px 0 14px"))}>{content}</td></tr>

        """;

    private string Headline(BulletinPiece piece, int level, string style, string also = "") => string.Create(CultureInfo.InvariantCulture,
        $"<h{level} class=\"{also}ink\" style=\"margin:0;{Serif}{Ink}font-weight:bold;{style}\"><a href=\"{BulletinComposer.Address(site, piece.Story.Address)}\" style=\"{Link}\">{Encode(piece.Headline)}</a></h{level}>");

    private string Kicker(BulletinPiece piece) =>
        $"<p class=\"signal\"{(piece.Story.Kicker is { Length: > 0 } ? "" : Within(piece, paper.Site.Language, PaperRightToLeft))} style=\"margin:0 0 5px;{Sans}{Signal}font-size:11px;line-height:16px;font-weight:bold;{Spaced("1px", piece.Story.RightToLeft || PaperRightToLeft)}text-transform:uppercase\">{Encode(BulletinComposer.Kicker(piece.Story))}</p>";

    private static string Standfirst(BulletinPiece piece) => piece.Standfirst.Length == 0 ? ""
        : $"<p class=\"muted\" style=\"margin:5px 0 0;{Serif}{Muted}font-size:15px;line-height:22px\">{Encode(piece.Standfirst)}</p>";

    private string By(BulletinPiece piece) => piece.Story.Bylines.Count == 0 ? ""
        : $"<p class=\"muted\"{Within(piece, words.Tag, words.RightToLeft)} style=\"margin:9px 0 0;{Sans}{Muted}font-size:12px;line-height:18px\">{Encode(words.Say("by", ("names", BulletinComposer.By(piece.Story, words))))} · {Encode(words.Count("minutes", piece.Story.ReadingMinutes))}</p>";

    /// <summary>A JPEG, because Outlook knows nothing newer, about half as wide again as it is shown, for finer screens.</summary>
    private string Picture(BulletinPiece piece, int shown, string style = "")
    {
        if (piece.Story.Picture is not { } picture) return "";
        var widths = Rendition.Widths(Crop.Card, picture.Width, picture.Height);
        // A thumb is as wide as the page on a telephone.
        var width = widths.FirstOrDefault(w => w >= (shown < Wide ? 480 : shown * 3 / 2), widths[^1]);
        shown = Math.Min(shown, widths[^1]);
        return $"<div style=\"{style}\"><a href=\"{BulletinComposer.Address(site, piece.Story.Address)}\"><img src=\"{site}{new Rendition(picture.Key, Crop.Card, width, "jpg").Address}\" width=\"{Number(shown)}\" height=\"{Number(shown * 2 / 3)}\" alt=\"{Encode(BulletinComposer.Clip(picture.Alt, 250))}\" style=\"display:block;border:0;width:100%;max-width:{Number(shown)}px;height:auto;{Sans}{Muted}font-size:13px;line-height:18px\"></a></div>";
    }

    private string Direction(BulletinPiece piece, string style)
    {
        var story = piece.Story;
        var side = story.RightToLeft ? "right" : "left";
        return Around(story.Language, story.RightToLeft) + (story.RightToLeft == words.RightToLeft ? $" style=\"{style}\"" : $" align=\"{side}\" style=\"{style};text-align:{side}\"");
    }

    /// <summary>The <c>lang</c> and <c>dir</c> of something in another language than the mail; empty for what is in the same.</summary>
    private string Around(string language, bool rightToLeft) => Attributes(language, rightToLeft, words.Tag, words.RightToLeft);

    /// <summary>The same for something in another language than the story that it stands with.</summary>
    private static string Within(BulletinPiece piece, string language, bool rightToLeft) => Attributes(language, rightToLeft, piece.Story.Language, piece.Story.RightToLeft);

    private static string Attributes(string language, bool rightToLeft, string around, bool aroundRightToLeft) =>
        (language == around ? "" : $" lang=\"{Encode(language)}\"") + (rightToLeft == aroundRightToLeft ? "" : $" dir=\"{(rightToLeft ? "rtl" : "ltr")}\"");

    /// <summary>Letters that are joined, as in Arabic, are not moved apart or together.</summary>
    private static string Spaced(string by, bool rightToLeft) => rightToLeft ? "" : $"letter-spacing:{by};";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
