using System.Globalization;
using System.Text;
using NewsHub.Core.Reading;

namespace NewsHub.Core.Newsletters;

/// <summary>A bulletin as plain text, in lines of 72 characters, addresses each on a line of its own.</summary>
internal sealed class BulletinText(Masthead paper, string site)
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
        Wrap(text, string.Create(CultureInfo.InvariantCulture, $"No. {edition.Number} · {BulletinSheet.Folio(edition)} · {edition.Title}"));
        return text.Append(Double).ToString();
    }

    public string Piece(BulletinPiece piece)
    {
        var text = new StringBuilder();
        if (piece.Heading is { } heading) text.Append('\n').Append(Single).Append(heading.ToUpper(CultureInfo.InvariantCulture)).Append('\n').Append(Single);
        text.Append('\n');
        if (piece.Set is Size.Lead or Size.Second or Size.Brief) text.Append(BulletinSheet.Kicker(piece.Story).ToUpper(CultureInfo.InvariantCulture)).Append('\n');
        if (piece.Set is Size.Opinion) text.Append(BulletinSheet.By(piece.Story)).Append('\n');
        Wrap(text, piece.Headline);
        if (piece.Set is not (Size.Line or Size.Brief))
        {
            if (piece.Standfirst.Length > 0) Wrap(text, piece.Standfirst, "  ");
            if (piece.Set is Size.Lead or Size.Second) Wrap(text, string.Create(CultureInfo.InvariantCulture, $"By {BulletinSheet.By(piece.Story)} · {piece.Story.ReadingMinutes} min read"), "  ");
        }
        return text.Append("  ").Append(BulletinSheet.Address(site, piece.Story.Address)).Append('\n').ToString();
    }

    public string Foot(EditionLine edition, bool cut)
    {
        var text = new StringBuilder("\n").Append(Double);
        text.Append(cut ? "Read the rest in the paper" : "Read the whole edition in the paper").Append(":\n").Append(site).Append(edition.Address).Append("\n\n");
        Wrap(text, $"{paper.Site.Name} is at");
        text.Append(site).Append("/\n\n");
        Wrap(text, "You get this because you confirmed at this address that you want each edition by mail.");
        text.Append("What you get, or a pause:\n").Append(site).Append("/newsletter/yours?key=").Append(BulletinCopy.Key)
            .Append("\nLeave the newsletter:\n").Append(site).Append("/newsletter/leave?key=").Append(BulletinCopy.Key).Append('\n');
        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string words, string indent = "")
    {
        var column = 0;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
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
