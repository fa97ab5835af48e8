using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>Where the paper asks for a second factor: who has none is led to set one up, and can do nothing else but leave. The way there
/// is always open, so nobody is locked out.</summary>
internal static class Enrolment
{
    private const string Page = "/admin/account/second-factor";

    /// <returns>False where the request goes on as it is.</returns>
    public static async Task<bool> LeadsAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiresActAttribute>() is not { Act: not (Act.ChangeOwnAccount or Act.SignOut) })
            return false;
        var room = context.RequestServices.GetRequiredService<Newsroom>();
        if (!room.IsSomeoneHere || !await room.MustEnrolAsync(context.RequestAborted)) return false;
        if (context.Request.Headers.XRequestedWith == "fetch")
            await Results.Problem("Set up a second factor first: the paper requires one.", statusCode: StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
        // Whoever was writing when the paper began to ask gets the text back.
        else if (await KeepsFormAttribute.MattersAsync(context.Request))
            (context.Response.StatusCode, context.Response.Headers.Location) = (
                StatusCodes.Status307TemporaryRedirect, KeepsFormAttribute.Page);
        else context.Response.Redirect(Page);
        return true;
    }
}
