using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Api;

/// <summary>The OpenAPI document: shapes from the records, all words from <see cref="Call"/>, kept like a page.</summary>
internal static class Description
{
    public const string Document = "v1";

    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<Call>().Any();
        options.AddDocumentTransformer(Head);
        options.AddOperationTransformer(Operation);
    }

    public static async Task<IResult> AnswerAsync(
        HttpContext context, ApiCopy copy, [FromKeyedServices(Document)] IOpenApiDocumentProvider documents, CancellationToken cancel)
    {
        if (new ApiQuery(context, Call.Description, copy).Problem is { } problem) return problem;
        var document = await documents.GetOpenApiDocumentAsync(cancel);
        return Answers.Kept(context, JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel)));
    }

    private static Task Head(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var (site, copy) = (context.ApplicationServices.GetRequiredService<SiteSnapshot.Current>().Now.Site,
            context.ApplicationServices.GetRequiredService<ApiCopy>());
        document.Info = new OpenApiInfo
        {
            Title = site.Name,
            Version = Document,
            Description = "What readers of this paper see, for programs. It can only be read, needs no key, and may be asked from any web "
                + "page. Times are UTC; addresses are absolute.",
        };
        // The paper's own address, never the one by which somebody came.
        document.Servers = [new OpenApiServer { Url = copy.Site }];
        document.Tags?.Clear();
        return Task.CompletedTask;
    }

    private static Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var call = context.Description.ActionDescriptor.EndpointMetadata.OfType<Call>().Single();
        (operation.OperationId, operation.Summary, operation.Description) = (call.Name, call.Title, call.About);
        operation.Tags?.Clear();
        operation.Parameters = [.. call.Parameters.Select(p => (IOpenApiParameter)new OpenApiParameter
        {
            Name = p.Name,
            Description = p.About,
            In = p.InPath ? ParameterLocation.Path : ParameterLocation.Query,
            Required = p.InPath,
            Schema = Schema(p),
        })];
        return Task.CompletedTask;
    }

    private static OpenApiSchema Schema(Parameter p) => new()
    {
        Type = p.Most is null && p != Parameter.Id && p != Parameter.Number ? JsonSchemaType.String : JsonSchemaType.Integer,
        Format = p.IsDay ? "date" : null,
        Enum = p.Choices is { } choices ? [.. choices.Select(c => (JsonNode)c)] : null,
        Minimum = p.Most is null ? null : "1",
        Maximum = p.Most?.ToString(CultureInfo.InvariantCulture),
        Default = p == Parameter.Limit ? Parameter.UsualLines : null,
        MaxLength = p.Longest,
    };
}
