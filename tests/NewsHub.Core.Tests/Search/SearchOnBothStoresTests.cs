using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Search;

/// <summary>The sample paper, imported into a store of each kind, answers each question alike: the same stories, in the same
/// order.</summary>
[Trait("Needs", "process")]
public sealed class SearchOnBothStoresTests(SearchOnBothStoresTests.SamplePapers papers)
    : IClassFixture<SearchOnBothStoresTests.SamplePapers>
{
    private static readonly DateTimeOffset Now = new(2025, 7, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What readers type, in every script of the paper and some of none.</summary>
    public static TheoryData<string> Questions => [
        // One word: rare, in many stories, in all; in the headline, in names; accents, capitals; not typed to its end.
        "nuthatch", "NUTHATCHES", "the", "of", "a", "bridge", "river", "council", "kumasi", "Sável", "savel", "ferreira", "Ferreira Tomas",
        "naira", "penalty", "bells", "bell", "ferries", "ferry", "apolog", "inst", "generat", "th", "e", "Seo", "2025", "1847", "€128",
        // Several words.
        "river gauge", "the council", "of the", "flood warning river", "the river and the town", "bus last minutes", "north korean coders",
        "ferry strike halvorsund doors", "nuthatch mountain xylophone", "payment eid ram sellers cash market",
        // Between quotation marks, and what is spelt in several ways.
        "\"flood warning\"", "\"river the\"", "\"last fig seller\"", "\"of the\" river", "\"bow doors\" cracks",
        "bow-doors", "21-minute", "won’t", "wont", "U.S.", "US", "41,000", "41000", "Mrs Eze’s", "co-operate", "Kumasi-schoolgirls",
        // Other scripts.
        "طرابلس", "العرائض", "كاتب العرائض", "طاولته", "🐦", "嘘", "鷽", "鷽 嘘", "relève", "releve", "projectionniste à Sérignac", "l’oreille",
        // Mistyped, nonsense, and what another program would take for an order.
        "nuthach", "brigde council", "xylophone", "qwertzuiop asdfgh", "ferrry doors", "\"", "\"\"", "' OR 1=1; --", "a & b | !c",
        "river:*", "(river)", "river <-> gauge", "\\river\\", "'river'", "\0river\0", "river\uD800", "\uDC00", "\uE000k0", "\uE002river",
        "%", "*", "😀😀", "İstanbul", string.Join(' ', Enumerable.Repeat("river", 500)),
        string.Join(' ', Enumerable.Range(0, 500).Select(i => $"word{i}")),
    ];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_is_answered_alike_by_both_stores(string words)
    {
        foreach (var order in Enum.GetValues<SearchOrder>())
            await BothSayTheSameAsync(_ => SearchQuery.Of(words) with { Order = order });
    }

    [Theory]
    [InlineData("river")]
    [InlineData("the")]
    [InlineData("\"of the\"")]
    [InlineData("")]
    public async Task What_narrows_a_question_narrows_it_alike(string words)
    {
        var day = new DateTimeOffset(2025, 6, 16, 0, 0, 0, TimeSpan.Zero);
        foreach (var order in Enum.GetValues<SearchOrder>())
        {
            var query = SearchQuery.Of(words) with { Order = order };
            await BothSayTheSameAsync(p => query with { Section = p.Section });
            await BothSayTheSameAsync(p => query with { Author = p.Author });
            await BothSayTheSameAsync(_ => query with { Kind = Kind.Opinion });
            await BothSayTheSameAsync(_ => query with { Kind = Kind.Live });
            await BothSayTheSameAsync(_ => query with { From = day });
            await BothSayTheSameAsync(_ => query with { Until = day });
            await BothSayTheSameAsync(_ => query with { From = day, Until = day.AddDays(7), Kind = Kind.News });
            await BothSayTheSameAsync(_ => query with { Section = new SectionId(999) });
        }
    }

    [Fact]
    public async Task A_text_has_the_same_stories_like_it_in_both_stores_and_they_weigh_alike()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var (sqlite, postgres) = (await AlikeAsync(papers.Both[0]), await AlikeAsync(papers.Both[1]));
        Assert.Contains(sqlite.Values, alike => alike.Count > 1);
        Assert.All(sqlite, story =>
        {
            Assert.Equal(story.Value.Select(a => a.Address), postgres[story.Key].Select(a => a.Address));
            Assert.All(story.Value.Zip(postgres[story.Key]),
                both => Assert.InRange(both.Second.Weight / both.First.Weight, 0.99, 1.01));
        });
    }

    private static async Task<Dictionary<string, List<(string Address, double Weight)>>> AlikeAsync(SamplePaper paper)
    {
        await using var db = paper.Store.Db();
        var stories = await db.Stories.Include(s => s.Revisions).Where(s => s.Address != null).ToListAsync();
        var addresses = stories.ToDictionary(s => s.Id, s => s.Address!);
        Dictionary<string, List<(string, double)>> alike = [];
        foreach (var story in stories)
        {
            alike.Add(story.Address!, [.. (await db.Index.LikeAsync(story.Revisions[^1].Text, 20))
                .Select(l => (addresses[l.Story], l.Weight)).OrderByDescending(l => l.Weight)]);
        }
        return alike;
    }

    [Fact]
    public async Task How_often_a_phrase_is_in_a_field_counts_in_SQLite_alone_and_the_stories_are_the_same()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var (sqlite, postgres) = (await AnswerAsync(papers.Both[0], Phrase), await AnswerAsync(papers.Both[1], Phrase));
        Assert.Equal(sqlite.Order(), postgres.Order());
        Assert.NotEqual(sqlite, postgres);

        static SearchQuery Phrase(SamplePaper paper) => SearchQuery.Of("\"the river\"");
    }

    private async Task BothSayTheSameAsync(Func<SamplePaper, SearchQuery> question)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var (sqlite, postgres) = (await AnswerAsync(papers.Both[0], question), await AnswerAsync(papers.Both[1], question));
        Assert.Equal(sqlite, postgres);
    }

    /// <summary>All pages, and what is said of each.</summary>
    private static async Task<IReadOnlyList<string>> AnswerAsync(SamplePaper paper, Func<SamplePaper, SearchQuery> question)
    {
        await using var db = paper.Store.Db();
        var query = question(paper);
        var said = new List<string> { $"nearest: {await db.Index.NearestAsync(query)}" };
        var seen = new HashSet<string>();
        SearchCursor? after = null;
        do
        {
            var page = await db.Index.FindAsync(query, after, 7, Now);
            said.Add($"{page.Count} {page.CountIsLess} {string.Join('|', page.Found.Select(f => string.Join(' ', f)))}");
            foreach (var address in page.Hits.Select(h => paper.Addresses[h.Place]))
            {
                Assert.True(seen.Add(address), $"{address} is there twice.");
                said.Add(address);
            }
            after = page.Next;
        }
        while (after is not null);
        return said;
    }

    /// <summary>The sample paper in a store.</summary>
    internal sealed record SamplePaper(TestStore Store, IReadOnlyDictionary<long, string> Addresses, SectionId Section, long Author);

    /// <summary>It in both.</summary>
    public sealed class SamplePapers : IAsyncLifetime
    {
        internal IReadOnlyList<SamplePaper> Both { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (!PostgresServer.IsInstalled) return;
            Both = [await ImportAsync(await SqliteTestStore.OpenAsync()), await ImportAsync(await PostgresTestStore.OpenAsync())];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var paper in Both) await paper.Store.DisposeAsync();
        }

        private static async Task<SamplePaper> ImportAsync(TestStore store)
        {
            using var media = new TempFolder();
            var processor = new PictureProcessor(new FolderMediaStore(media.Root));
            await using var db = store.Db();
            Assert.Empty((await new Importer(db, processor, TimeProvider.System).RunAsync(Repository.Content)).Problems);
            await new Indexing(db, db.Index).CatchUpAsync();
            var addresses = await db.IndexedStories.Join(db.Stories, i => i.StoryId, s => s.Id, (i, s) => new { i.Place, s.Address })
                .ToDictionaryAsync(i => i.Place, i => i.Address!);
            Assert.InRange(addresses.Count, 30, 1000);
            return new SamplePaper(store, addresses, await db.Sections.Where(s => s.Name == "World").Select(s => s.Id).SingleAsync(),
                await db.Authors.Where(a => a.Name == "Leila Haddad").Select(a => a.Id).SingleAsync());
        }
    }
}
