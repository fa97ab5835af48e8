using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Live;

/// <summary>What readers think of a story: from a button of its page, with a script or without.</summary>
internal static class Reactions
{
    public static void MapReactions(this IEndpointRouteBuilder app) => app.MapPost("/react/{story:long}", ReactAsync).DisableAntiforgery();

    /// <summary><c>kind</c> is a key of the settings; empty takes the reaction back.</summary>
    private static async Task<IResult> ReactAsync(long story, HttpContext context, Reader reader, SiteSnapshot.Current snapshot)
    {
        if (await reader.RefuseAsync(context) is { } refused) return refused;
        // Our form and our script send it so; of other forms the framework makes exceptions where they are torn.
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
            return Bad("A plain form is expected, with the field kind.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["kind"] is not [{ } kind]) return Bad("The field kind is missing.");
        if (kind.Length > 0 && snapshot.Now.Site.Reactions.All(r => r.Key != kind)) return Bad(Texts.Now["send.no-reaction"]);
        var (id, own) = (new StoryId(story), kind.Length > 0 ? kind : null);
        // Whoever never sent anything has nothing to take back, and needs no cookie for it.
        var (tally, unkept) = own is null && reader.MarkFor(context, id) is null ? default : await reader.SendAsync(context, id, own);
        if (unkept is not null) return unkept;
        return Reader.IsScript(context.Request)
            ? Results.Json(new { own, shares = tally?.Shares, reactions = tally?.Reactions })
            : Results.LocalRedirect($"/react/{story}");

        IResult Bad(string title) => Reader.Problem(context, StatusCodes.Status400BadRequest, title);
    }
}
