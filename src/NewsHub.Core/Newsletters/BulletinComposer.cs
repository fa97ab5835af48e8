using System.Text;
using NewsHub.Core.Mail;
using NewsHub.Core.Reading;
using NewsHub.Core.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>A bulletin as it is printed for all who get the same of it.</summary>
public sealed record BulletinCopy(string Subject, string Preheader, string Html, string Text)
{
    /// <summary>The language of the paper's own words in it (BCP 47).</summary>
    public required string Language { get; init; }

    /// <summary>Stands where each reader's own key comes.</summary>
    internal const string Key = "--readers-own-key--";

    /// <summary>The copy for one reader.</summary>
    /// <param name="key">See <see cref="SubscriberLinks.Sign"/>: digits, letters, a dot, hyphens.</param>
    public (string Html, string Text) For(string key) => (Html.Replace(Key, key, StringComparison.Ordinal), Text.Replace(Key, key, StringComparison.Ordinal));
}

/// <summary>Sets an edition's front as a mail, in HTML and as text: the same stories in the same order in both.</summary>
public static class BulletinComposer
{
    /// <summary>Mail programs cut a mail off at about 102,000 bytes: what is more stays in the paper.</summary>
    public const int MostBytes = 96_000;

    private const int LongestSubject = 150;

    /// <param name="site">The paper's address, without a last slash; empty where the addresses in it may be relative.</param>
    /// <param name="words">The paper's own words, in the language of whoever gets it.</param>
    public static BulletinCopy Set(FrontView front, SiteSnapshot paper, string site, IMailTexts words)
    {
        var (subject, preheader) = Head(front, paper);
        var html = new BulletinHtml(paper, site, words);
        var text = new BulletinText(paper, site, words);
        var pieces = Pieces(front, paper, words).ToList();
        var (head, body, plain) = (html.Head(front.Edition, subject, preheader), new StringBuilder(), new StringBuilder(text.Head(front.Edition)));
        var room = MostBytes - Bytes(head) - Bytes(html.Foot(front.Edition, cut: true));
        var cut = false;
        foreach (var piece in pieces)
        {
            var set = html.Piece(piece);
            if (cut = (room -= Bytes(set)) < 0) break;
            body.Append(set);
            plain.Append(text.Piece(piece));
        }
        return new BulletinCopy(subject, preheader, $"{head}{body}{html.Foot(front.Edition, cut)}", $"{plain}{text.Foot(front.Edition, cut)}") { Language = words.Tag };
    }

    /// <summary>What the list of mails shows: the lead, and after it what else there is.</summary>
    public static (string Subject, string Preheader) Head(FrontView front, SiteSnapshot paper)
    {
        var stories = front.Stories.ToList();
        var lead = stories.Count > 0 ? stories[0].Headline : front.Edition.Title;
        var rest = string.Join(" · ", stories.Skip(1).Take(3).Select(s => s.Headline));
        return (Clip(OneLine(lead), LongestSubject), Clip(OneLine(rest.Length > 0 ? rest : stories.Count > 0 ? stories[0].Standfirst : paper.Site.Description), LongestSubject));
    }

    /// <summary>What a reader of some sections gets: their stories, the first of which leads where the lead is none of theirs.</summary>
    /// <param name="sections">None is all.</param>
    /// <returns>Null where nothing is left.</returns>
    public static FrontView? Only(FrontView front, IReadOnlyCollection<long> sections)
    {
        if (sections.Count == 0) return front.Stories.Any() ? front : null;
        var mine = front with
        {
            Lead = front.Lead is { } lead && Wanted(lead) ? lead : null,
            Seconds = [.. front.Seconds.Where(Wanted)],
            Briefs = [.. front.Briefs.Where(Wanted)],
            Opinions = [.. front.Opinions.Where(Wanted)],
            Sections = [.. front.Sections.Where(s => sections.Contains(s.Section.Id.Value))],
        };
        if (mine.Lead is not null) return mine;
        if (mine.Stories.FirstOrDefault() is not { } first) return null;
        return mine with
        {
            Lead = first,
            Seconds = [.. mine.Seconds.Where(s => s != first)],
            Briefs = [.. mine.Briefs.Where(s => s != first)],
            Opinions = [.. mine.Opinions.Where(s => s != first)],
            Sections = [.. mine.Sections.Select(s => s.Lead != first ? s : s.Lines.Count == 0 ? null : s with { Lead = s.Lines[0], Lines = [.. s.Lines.Skip(1)] }).OfType<SectionFront>()],
        };

        bool Wanted(StoryCard story) => sections.Contains(story.Section.Id.Value);
    }

    private static IEnumerable<BulletinPiece> Pieces(FrontView front, SiteSnapshot paper, IMailTexts words)
    {
        if (front.Lead is { } lead) yield return new(Size.Lead, lead);
        foreach (var story in front.Seconds) yield return new(Size.Second, story);
        foreach (var (story, first) in Marked(front.Briefs)) yield return new(Size.Brief, story, first ? words["briefs"] : null);
        foreach (var (story, first) in Marked(front.Opinions)) yield return new(Size.Opinion, story, first ? words["kind.opinion"] : null, first ? "/opinion" : null);
        foreach (var section in front.Sections)
        {
            yield return new(Size.Section, section.Lead, section.Section.Name, section.Section.Address, paper.Site.Language);
            foreach (var line in section.Lines) yield return new(Size.Line, line);
        }

        static IEnumerable<(StoryCard Story, bool First)> Marked(IEnumerable<StoryCard> stories) => stories.Select((s, i) => (s, i == 0));
    }

    /// <summary>Cut at a word, with an ellipsis.</summary>
    internal static string Clip(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = text.LastIndexOf(' ', most - 1);
        if (end < most / 2) end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd(' ', ',', ';', ':', '·', '-') + "…";
    }

    internal static string OneLine(string text) => TypedText.Line(text) ?? "";

    /// <summary>An address within the paper, for a mail.</summary>
    internal static string Address(string site, string path) => site + UrlPath.Escape(path);

    internal static string By(StoryCard story, IMailTexts words) => words.Join([.. story.Bylines.Select(b => b.Name)]);

    internal static string Kicker(StoryCard story) => story.Kicker is { Length: > 0 } own ? own : story.Section.Name;

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}

internal enum Size
{
    Lead,
    Second,
    Brief,
    Opinion,
    Section,
    Line,
}

/// <param name="Heading">What stands over it, where it is the first of its kind.</param>
/// <param name="HeadingAt">Where the heading leads.</param>
/// <param name="HeadingIn">The language that the heading is in, where it is a setting; null where it is one of the paper's own words.</param>
internal sealed record BulletinPiece(Size Set, StoryCard Story, string? Heading = null, string? HeadingAt = null, string? HeadingIn = null)
{
    // However long a headline is, a piece is a few kilobytes.
    public string Headline => BulletinComposer.Clip(BulletinComposer.OneLine(Story.Headline), 300);
    public string Standfirst => BulletinComposer.Clip(BulletinComposer.OneLine(Story.Standfirst), Set is Size.Lead ? 600 : 300);
}
