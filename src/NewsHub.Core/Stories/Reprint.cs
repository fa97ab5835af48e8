using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;
using NewsHub.Core.Store;

namespace NewsHub.Core.Stories;

/// <summary>Puts a picture that was changed (another cut, other bytes) into the texts that print it: its address there is made of what it was.</summary>
public static class Reprint
{
    /// <param name="before">The picture before the change.</param>
    /// <param name="pictures">The library, by file name.</param>
    /// <returns>How many texts were printed anew. They are saved with the caller's other changes.</returns>
    public static async Task<int> OfAsync(NewsDb db, PictureUse before, Picture picture, Func<string, PictureUse?> pictures, CancellationToken cancel = default)
    {
        var mention = $"%{before.Key}%";
        var mentions = await db.Database.SqlQuery<Place>($"""SELECT "StoryId", "Number" FROM "Revisions" WHERE "Picture" LIKE {mention} OR "BodyHtml" LIKE {mention}""").ToListAsync(cancel);
        foreach (var place in mentions)
        {
            var story = new StoryId(place.StoryId);
            (await db.Revisions.SingleAsync(r => r.StoryId == story && r.Number == place.Number, cancel)).PrintAnew(before, picture, pictures);
        }
        return mentions.Count;
    }

    private sealed record Place(long StoryId, int Number);
}
