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
    public const string Key = "--readers-own-key--";

    /// <summary>The copy for one reader.</summary>
    /// <param name="key">See <see cref="SubscriberLinks.Sign"/>: digits, letters, a dot, hyphens.</param>
    public (string Html, string Text) For(string key) =>
        (Html.Replace(Key, key, StringComparison.Ordinal), Text.Replace(Key, key, StringComparison.Ordinal));
}

/// <summary>Sets an edition's front as a mail, in HTML and as text: the same stories in the same order in both.</summary>
public sealed class BulletinComposer(IMailHtml mailHtml, TextsOf texts)
{
    /// <summary>Mail programs cut a mail off at about 102,000 bytes: what is more stays in the paper.</summary>
    public const int MostBytes = 96_000;

    /// <param name="site">The paper's address, without a last slash; empty where the addresses in it may be relative.</param>
    /// <param name="language">The one that its reader chose (BCP 47); null is the paper's own.</param>
    /// <param name="plan">What an editor has written for it; null where nobody has.</param>
    public async Task<BulletinCopy> SetAsync(
        FrontView front, SiteSnapshot paper, string site, string? language, BulletinPlan? plan = null)
    {
        var (words, (subject, preheader)) = (texts(language), Head(front, paper, plan));
        var content = new BulletinContent(paper, site, words, front.Edition, subject, preheader)
        {
            Opening = Paragraphs(plan?.Opening),
            Pieces = [.. Pieces(front, paper, words)],
        };
        var html = await mailHtml.BulletinAsync(content);
        if (Bytes(html) > MostBytes) (content, html) = await CutAsync(content);
        return new BulletinCopy(subject, preheader, html, BulletinText.Of(content)) { Language = words.Tag };
    }

    /// <summary>As many pieces as there is room for, found by halving.</summary>
    private async Task<(BulletinContent Content, string Html)> CutAsync(BulletinContent whole)
    {
        var (fit, tooMany) = (await FirstAsync(0), whole.Pieces.Count);
        while (tooMany - fit.Content.Pieces.Count > 1)
        {
            var tried = await FirstAsync((fit.Content.Pieces.Count + tooMany) / 2);
            if (Bytes(tried.Html) <= MostBytes) fit = tried;
            else tooMany = tried.Content.Pieces.Count;
        }
        return fit;

        async Task<(BulletinContent Content, string Html)> FirstAsync(int count)
        {
            var content = whole with { Pieces = [.. whole.Pieces.Take(count)], Cut = true };
            return (content, await mailHtml.BulletinAsync(content));
        }
    }

    /// <summary>What the list of mails shows: the lead, and after it what else there is, unless an editor said otherwise.</summary>
    public static (string Subject, string Preheader) Head(FrontView front, SiteSnapshot paper, BulletinPlan? plan)
    {
        var (subject, preheader) = Head(front, paper);
        return (plan?.Subject ?? subject, plan?.Preheader ?? preheader);
    }

    /// <summary>What the list of mails shows: the lead, and after it what else there is.</summary>
    public static (string Subject, string Preheader) Head(FrontView front, SiteSnapshot paper)
    {
        var stories = front.Stories.ToList();
        var lead = stories.Count > 0 ? stories[0].Headline : front.Edition.Title;
        var rest = string.Join(" · ", stories.Skip(1).Take(3).Select(s => s.Headline));
        var after = rest.Length > 0 ? rest : stories.Count > 0 ? stories[0].Standfirst : paper.Site.Description;
        return (Clip(OneLine(lead), TextLimits.MailHead), Clip(OneLine(after), TextLimits.MailHead));
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
            Sections = [.. mine.Sections
                .Select(s => s.Lead != first ? s : s.Lines.Count == 0 ? null : s with { Lead = s.Lines[0], Lines = [.. s.Lines.Skip(1)] })
                .OfType<SectionFront>()],
        };

        bool Wanted(StoryCard story) => sections.Contains(story.Section.Id.Value);
    }

    private static IEnumerable<BulletinPiece> Pieces(FrontView front, SiteSnapshot paper, IMailTexts words)
    {
        if (front.Lead is { } lead) yield return new(PieceSize.Lead, lead);
        foreach (var story in front.Seconds) yield return new(PieceSize.Second, story);
        foreach (var (story, first) in Marked(front.Briefs)) yield return new(PieceSize.Brief, story, first ? words["briefs"] : null);
        foreach (var (story, first) in Marked(front.Opinions))
            yield return new(PieceSize.Opinion, story, first ? words["kind.opinion"] : null, first ? "/opinion" : null);
        foreach (var section in front.Sections)
        {
            yield return new(PieceSize.Section, section.Lead, section.Section.Name, section.Section.Address, paper.Site.Language);
            foreach (var line in section.Lines) yield return new(PieceSize.Line, line);
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

    /// <summary>What stands between blank lines, each on one line.</summary>
    private static IReadOnlyList<string> Paragraphs(string? text) =>
        [.. (text ?? "").Split("\n\n").Select(OneLine).Where(p => p.Length > 0)];

    internal static string OneLine(string text) => TypedText.Line(text) ?? "";

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
