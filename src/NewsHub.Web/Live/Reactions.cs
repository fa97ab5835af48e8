using NewsHub.Core.Engagement;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Live;

/// <summary>What readers think of a story: from a button of its page, with a script or without.</summary>
internal static class Reactions
{
    public static void MapReactions(this IEndpointRouteBuilder app) => app.MapPost("/react/{story:long}", ReactAsync).DisableAntiforgery();

    /// <summary><c>kind</c> is a key of the settings; empty takes the reaction back.</summary>
    private static async Task<IResult> ReactAsync(long story, HttpContext context, Reader reader, Postbag bag, Masthead.Current masthead, TimeProvider clock)
    {
        if (reader.Refuse(context) is { } refused) return refused;
        if (!context.Request.HasFormContentType) return Reader.Problem(StatusCodes.Status400BadRequest, "A form is expected, with the field kind.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["kind"] is not [{ } kind]) return Reader.Problem(StatusCodes.Status400BadRequest, "The field kind is missing.");
        if (kind.Length > 0 && masthead.Now.Site.Reactions.All(r => r.Key != kind)) return Reader.Problem(StatusCodes.Status400BadRequest, "There is no such reaction.");
        var id = new StoryId(story);
        var own = kind.Length > 0 ? kind : null;
        Tally? tally = null;
        // Whoever never sent anything has nothing to take back, and needs no cookie for it.
        if (own is not null || reader.MarkFor(context, id) is not null)
        {
            try
            {
                tally = await bag.PutAsync(new Slip(id, reader.MarkOrMakeFor(context, id), own, null, clock.GetUtcNow()));
            }
            catch (StoreException)
            {
                context.Response.Headers.SetCookie = default;
                context.Response.Headers.RetryAfter = "5";
                return Reader.Problem(StatusCodes.Status503ServiceUnavailable, "That could not be kept just now. Try again in a moment.");
            }
            if (tally is null)
            {
                context.Response.Headers.SetCookie = default;
                return Reader.Problem(StatusCodes.Status404NotFound, "There is no such story.");
            }
        }
        return Reader.IsScript(context.Request) ? Results.Json(new { own, shares = tally?.Shares, reactions = tally?.Reactions }) : Results.LocalRedirect($"/react/{story}", preserveMethod: false);
    }
}
