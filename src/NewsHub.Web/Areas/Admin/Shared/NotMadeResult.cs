using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>What a script is told of something that could not be made.</summary>
internal static class NotMadeResult
{
    public static JsonResult NotMade(this PageModel page, string sentence) =>
        new(new { title = sentence }) { StatusCode = StatusCodes.Status400BadRequest, ContentType = "application/problem+json" };
}
