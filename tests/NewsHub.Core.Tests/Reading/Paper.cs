using NewsHub.Core.Editions;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Reading;

/// <summary>A store with a paper in it, and readers' eyes on it.</summary>
internal sealed class Paper : IAsyncDisposable
{
    private readonly SiteSnapshot.Current _snapshot = new();

    public required TestStore Store { get; init; }
    public required Copy Copy { get; init; }

    /// <param name="sqliteBecause">For what holds of SQLite alone: why.</param>
    public static async Task<Paper> OpenAsync(string? sqliteBecause = null)
    {
        var store = sqliteBecause is null ? await TestStore.OpenAsync() : await TestStore.OpenSqliteAsync(sqliteBecause);
        await using var db = store.Db();
        return new Paper { Store = store, Copy = await Copy.SetAsync(db) };
    }

    public async Task<StoryId> KeepAsync(Story story)
    {
        await using var db = Store.Db();
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        return story.Id;
    }

    public async Task<Edition> PublishAsync(int number, DateTimeOffset at, params IReadOnlyList<(SlotKind Place, Story Story)> slots)
    {
        await using var db = Store.Db();
        db.AttachRange(slots.Select(s => s.Story));
        var edition = new Edition(number, DateOnly.FromDateTime(at.UtcDateTime), $"Edition {number}");
        edition.Compose(slots.Select(s => (s.Place, s.Story.Id)));
        db.Editions.Add(edition);
        await db.SaveChangesAsync();
        db.Events.Add(edition.Publish([.. slots.Select(s => s.Story)], Copy.Editor, at));
        await db.SaveChangesAsync();
        return edition;
    }

    /// <summary>Asks as a page does: with a store and a snapshot of the moment.</summary>
    public async Task<T> AskAsync<T>(Func<PublishedNews, Task<T>> question)
    {
        await using var db = Store.Db();
        await _snapshot.ReadAsync(db);
        Store.Sql.Clear();
        return await question(
            new PublishedNews(db, _snapshot, new CurrentReaders(TimeProvider.System), db.Index));
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
