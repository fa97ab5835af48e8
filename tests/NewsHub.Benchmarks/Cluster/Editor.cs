using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>What an editor does with one story, done on the store by this process: to each node it comes from elsewhere.</summary>
internal sealed class Editor : IAsyncDisposable
{
    public const string Note = "An earlier version named the wrong quay.";

    private static readonly Actor Me = new("editor");
    private readonly NewsDb _db;
    private readonly Story _story;

    private Editor(NewsDb db, Story story, string list) => (_db, _story, List) = (db, story, list);

    /// <summary>The section's page.</summary>
    public string List { get; }

    public string Address => _story.Address!;

    public string Headline => _story.Revisions[0].Text.Headline;

    /// <summary>A draft.</summary>
    public static async Task<Editor> DraftAsync(Store store, string headline, CancellationToken cancel)
    {
        var db = store.Open();
        var section = await db.Sections.OrderBy(s => s.Position).FirstAsync(cancel);
        var author = await db.Authors.OrderBy(a => a.Id).FirstAsync(cancel);
        var text = new StoryText
        {
            Section = section.Id,
            Kind = Kind.News,
            Headline = headline,
            Standfirst = $"What {headline} is about.",
            Body = "One sentence of body.",
            Bylines = [new Byline(author.Id, author.Slug.Value, author.Name, null)],
        };
        var story = new Story(text, HouseMarkdown.Render(text.Body, _ => null), Me, DateTimeOffset.UtcNow);
        db.Stories.Add(story);
        await db.SaveChangesAsync(cancel);
        return new Editor(db, story, $"/{section.Slug}");
    }

    public async Task PublishAsync(CancellationToken cancel)
    {
        await _db.PublishAsync(_story, _story.Revisions[0], Me, DateTimeOffset.UtcNow, cancel: cancel);
        await _db.SaveChangesAsync(cancel);
    }

    public async Task CorrectAsync(CancellationToken cancel)
    {
        var now = DateTimeOffset.UtcNow;
        var text = _story.Revisions[^1].Text with { Body = "One other sentence of body." };
        var revision = _story.Save(text, HouseMarkdown.Render(text.Body, _ => null), Me, now);
        await _db.CorrectAsync(_story, revision, Note, Me, now, cancel);
        await _db.SaveChangesAsync(cancel);
    }

    public async Task WithdrawAsync(CancellationToken cancel)
    {
        _story.Withdraw("It was about another quay.", "A trial.", Me, DateTimeOffset.UtcNow);
        await _db.SaveChangesAsync(cancel);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();
}
