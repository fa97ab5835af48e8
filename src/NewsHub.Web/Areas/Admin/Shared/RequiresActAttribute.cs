using Microsoft.AspNetCore.Authorization;
using NewsHub.Core.Events;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>Says of a newsroom page or endpoint which act it is for: whoever may not do that gets 403 before anything runs. Nothing in the
/// newsroom is without one.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresActAttribute(Act act) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Act Act { get; } = act;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Asks the member of staff as the store has them now, not as their cookie was written.</summary>
internal sealed class MayHandler(Newsroom room) : AuthorizationHandler<RequiresActAttribute>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresActAttribute requirement)
    {
        if (await room.EnterAsync(context.User) && room.Me.May(requirement.Act)) context.Succeed(requirement);
    }
}
