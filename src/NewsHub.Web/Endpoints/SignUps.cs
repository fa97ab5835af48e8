using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Http;
using NewsHub.Web.Jobs;
using NewsHub.Web.Live;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.Pages.Shared;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Endpoints;

/// <summary>What readers send in about the newsletter. To sign up one must come from our page; for all else the key in the mail
/// is what one must have.</summary>
internal static class SignUps
{
    public static void MapSignUps(this IEndpointRouteBuilder app)
    {
        app.MapPost("/newsletter", AskAsync).DisableAntiforgery();
        app.MapPost("/newsletter/confirm", ConfirmAsync).DisableAntiforgery();
        app.MapPost("/newsletter/yours", ChangeAsync).DisableAntiforgery();
        app.MapPost("/newsletter/leave", LeaveAsync).DisableAntiforgery();
    }

    /// <summary>Every address that could be one is answered alike: it is written down, and that is all that
    /// happens before the answer.</summary>
    private static async Task<IResult> AskAsync(
        HttpContext context, Reader reader, RateLimiter limiter, Subscriptions subscriptions, AnswerSignUps job, Languages languages,
        NewsletterOptions options)
    {
        if (await reader.RefuseAsync(context) is { } refused) return refused;
        if (!IsForm(context.Request)) return Results.StatusCode(StatusCodes.Status400BadRequest);
        var typed = (await context.Request.ReadFormAsync(context.RequestAborted))["address"].ToString();
        var address = TypedText.Line(typed) ?? "";
        if (!Subscriber.IsAddress(address))
            return new Again(new NewsletterForm(Clipped(typed), Fault(address)), StatusCodes.Status400BadRequest);
        var rejection = await limiter.CheckAsync(
            new Limit($"newsletter {Caller.Of(context)}", options.Burst, TimeSpan.FromMinutes(1)),
            new Limit($"newsletter to {Subscriber.Fold(address)}", 3, TimeSpan.FromMinutes(20)),
            // Each is a row for two days and a mail from this paper to an address that nobody has proved to be theirs.
            new Limit("newsletter", options.BurstOfAll, TimeSpan.FromSeconds(5)));
        if (rejection is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.Wait.TotalSeconds)
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new Again(new NewsletterForm(typed, Texts.Now["newsletter.wrong.again"]), StatusCodes.Status429TooManyRequests);
        }
        try
        {
            await subscriptions.AskAsync(address, languages.Chosen(context.Request)?.Tag, context.RequestAborted);
        }
        catch (Exception e) when (StorageFailure.Of(e) is not null)
        {
            Log(context).LogError(e, "A sign-up for the newsletter could not be kept; the reader was told so.");
            context.Response.Headers.RetryAfter = Unkept.RetryAfter;
            return new Again(new NewsletterForm(typed, Texts.Now["send.unkept"]), StatusCodes.Status503ServiceUnavailable);
        }
        job.Wake();
        return Results.LocalRedirect("/newsletter/asked");
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, Reader reader, Subscriptions subscriptions, string? key)
    {
        if (await FloodedAsync(context, reader) is { } flood) return flood;
        var own = await subscriptions.ConfirmAsync(key, context.RequestAborted);
        return SeeOther(
            own is null ? $"/newsletter/confirm?key={Uri.EscapeDataString(key ?? "")}" : $"/newsletter/yours?key={own}&said=confirmed");
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context, Reader reader, Subscriptions subscriptions, SiteSnapshot.Current snapshot, Languages languages, string? key)
    {
        if (await FloodedAsync(context, reader) is { } flood) return flood;
        if (!IsForm(context.Request)) return Results.StatusCode(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var said = form["do"].ToString();
        if (said is "pause" or "resume") await subscriptions.PauseAsync(key, said == "pause", context.RequestAborted);
        else
        {
            var chosen = form["what"] == "some"
                ? snapshot.Now.Sections.Where(s => form["section"].Contains(s.Slug)).Select(s => s.Id).ToList()
                : [];
            if (form["what"] == "some" && chosen.Count == 0) said = "none";
            else
            {
                await subscriptions.ChooseAsync(key, chosen.Count == snapshot.Now.Sections.Count ? [] : chosen, context.RequestAborted);
                if (Texts.Of(form["language"].ToString()) is { } language)
                    await subscriptions.ReadInAsync(key, language == languages.Own ? null : language.Tag, context.RequestAborted);
                said = "saved";
            }
        }
        return SeeOther($"/newsletter/yours?key={Uri.EscapeDataString(key ?? "")}&said={said}");
    }

    /// <summary>
    /// RFC 8058: mail programs send one field and expect to be told that it was done, not where to go next. One of them may speak for
    /// thousands of readers from one place, so only keys that are not ours count as a flood.
    /// </summary>
    private static async Task<IResult> LeaveAsync(HttpContext context, Reader reader, Subscriptions subscriptions, string? key)
    {
        context.NeverKeep();
        var program = context.Request.HasFormContentType
            && (await context.Request.ReadFormAsync(context.RequestAborted))["List-Unsubscribe"] == "One-Click";
        var left = await subscriptions.LeaveAsync(key, context.RequestAborted);
        if (!left && await FloodedAsync(context, reader) is { } flood) return flood;
        if (program)
            return left
                ? Results.Text("You have left the newsletter.\n")
                : Results.Text("This link is not whole.\n", statusCode: StatusCodes.Status400BadRequest);
        return SeeOther(left ? "/newsletter/left" : $"/newsletter/leave?key={Uri.EscapeDataString(key ?? "")}");
    }

    private static async ValueTask<IResult?> FloodedAsync(HttpContext context, Reader reader)
    {
        context.NeverKeep();
        if (await reader.FloodAsync(context) is not { } wait) return null;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Onward by GET, whatever came.</summary>
    private static Onward SeeOther(string address) => new Onward(address);

    private static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true;

    private static string Fault(string address) => address.Length == 0 ? Texts.Now["newsletter.wrong.empty"]
        : address.Length > Subscriber.LongestAddress ? Texts.Now.Say("newsletter.wrong.long", ("n", Subscriber.LongestAddress))
        : Texts.Now["newsletter.wrong"];

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignUps));

    private static string Clipped(string typed) => typed.Length <= 1000 ? typed : typed[..1000];

    private sealed class Onward(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }

    /// <summary>The page with the form again, as it was filled in. (The page itself is the same for everyone, and has no room for
    /// what one reader typed.)</summary>
    private sealed class Again(NewsletterForm form, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            var view = new ViewResult
            {
                ViewName = "/Pages/Shared/_NewsletterAgain.cshtml",
                ViewData = new ViewDataDictionary(
                    httpContext.RequestServices.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
                {
                    Model = form,
                },
            };
            return view.ExecuteResultAsync(new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor()));
        }
    }
}
