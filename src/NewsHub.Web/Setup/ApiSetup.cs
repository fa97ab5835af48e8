using System.Text.Json.Serialization;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Api;
using NewsHub.Web.Webhooks;

namespace NewsHub.Web.Setup;

/// <summary>What programs elsewhere read here (what holds for every answer below <c>/api/</c>), and what they are told by webhooks.</summary>
internal static class ApiSetup
{
    public static void AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiCopy>();
        builder.Services.AddSingleton<HookSecret>();
        builder.Services.AddScoped<DeliveryBook>();
        builder.Services.AddScoped<Parcel>();
        builder.Services.AddScoped<Courier>();
        // For the description: numbers are numbers.
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi(Description.Document, Description.Describe);
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        // HEAD comes as GET: HeadAnswers.
        Answers<Lines<StoryEntry>>(Call.Stories, StoryCalls.ListAsync);
        Answers<WholeStory>(Call.Story, StoryCalls.OneAsync).Produces<Withdrawal>(StatusCodes.Status410Gone, Problems.ContentType);
        Answers<Lines<EditionEntry>>(Call.Editions, PaperCalls.EditionsAsync);
        Answers<EditionFront>(Call.Edition, PaperCalls.EditionAsync);
        Answers<Lines<SectionEntry>>(Call.Sections, PaperCalls.Sections);
        Answers<AuthorEntry>(Call.Author, PaperCalls.AuthorAsync);
        Answers<TagEntry>(Call.Tag, PaperCalls.TagAsync);
        Answers<RatesAnswer>(Call.Rates, PaperCalls.Rates);
        Answers<SearchAnswer>(Call.Search, SearchCall.AnswerAsync);
        app.MapGet("/api/try/{name}", TryCall.Lead).ExcludeFromDescription();
        app.MapGet(Call.Root + Call.Description.Route, Description.AnswerAsync).ExcludeFromDescription();

        RouteHandlerBuilder Answers<T>(Call call, Delegate answer)
        {
            var route = app.MapGet(Call.Root + call.Route, answer).WithMetadata(call).Produces<T>().Produces<Problem>(StatusCodes.Status400BadRequest, Problems.ContentType);
            return call.Parameters.Any(p => p.InPath) ? route.Produces<Problem>(StatusCodes.Status404NotFound, Problems.ContentType) : route;
        }
    }

    /// <summary>Goes inside the notices, which are pages, and outside whatever may fail: below <c>/api/</c> a problem is told to a program.</summary>
    public static void UseApi(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!IsBelow(context.Request.Path))
        {
            await next(context);
            return;
        }
        var response = context.Response;
        // Browsers ask beforehand whether another site's page may read here. It may.
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers.Allow = NewsHeaders.ApiMethods;
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is not OperationCanceledException && !response.HasStarted)
        {
            app.Logger.LogError(e, "A call of the API failed.");
            response.Clear();
            response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || response.ContentLength is not null) return;
        if (response.StatusCode is StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = NewsHeaders.ApiMethods;
        await Problems.Of(response.StatusCode, Problems.Sentence(response.StatusCode)).ExecuteAsync(context);
    });

    public static bool IsBelow(PathString path) => path.StartsWithSegments("/api", out var rest) && rest.HasValue && rest.Value!.Length > 1;
}
