using System.Globalization;
using System.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>A bulletin as plain text, in lines of 72 characters, addresses each on a line of its own.</summary>
internal static class BulletinText
{
    private const int Width = 72;
    private static readonly string Double = new string('=', Width) + "\n";
    private static readonly string Single = new string('-', Width) + "\n";

    public static string Of(BulletinContent bulletin) =>
        $"{Head(bulletin)}{string.Concat(bulletin.Pieces.Select(p => Piece(bulletin, p)))}{Foot(bulletin)}";

    private static string Head(BulletinContent bulletin)
    {
        var (site, edition, words) = (bulletin.Paper.Site, bulletin.Edition, bulletin.Words);
        var text = new StringBuilder();
        text.Append(site.Name.ToUpper(CultureInfo.InvariantCulture)).Append('\n');
        if (site.Subtitle.Length > 0) text.Append(site.Subtitle).Append('\n');
        text.Append(Double);
        Wrap(text, $"{words.Say("edition.number", ("number", edition.Number))} · {words.Weekday(edition.Date)} · {edition.Title}");
        text.Append(Double);
        foreach (var paragraph in bulletin.Opening)
        {
            text.Append('\n');
            Wrap(text, paragraph);
        }
        return text.ToString();
    }

    private static string Piece(BulletinContent bulletin, BulletinPiece piece)
    {
        var text = new StringBuilder();
        if (piece.Heading is { } heading)
            text.Append('\n').Append(Single).Append(heading.ToUpper(CultureInfo.InvariantCulture)).Append('\n').Append(Single);
        text.Append('\n');
        if (piece.Size is PieceSize.Lead or PieceSize.Second or PieceSize.Brief)
            text.Append(piece.Kicker.ToUpper(CultureInfo.InvariantCulture)).Append('\n');
        if (piece.Size is PieceSize.Opinion) text.Append(bulletin.BylineOf(piece)).Append('\n');
        Wrap(text, piece.Headline);
        if (piece.Size is not (PieceSize.Line or PieceSize.Brief))
        {
            if (piece.Standfirst.Length > 0) Wrap(text, piece.Standfirst, "  ");
            if (piece.Size is PieceSize.Lead or PieceSize.Second)
                Wrap(text, $"{bulletin.Words.Say("by", ("names", bulletin.BylineOf(piece)))} · "
                    + $"{bulletin.Words.Count("minutes", piece.Story.ReadingMinutes)}", "  ");
        }
        return text.Append("  ").Append(bulletin.AddressOf(piece.Story.Address)).Append('\n').ToString();
    }

    private static string Foot(BulletinContent bulletin)
    {
        var (site, words, paper) = (bulletin.Site, bulletin.Words, bulletin.Paper.Site.Name);
        var text = new StringBuilder("\n").Append(Double);
        text.Append(words[bulletin.Cut ? "mail.rest" : "mail.whole"]).Append('\n')
            .Append(site).Append(bulletin.Edition.Address).Append("\n\n");
        Wrap(text, paper);
        text.Append(site).Append("/\n\n");
        Wrap(text, words.Say("mail.why", ("paper", paper)));
        text.Append(words["mail.manage"]).Append('\n').Append(site).Append("/newsletter/yours?key=").Append(BulletinCopy.Key).Append('\n');
        text.Append(words["newsletter.leave"]).Append('\n')
            .Append(site).Append("/newsletter/leave?key=").Append(BulletinCopy.Key).Append('\n');
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
