using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// Notes each 403 of the newsroom in the program's log and in the audit log: who asked, by what, of which object. Bounded for each member,
/// so that a flood fills neither.
/// </summary>
public sealed partial class DeniedRequests(
    RateLimiter limiter, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeniedRequests> log)
{
    private const int AtOnce = 20;
    private const int LongestPath = 200;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(3);

    public async Task NoteAsync(HttpContext context, StaffMember member)
    {
        var rejection = await limiter.CheckAsync(new Limit($"refused {member.Id}", AtOnce, Period));
        if (rejection is { IsFirst: false }) return;
        var (method, path, act) = (context.Request.Method, context.Request.Path.Value ?? "",
            context.GetEndpoint()?.Metadata.GetMetadata<RequiresActAttribute>()?.Act);
        if (path.Length > LongestPath) path = path[..LongestPath];
        // A handler's name is one of ours, or it would not have been found.
        var handler = context.Request.RouteValues.TryGetValue("handler", out var named)
            || context.Request.Query.TryGetValue("handler", out var asked) && (named = asked.ToString()) is not null ? $"{named}" : "";
        if (handler.Length > 40) handler = handler[..40];
        var what = $"{method}{(handler.Length > 0 ? $" {handler}" : "")}, a page for {act}";
        if (rejection is not null)
            what += string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"; more than {AtOnce} refusals at once, further ones are not noted for now");
        Refused(log, member.Id, what, path);
        // A store of its own: what the request was about to change must not be saved with this line.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
        db.Events.Add(new NewsEvent(Act.BeRefused, member.Actor, clock.GetUtcNow(), [], what, EventSubject.Address(path)));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The newsroom refused member {Member}: {What}, at {Path}.")]
    private static partial void Refused(ILogger log, long member, string what, string path);
}
