using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Tests.Reading;
using Paper = NewsHub.Core.Tests.Reading.Paper;

namespace NewsHub.Core.Tests.Publishing;

public sealed class RelatedStoriesTests
{
    private static async Task<IReadOnlyList<string>> RelatedAsync(Paper paper, StoryText text)
    {
        var story = Copy.New(text);
        await using (var db = paper.Store.Db())
        {
            await new Indexing(db, db.Index).CatchUpAsync();
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            await db.PublishAsync(story, story.Revisions[0], Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }
        return await paper.AskAsync(async n => (IReadOnlyList<string>)[
            .. ((ArticleAnswer.Found)await n.ArticleAsync(story.Address!)).Article.Related.Select(r => r.Headline)]);
    }

    private static StoryText Untagged(Copy copy, string headline, string standfirst, bool world = false) =>
        copy.Text(headline, section: world ? copy.World : null) with { Standfirst = standfirst, Tags = [] };

    private static async Task KeepAsync(Paper paper, StoryText text, DateTimeOffset? at = null)
    {
        var story = Copy.New(text, at);
        paper.Copy.Publish(story, at);
        await paper.KeepAsync(story);
    }

    [Fact]
    public async Task A_story_is_followed_by_those_of_its_tags_and_then_by_those_with_its_words()
    {
        await using var paper = await Paper.OpenAsync();
        var copy = paper.Copy;
        await KeepAsync(paper, Untagged(copy, "Rowing club folds", "Nobody came to the last meeting."));
        await KeepAsync(paper, Untagged(copy, "Lighthouse keeper retires", "The lamp at Skerry Point goes out."));
        await KeepAsync(paper, copy.Text("Crews ashore"), Copy.Noon.AddDays(-2));
        Assert.Equal(["Crews ashore", "Lighthouse keeper retires"],
            await RelatedAsync(paper, copy.Text("Skerry Point has a new lamp") with { Standfirst = "A lighthouse without a keeper." }));
    }

    [Fact]
    public async Task Neither_itself_nor_what_was_withdrawn_nor_a_stranger_is_related()
    {
        await using var paper = await Paper.OpenAsync();
        var copy = paper.Copy;
        var gone = copy.Live("Ferry sinks");
        gone.Withdraw("Wrong.", "Wrong.", Copy.Editor, Copy.Noon);
        await paper.KeepAsync(gone);
        await KeepAsync(paper, Untagged(copy, "Rowing club folds", "Nobody came to the last meeting.", world: true));
        Assert.Empty(await RelatedAsync(paper, copy.Text("Ferry floats")));
    }
}
