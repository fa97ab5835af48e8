using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A small paper with a newsroom: stories to act on, and colleagues who do.</summary>
internal sealed class ActRoom : IAsyncDisposable
{
    private readonly MadeUpPaper _paper;
    private readonly List<Colleague> _colleagues = [];

    public ActRoom(string timeZone = "UTC")
    {
        _paper = new MadeUpPaper(timeZone)
            .Story("2025-06-30", "boats", "Boats are back", "tags: [Boats]").Story("2025-06-29", "nets", "Nets are out", "tags: [Boats]")
            .Write("rates.json",
                """{ "source": "A bank", "base": "USD", "days": [{ "date": "2025-06-30", "rates": { "EUR": 0.80, "JPY": 140 } }] }""")
            .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-nets");
        App = new NewsHubApp { Content = _paper.Folder };
    }

    public NewsHubApp App { get; }
    public DateTimeOffset Now => App.Time.GetUtcNow();

    public async Task<Colleague> ColleagueAsync(Role role, string? name = null)
    {
        var colleague = await Colleague.SignedInAsync(App, role, name);
        _colleagues.Add(colleague);
        return colleague;
    }

    /// <summary>A draft that could be printed as it stands.</summary>
    public Task<long> DraftAsync(string headline = "Just in", Colleague? owner = null, Func<StoryText, StoryText>? but = null) =>
        App.FromElsewhereAsync(async db =>
        {
            var author = await db.Authors.FirstAsync();
            var tag = await db.Tags.FirstOrDefaultAsync();
            var text = new StoryText
            {
                Section = (await db.Sections.OrderBy(s => s.Position).FirstAsync()).Id,
                Kind = Kind.News,
                Headline = headline,
                Standfirst = $"What {headline} is about.",
                Body = "One sentence of body.",
                Bylines = [new Byline(author.Id, author.Slug.Value, author.Name, null)],
                Tags = tag is null ? [] : [new TagLine(tag.Id, tag.Slug.Value, tag.Name)],
            };
            text = but?.Invoke(text) ?? text;
            var story = new Story(
                text, new RenderedBody($"<p>{text.Body}</p>", 4, []), new Actor(owner?.Name ?? "importer"), Now, owner?.Id);
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            return story.Id.Value;
        });

    /// <summary>A story in a state, brought there by its own verbs.</summary>
    public async Task<long> StoryAsync(StoryState state, string headline = "Just in", Colleague? owner = null)
    {
        var id = await DraftAsync(headline, owner);
        await ChangeAsync(id, async (db, story) =>
        {
            switch (state)
            {
                case StoryState.Filed: story.File(Desk.Editor, Now); break;
                case StoryState.Scheduled: story.Schedule(Now.AddDays(1), Desk.Editor, Now); break;
                case StoryState.Live: await db.PublishAsync(story, story.Newest(), Desk.Editor, Now); break;
                case StoryState.Withdrawn:
                    await db.PublishAsync(story, story.Newest(), Desk.Editor, Now);
                    story.Withdraw("It was not true.", "hoax", Desk.Editor, Now);
                    break;
                case StoryState.Spiked: story.Spike(Desk.Editor, Now); break;
            }
        });
        return id;
    }

    /// <summary>The paper's choice of who publishes.</summary>
    public Task<int> LetEditorsPublishAsync(bool may) =>
        App.FromElsewhereAsync(db => db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.EditorsMayPublish, may)));

    /// <summary>Does something to a story as another process would.</summary>
    public Task<int> ChangeAsync(long id, Func<NewsDb, Story, Task> act) => App.FromElsewhereAsync(async db =>
    {
        await act(db, (await db.LoadForEditingAsync(new StoryId(id)))!);
        return await db.SaveChangesAsync();
    });

    /// <summary>Saves a new text with another headline.</summary>
    public Task<int> RewriteAsync(long id, string headline, Actor? by = null) => ChangeAsync(id, (_, story) =>
    {
        story.Save(
            story.Newest().Text with { Headline = headline }, new RenderedBody("<p>Another body.</p>", 2, []), by ?? Desk.Editor, Now);
        return Task.CompletedTask;
    });

    /// <summary>The story as the store has it.</summary>
    public Task<Story> ReadAsync(long id) => App.FromElsewhereAsync(async db => (await db.LoadForEditingAsync(new StoryId(id)))!);

    public Task<List<NewsEvent>> LogAsync(long id) =>
        App.FromElsewhereAsync(db => db.Events.AsNoTracking().Where(e => e.StoryId == new StoryId(id)).OrderBy(e => e.Id).ToListAsync());

    public static void LedTo(string address, Answer answer) =>
        Assert.Equal((HttpStatusCode.Redirect, address), (answer.Status, answer.Header("Location")));

    /// <summary>The page came again, and says what is wrong at a field.</summary>
    public static void Asks(Answer answer, string words, string? field = null, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal(status, answer.Status);
        var problems = answer.Page.QuerySelector("#problems");
        Assert.True(problems is not null, "The page says of no problem.");
        Assert.Contains(words, problems!.TextContent, StringComparison.Ordinal);
        if (field is null) return;
        var link = problems.QuerySelectorAll("a").FirstOrDefault(a => a.GetAttribute("href") == "#" + field);
        Assert.True(link is not null && answer.Page.GetElementById(field) is not null, $"No problem leads to a field {field}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var colleague in _colleagues) colleague.Dispose();
        await App.DisposeAsync();
        _paper.Dispose();
    }
}
