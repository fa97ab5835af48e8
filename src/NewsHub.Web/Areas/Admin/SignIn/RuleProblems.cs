using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>What the rules of staff and passwords find wrong in a form.</summary>
internal static class RuleProblems
{
    /// <summary>Puts what they found at the fields that they name.</summary>
    public static void Add(this ModelStateDictionary state, IdentityResult result)
    {
        foreach (var error in result.Errors)
            state.AddModelError(error.Code is "Name" or "Email" or "Password" ? error.Code : "", error.Description);
    }
}
