using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Transfer;

/// <summary>
/// Fills the store with generated stories over many years, for load tests. Each goes the way of a real one (rendered, sanitized, published,
/// listed); the same seed gives the same paper. Not for a paper that people read: what it writes is plausible only from afar.
/// </summary>
public sealed class Seeder(NewsDb db, TimeProvider clock)
{
    private const int Batch = 500;
    private const int StoriesPerEdition = 40;

    private static readonly string[] SectionNames =
        ["Technology", "World", "Politics", "Business", "Culture", "Science", "Sport", "Travel"];
    private static readonly string[] Subjects = [
        "Council", "Ministry", "Harbour board", "Teachers’ union", "Central bank", "Orchestra", "Water company", "Relay team",
        "Observatory", "Farmers’ co-operative", "Ferry line", "High court",
    ];
    private static readonly string[] Acts = [
        "delays", "approves", "rejects", "publishes", "abandons", "defends", "reopens", "costs out", "doubles", "postpones", "narrows",
        "revives",
    ];
    private static readonly string[] Objects = [
        "plan for the east quay", "rules on night work", "long-range forecast", "school timetable", "bond sale", "river survey",
        "summer season", "tariff on cement", "archive of maps", "evening service", "water meters", "training ground",
    ];
    private static readonly string[] Places =
        ["Abeokuta", "Bergen", "Coimbra", "Dakar", "Enugu", "Faro", "Ghent", "Haifa", "Ibadan", "Jeju", "Kumasi", "Leiden"];
    private static readonly string[] Sentences =
    [
        "The vote came late in the evening, after two amendments had failed by a single hand.",
        "Officials said the figures would be checked again before the end of the month.",
        "Nobody in the room disputed the cost, which has risen by a third in two years.",
        "“We were told in March, and we answered in March,” said the board’s secretary.",
        "The older contracts run for another eighteen months and cannot be reopened.",
        "Residents had collected four thousand signatures at the market and the two stations.",
        "An earlier draft named three sites; the one that remains is the furthest from the road.",
        "Engineers measured the wall at low water and found it sound.",
        "The sum is small beside the reserve, but it has to be found this year.",
        "A second reading is set for the autumn, when the committee is back from its recess.",
        "Its critics accept the aim and object to the timetable.",
        "The last time it was tried, in a wet spring, half the crews went home.",
    ];

    /// <summary>Adds stories, newest at the present, spread over the years before it, and an edition for every forty of them.</summary>
    /// <param name="seed">The same number gives the same stories.</param>
    /// <returns>How many were added.</returns>
    public async Task<int> RunAsync(
        int stories, int seed = 1, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var words = new Cast(await VocabularyAsync(cancel));
        if (stories < 1) return 0;
        var random = new Random(seed);
        var end = clock.GetUtcNow().AddMinutes(-1);
        // A hundred stories a day for a large paper; a small one goes back a year all the same.
        var step = TimeSpan.FromDays(Math.Max(365, stories / 100.0)) / stories;
        var start = end - step * stories;
        var number = await db.Editions.MaxAsync(e => (int?)e.Number, cancel) ?? 0;
        var first = await db.Stories.CountAsync(cancel);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var edition = new List<Story>();
        var coming = RenderAsync(0);
        for (var done = 0; done < stories;)
        {
            var batch = await coming;
            // The next ones are rendered while these are saved.
            coming = RenderAsync(done + batch.Count);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            db.Stories.AddRange(batch);
            await db.SaveChangesAsync(cancel);
            edition.AddRange(batch);
            var full = edition.Chunk(StoriesPerEdition).Where(e => e.Length == StoriesPerEdition).ToList();
            await PublishAsync(number, full, cancel);
            number += full.Count;
            edition.RemoveRange(0, full.Count * StoriesPerEdition);
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
            db.AttachRange(edition);
            done += batch.Count;
            progress?.Report(
                new ImportProgress(done, stories, string.Create(CultureInfo.InvariantCulture, $"{batch[^1].FirstPublishedAt:yyyy-MM-dd}")));
        }
        return stories;

        Task<List<Story>> RenderAsync(int from) => Task.Run(() => Enumerable.Range(from, Math.Min(Batch, stories - from))
            .Select(i => (Number: first + i, At: start + step * (i + 1), Text: Write(random, words))).ToList()
            .AsParallel().AsOrdered().Select(t => Publish(t.Text, words, t.Number, t.At)).ToList(), cancel);
    }

    private static Story Publish(StoryText text, Cast words, int number, DateTimeOffset at)
    {
        var story = new Story(text, HouseMarkdown.Render(text.Body, _ => null), Actor.Importer, at);
        story.Publish(story.Revisions[0],
            words.Sections.Single(s => s.Id == text.Section), Slug.From(text.Headline)!.Value.Numbered(number), Actor.Importer, at);
        return story;
    }

    private static StoryText Write(Random random, Cast words)
    {
        var place = Pick(Places);
        var headline = $"{Pick(Subjects)} {Pick(Acts)} {Pick(Objects)} in {place}";
        var author = Pick(words.Authors);
        return new StoryText
        {
            Section = Pick(words.Sections).Id,
            Kind = random.Next(20) switch
            {
                0 => Kind.Breaking,
                1 or 2 => Kind.Analysis,
                3 or 4 => Kind.Opinion,
                5 => Kind.Live,
                _ => Kind.News,
            },
            Kicker = place,
            Headline = headline,
            Standfirst = Pick(Sentences),
            Body = Body(),
            Bylines = [new Byline(author.Id, author.Slug.Value, author.Name, $"in {place}")],
            Dateline = place.ToUpperInvariant(),
            Picture = words.Pictures.Count > 0 && random.Next(3) > 0 ? Pick(words.Pictures) : null,
            Tags = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(words.Tags)).Distinct()],
        };

        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        string Body()
        {
            var markdown = new StringBuilder();
            for (var paragraph = random.Next(5, 12); paragraph > 0; paragraph--)
            {
                if (paragraph is 4) markdown.Append("## What comes next\n\n");
                for (var sentence = random.Next(2, 5); sentence > 0; sentence--) markdown.Append(Pick(Sentences)).Append(' ');
                markdown.Append("\n\n");
            }
            return markdown.ToString().Trim();
        }
    }

    private async Task PublishAsync(int last, List<Story[]> fronts, CancellationToken cancel)
    {
        var editions = fronts.Select((stories, i) =>
        {
            var edition = new Edition(
                last + i + 1, DateOnly.FromDateTime(stories[^1].FirstPublishedAt!.Value.UtcDateTime), $"Edition {last + i + 1}");
            edition.Compose(stories.Select((s, n) => (n switch
            {
                0 => SlotKind.Lead,
                < 3 => SlotKind.Second,
                < 8 => SlotKind.Brief,
                < 10 => SlotKind.Opinion,
                _ => SlotKind.Section,
            }, s.Id)));
            return edition;
        }).ToList();
        db.Editions.AddRange(editions);
        await db.SaveChangesAsync(cancel);
        foreach (var (edition, stories) in editions.Zip(fronts))
            db.Events.Add(edition.Publish(stories, Actor.Importer, stories[^1].FirstPublishedAt!.Value));
        // Looking at what was changed, not at all that is tracked, is a fifth of the work.
        foreach (var changed in editions.Concat<object>(fronts.SelectMany(stories => stories))) db.Entry(changed).DetectChanges();
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The paper's own sections, authors, tags and pictures; made up where it has none yet.</summary>
    private async Task<Vocabulary> VocabularyAsync(CancellationToken cancel)
    {
        if (!await db.Sites.AnyAsync(cancel))
            db.Sites.Add(new Site { Subtitle = "Entertainment News Hub", ImportedAt = clock.GetUtcNow() });
        if (!await db.Sections.AnyAsync(cancel))
            db.Sections.AddRange(SectionNames.Select((n, i) => new Section(Slug.From(n)!.Value, n, null, i)));
        if (!await db.Authors.AnyAsync(cancel))
            db.Authors.AddRange(
                Enumerable.Range(1, 60).Select(n => new Author(Slug.Parse($"reporter-{n}"), $"Reporter {n}", "Reporter", null)));
        var known = await db.Tags.Select(t => t.Slug).ToHashSetAsync(cancel);
        db.Tags.AddRange(Places.SelectMany(p => Objects.Select(o => $"{p} {o}"))
            .Where(n => !known.Contains(Slug.From(n)!.Value))
            .Select(n => new Tag(Slug.From(n)!.Value, n)));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return await Vocabulary.ReadAsync(db, cancel);
    }

    /// <summary>The vocabulary as lists to draw from.</summary>
    private sealed class Cast(Vocabulary words)
    {
        public List<Section> Sections { get; } = [.. words.Sections.Values];
        public List<Author> Authors { get; } = [.. words.Authors.Values];
        public List<TagLine> Tags { get; } = [.. words.Tags.Values.DistinctBy(t => t.TagId)];
        public List<PictureUse> Pictures { get; } =
            [.. words.Pictures.Values.Where(p => !string.IsNullOrWhiteSpace(p.Alt) && !string.IsNullOrWhiteSpace(p.Credit))];
    }
}
