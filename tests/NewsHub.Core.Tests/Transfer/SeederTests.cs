using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Transfer;

public sealed class SeederTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_paper()
    {
        var (one, two, other) = (await PaperAsync(1), await PaperAsync(1), await PaperAsync(2));
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task Stories_are_live_and_editions_published()
    {
        await using var desk = await Desk.OpenAsync(withContent: false);
        await SeedAsync(desk, 130, 1);
        Assert.Equal(130, await desk.ReadAsync(db => db.Stories.CountAsync(s => s.State == StoryState.Live && s.LiveRevision == 1)));
        Assert.Equal(130, await desk.ReadAsync(db => db.Listings.CountAsync(l => l.List == ListOf.Latest)));
        Assert.Equal(3, await desk.ReadAsync(db => db.Editions.CountAsync(e => e.PublishedAt != null)));
        Assert.Equal(120, await desk.ReadAsync(db => db.Stories.CountAsync(s => s.EditionId != null)));
        Assert.True(await desk.ReadAsync(db => db.Stories.MaxAsync(s => s.FirstPublishedAt)) <= desk.Clock.GetUtcNow());
        await SeedAsync(desk, 50, 1);
        Assert.Equal(180, await desk.ReadAsync(db => db.Stories.CountAsync()));
        Assert.Equal(4, await desk.ReadAsync(db => db.Editions.CountAsync()));
    }

    [Fact]
    public async Task A_library_with_a_picture_that_nobody_has_described_is_seeded_without_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Content.Write("media/bare.jpg", File.ReadAllBytes(desk.Content["media/cables.jpg"]));
        desk.Content.Write(
            "media/pictures.json", """[{ "file": "cables.jpg", "alt": "Cables", "credit": "A. Osei" }, { "file": "bare.jpg" }]""");
        await desk.ImportCleanAsync();
        Assert.Equal(60, await SeedAsync(desk, 60, 1));
    }

    [Fact]
    public async Task More_than_a_batch_and_none_at_all()
    {
        await using var desk = await Desk.OpenAsync(withContent: false);
        Assert.Equal(0, await SeedAsync(desk, 0, 1));
        Assert.Equal(620, await SeedAsync(desk, 620, 1));
        Assert.Equal(600, await desk.ReadAsync(db => db.FrontSlots.CountAsync()));
        Assert.Equal(600, await desk.ReadAsync(db => db.Stories.CountAsync(s => s.EditionId != null)));
    }

    private static async Task<string> PaperAsync(int seed)
    {
        await using var desk = await Desk.OpenAsync(withContent: false);
        await SeedAsync(desk, 90, seed);
        var stories = await desk.ReadAsync(
            db => db.Stories.OrderBy(s => s.Id).Select(s => new { s.Address, s.FirstPublishedAt, s.EditionId }).ToListAsync());
        var texts = await desk.ReadAsync(db => db.Revisions
            .OrderBy(r => r.StoryId)
            .Select(r => new { r.Text.Headline, r.Text.Kind, r.Text.Section, r.BodyHtml })
            .ToListAsync());
        return string.Join('\n', stories) + string.Join('\n', texts);
    }

    private static Task<int> SeedAsync(Desk desk, int stories, int seed) =>
        desk.ReadAsync(db => new Seeder(db, desk.Clock).RunAsync(stories, seed));
}
