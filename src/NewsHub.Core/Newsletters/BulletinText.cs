using System.Globalization;
using System.Text;
using NewsHub.Core.Mail;
using NewsHub.Core.Reading;

namespace NewsHub.Core.Newsletters;

/// <summary>A bulletin as plain text, in lines of 72 characters, addresses each on a line of its own.</summary>
internal sealed class BulletinText(SiteSnapshot paper, string site, IMailTexts words)
{
    private const int Width = 72;
    private static readonly string Double = new string('=', Width) + "\n";
    private static readonly string Single = new string('-', Width) + "\n";

    public string Head(EditionLine edition)
    {
        var text = new StringBuilder();
        text.Append(paper.Site.Name.ToUpper(CultureInfo.InvariantCulture)).Append('\n');
        if (paper.Site.Subtitle.Length > 0) text.Append(paper.Site.Subtitle).Append('\n');
        text.Append(Double);
        Wrap(text, $"{words.Say("edition.number", ("number", edition.Number))} · {words.Weekday(edition.Date)} · {edition.Title}");
        return text.Append(Double).ToString();
    }

    public string Piece(BulletinPiece piece)
    {
        var text = new StringBuilder();
        if (piece.Heading is { } heading) text.Append('\n').Append(Single).Append(heading.ToUpper(CultureInfo.InvariantCulture)).Append('\n').Append(Single);
        text.Append('\n');
        if (piece.Set is Size.Lead or Size.Second or Size.Brief) text.Append(BulletinComposer.Kicker(piece.Story).ToUpper(CultureInfo.InvariantCulture)).Append('\n');
        if (piece.Set is Size.Opinion) text.Append(BulletinComposer.By(piece.Story, words)).Append('\n');
        Wrap(text, piece.Headline);
        if (piece.Set is not (Size.Line or Size.Brief))
        {
            if (piece.Standfirst.Length > 0) Wrap(text, piece.Standfirst, "  ");
            if (piece.Set is Size.Lead or Size.Second) Wrap(text, $"{words.Say("by", ("names", BulletinComposer.By(piece.Story, words)))} · {words.Count("minutes", piece.Story.ReadingMinutes)}", "  ");
        }
        return text.Append("  ").Append(BulletinComposer.Address(site, piece.Story.Address)).Append('\n').ToString();
    }

    public string Foot(EditionLine edition, bool cut)
    {
        var text = new StringBuilder("\n").Append(Double);
        text.Append(words[cut ? "mail.rest" : "mail.whole"]).Append('\n').Append(site).Append(edition.Address).Append("\n\n");
        Wrap(text, paper.Site.Name);
        text.Append(site).Append("/\n\n");
        Wrap(text, words.Say("mail.why", ("paper", paper.Site.Name)));
        text.Append(words["mail.manage"]).Append('\n').Append(site).Append("/newsletter/yours?key=").Append(BulletinCopy.Key)
            .Append('\n').Append(words["newsletter.leave"]).Append('\n').Append(site).Append("/newsletter/leave?key=").Append(BulletinCopy.Key).Append('\n');
        return text.ToString();
    }

    /// <summary>A short mail: paragraphs with a line between them.</summary>
    public static string Paragraphs(IEnumerable<string> paragraphs)
    {
        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
        {
            if (text.Length > 0) text.Append('\n');
            Wrap(text, paragraph);
        }
        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line, string indent = "")
    {
        var column = 0;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(column == 0 ? indent : " ").Append(word);
            column += (column == 0 ? indent.Length : 1) + word.Length;
        }
        text.Append('\n');
    }
}
