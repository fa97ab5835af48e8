using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Editing;

/// <summary>A text pulled as the article page will show it, before it is published. For the newsroom and preview links; no
/// reader page takes one.</summary>
public static class Proof
{
    /// <param name="at">The time to print as that of publication, where the story has none yet.</param>
    public static ArticleView Of(Story story, StoryText text, RenderedBody body, SiteSnapshot siteSnapshot, DateTimeOffset at)
    {
        var view = Of(text, body, siteSnapshot, story.FirstPublishedAt ?? story.ScheduledFor ?? at);
        return view with
        {
            Story = view.Story with { Id = story.Id, Address = story.Address ?? "", UpdatedAt = story.UpdatedAt },
            Corrections = [.. story.Corrections.OrderBy(c => c.At).Select(c => new CorrectionLine(c.At, c.Note))],
        };
    }

    public static ArticleView Of(Story story, Revision revision, SiteSnapshot siteSnapshot, DateTimeOffset at) =>
        Of(story, revision.Text, new RenderedBody(revision.BodyHtml, revision.Words, []), siteSnapshot, at) with { Money = revision.Money };

    /// <summary>A text that is no story yet.</summary>
    public static ArticleView Of(StoryText text, RenderedBody body, SiteSnapshot siteSnapshot, DateTimeOffset at) => new()
    {
        Story = new CardRow
        {
            PublishedAt = at,
            Section = text.Section,
            Kind = text.Kind,
            Kicker = text.Kicker,
            Headline = text.Headline,
            Standfirst = text.Standfirst,
            Bylines = text.Bylines,
            Picture = text.Picture,
            Words = body.Words,
            Language = text.Language,
            RightToLeft = text.RightToLeft,
        }.ToCard(siteSnapshot),
        BodyHtml = body.Html,
        Dateline = text.Dateline,
        Tags = text.Tags,
        Corrections = [],
        Readers = 0,
        Shares = 0,
        Reactions = [.. siteSnapshot.Site.Reactions.Select(k => new ReactionTally(k.Key, k.Label, 0))],
        More = StoryPage.Empty,
        SeoTitle = text.SeoTitle,
        SeoDescription = text.SeoDescription,
    };

    /// <summary>An edition's front as readers will see it.</summary>
    /// <param name="front">In order. What is spiked or withdrawn readers will not see.</param>
    /// <param name="at">The time to print as that of publication, where there is none yet.</param>
    /// <param name="proof">Where to read a story that has no address yet.</param>
    public static FrontView Front(
        Edition edition,
        IEnumerable<(SlotKind Place, FrontLine Line)> front,
        SiteSnapshot siteSnapshot,
        DateTimeOffset at,
        Func<StoryId, string> proof)
    {
        return PublishedNews.Compose(
            new EditionLine(edition.Id, edition.Number, edition.Date, edition.Title, edition.PublishedAt ?? at),
            [.. front.Where(s => s.Line.State is StoryState.Live || s.Line.GoesLive).Select(s => (s.Place, Card(s.Line)))]);

        StoryCard Card(FrontLine line)
        {
            var card = line.Card.ToCard(siteSnapshot).OnFront(line.FrontHeadline, line.FrontPicture);
            return line.State is StoryState.Live ? card : card with { Address = proof(line.Id), PublishedAt = at };
        }
    }
}
