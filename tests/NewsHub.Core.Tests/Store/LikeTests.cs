using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Store;

/// <summary>What people type is looked for as it stands, whatever its capitals, on every kind of store.</summary>
public sealed class LikeTests
{
    [Theory]
    [InlineData("zebra", "Zebra|A ZEBRA crossing")]
    [InlineData("ZEBRA", "Zebra|A ZEBRA crossing")]
    [InlineData("100%", "100% wool")]
    [InlineData("a_b", "a_b")]
    [InlineData("\\", "back\\slash")]
    [InlineData("wo\0ol", "100% wool|1000 wools")]
    public async Task Capitals_mean_nothing_and_signs_mean_themselves(string typed, string found)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        foreach (var (name, n) in new[] { "Zebra", "A ZEBRA crossing", "100% wool", "1000 wools", "a_b", "aXb", "back\\slash" }
            .Select((name, n) => (name, n)))
        {
            db.Tags.Add(new Tag(Slug.Parse($"tag-{n}"), name));
        }
        await db.SaveChangesAsync();
        var like = Like.Within(typed);

        var names = await db.Tags.Where(t => Like.Matches(t.Name, like)).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync();

        Assert.Equal(found.Split('|'), names);
        Assert.Contains(TestStore.IsPostgres ? " ILIKE @like ESCAPE '\\'" : " LIKE @like ESCAPE '\\'", store.Sql.Commands[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_a_query_nothing_is_matched() =>
        Assert.Throws<NotSupportedException>(() => Like.Matches("text", Like.Whole("text")));
}
