using System.Text.Json.Serialization;
using NewsHub.Core.Store;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Api;
using NewsHub.Web.Http;
using NewsHub.Web.Webhooks;

namespace NewsHub.Web.Setup;

/// <summary>What programs elsewhere read here (what holds for every answer below <c>/api/</c>), and what they are
/// told by webhooks.</summary>
internal static class ApiSetup
{
    public static void AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiCopy>();
        builder.Services.AddSingleton<HookSecret>();
        builder.Services.AddScoped<DeliveryQueue>();
        builder.Services.AddScoped<WebhookPayload>();
        builder.Services.AddScoped<WebhookSender>();
        // For the description: numbers are numbers.
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi(Description.Document, Description.Describe);
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        Describe<Lines<StoryEntry>>(Call.Stories, app.MapGet(Call.Root + Call.Stories.Route, StoryCalls.ListAsync));
        Describe<WholeStory>(Call.Story, app.MapGet(Call.Root + Call.Story.Route, StoryCalls.OneAsync)).Produces<Withdrawal>(
            StatusCodes.Status410Gone, Problems.ContentType);
        Describe<Lines<EditionEntry>>(Call.Editions, app.MapGet(Call.Root + Call.Editions.Route, PaperCalls.EditionsAsync));
        Describe<EditionFront>(Call.Edition, app.MapGet(Call.Root + Call.Edition.Route, PaperCalls.EditionAsync));
        Describe<Lines<SectionEntry>>(Call.Sections, app.MapGet(Call.Root + Call.Sections.Route, PaperCalls.Sections));
        Describe<AuthorEntry>(Call.Author, app.MapGet(Call.Root + Call.Author.Route, PaperCalls.AuthorAsync));
        Describe<TagEntry>(Call.Tag, app.MapGet(Call.Root + Call.Tag.Route, PaperCalls.TagAsync));
        Describe<RatesAnswer>(Call.Rates, app.MapGet(Call.Root + Call.Rates.Route, PaperCalls.Rates));
        Describe<SearchAnswer>(Call.Search, app.MapGet(Call.Root + Call.Search.Route, SearchCall.AnswerAsync))
            .Produces<Problem>(StatusCodes.Status429TooManyRequests, Problems.ContentType);
        app.MapGet("/api/try/{name}", TryCall.Lead).ExcludeFromDescription();
        app.MapGet(Call.Root + Call.Description.Route, Description.AnswerAsync).ExcludeFromDescription();

        static RouteHandlerBuilder Describe<T>(Call call, RouteHandlerBuilder route)
        {
            route.WithMetadata(call).Produces<T>().Produces<Problem>(StatusCodes.Status400BadRequest, Problems.ContentType);
            return call.Parameters.Any(p => p.InPath)
                ? route.Produces<Problem>(StatusCodes.Status404NotFound, Problems.ContentType)
                : route;
        }
    }

    /// <summary>Goes inside the notices, which are pages, and outside whatever may fail: below <c>/api/</c> a problem
    /// is told to a program.</summary>
    public static void UseApi(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!ApiPath.IsBelow(context.Request.Path))
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
        catch (Exception e) when (StorageFailure.Of(e) is not null && !response.HasStarted)
        {
            app.Logger.LogError(e, "A call of the API could not be answered.");
            response.Clear();
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = Unkept.RetryAfter;
        }
        catch (Exception e) when (e is not OperationCanceledException && !response.HasStarted)
        {
            app.Logger.LogError(e, "A call of the API failed.");
            response.Clear();
            response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || response.ContentLength is not null)
            return;
        if (response.StatusCode is StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = NewsHeaders.ApiMethods;
        await Problems.Of(response.StatusCode, Problems.Sentence(response.StatusCode)).ExecuteAsync(context);
    });
}
