using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>Answers that the pages of signing in have in common.</summary>
internal static class Answers
{
    /// <summary>The page again, with 429 and when to come back.</summary>
    public static IActionResult TooMany(this NewsroomPage page, Rejection rejection, string? why = null, string? otherwise = null)
    {
        page.Response.Headers.RetryAfter = Math.Ceiling(rejection.Wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        var minutes = Math.Ceiling(rejection.Wait.TotalMinutes);
        page.ModelState.AddModelError("", string.Create(CultureInfo.InvariantCulture, $"Too many tries. {(why is null ? "" : why + " ")}"
            + $"Try again in {(minutes <= 1 ? "a minute" : $"{minutes:0} minutes")}.{(otherwise is null ? "" : " " + otherwise)}"));
        return page.Page();
    }

    /// <summary>To where the person was going, if that is in this house.</summary>
    public static IActionResult Onward(this NewsroomPage page, string? then) =>
        page.LocalRedirect(page.Url.IsLocalUrl(then) ? then : "/admin");
}
