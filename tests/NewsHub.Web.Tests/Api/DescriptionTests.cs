using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using NewsHub.Web.Api;

namespace NewsHub.Web.Tests.Api;

/// <summary>The interface as it is described: to programs, and to people.</summary>
public sealed class DescriptionTests : IAsyncDisposable
{
    private readonly ApiRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task The_document_describes_every_call_and_every_parameter_and_names_the_papers_own_address()
    {
        var document = await _room.JsonAsync("/api/v1/openapi.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(ApiRoom.Site, document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal("The Lantern", document.GetProperty("info").GetProperty("title").GetString());
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("get"));
        Assert.Equal(Call.All.Select(c => Call.Root + c.Route).Order(), paths.Keys.Order());
        foreach (var call in Call.All)
        {
            var get = paths[Call.Root + call.Route];
            var described = get.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Select(p => p.GetProperty("name").GetString()!).ToArray()
                : [];
            Assert.Equal(call.Parameters.Select(p => p.Name), described);
            Assert.Equal(call.Name, get.GetProperty("operationId").GetString());
            Assert.False(get.TryGetProperty("tags", out _), "It names a class of ours.");
        }
        // A number is a number, not a text that might be one.
        var rate = document.GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("RateEntry")
            .GetProperty("properties")
            .GetProperty("rate");
        Assert.Equal("number", rate.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Each_form_of_the_page_leads_to_an_answer_without_a_script()
    {
        var page = await _room.App.ParseAsync("/api");
        Assert.Equal("/api/v1/openapi.json", page.QuerySelector("link[rel=service-desc]")?.GetAttribute("href"));
        var forms = page.QuerySelectorAll<IHtmlFormElement>("form.try").ToList();
        Assert.Equal(Call.All.Count, forms.Count);
        foreach (var form in forms)
        {
            var fields = form.QuerySelectorAll("input, select").Select(f => (
                Name: f.GetAttribute("name")!, Value: f is IHtmlSelectElement s ? s.Value ?? "" : f.GetAttribute("value") ?? ""))
                .Select(
                    f => f.Name == "q" ? (f.Name, Value: "boats") : f.Name == "slug" && f.Value.Length == 0 ? (f.Name, Value: "boats") : f);
            var address =
                $"{form.GetAttribute("action")}?{string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"))}";
            var answer = await _room.App.GetAsync(address);
            if (answer.Status is HttpStatusCode.Redirect) answer = await _room.App.GetAsync(answer.Header("Location")!);
            Assert.True(answer.Status is HttpStatusCode.OK, $"{address} answered {(int)answer.Status}: {answer.Text}");
        }
        await _room.ProblemAsync("/api/try/getStory");
        await _room.ProblemAsync("/api/try/nothing?id=1", HttpStatusCode.NotFound);
        Assert.Equal("/api/v1/stories/..%2F..%2Fadmin", (await _room.App.GetAsync("/api/try/getStory?id=../../admin")).Header("Location"));
    }
}
