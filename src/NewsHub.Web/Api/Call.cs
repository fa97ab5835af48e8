using NewsHub.Web.Http;
namespace NewsHub.Web.Api;

/// <summary>One thing that the read API answers. Whatever is said about it anywhere is said here.</summary>
/// <param name="Route">Behind <see cref="Root"/>.</param>
/// <param name="Name">A word, for programs.</param>
/// <param name="Title">A heading, for people.</param>
internal sealed record Call(string Route, string Name, string Title, string About, params IReadOnlyList<Parameter> Parameters)
{
    public const string Root = ApiPath.Root;

    public static readonly Call Stories = new("/stories", "listStories", "Stories", "The newest stories. Filters narrow one another.",
        Parameter.Section, Parameter.Kind, Parameter.Author, Parameter.Tag, Parameter.Limit, Parameter.After);

    public static readonly Call Story = new(
        "/stories/{id}", "getStory", "One story",
        "A story with its text, its pictures, its corrections. One that was withdrawn answers 410 with the notice.", Parameter.Id);

    public static readonly Call Editions = new(
        "/editions", "listEditions", "Editions", "The published editions, newest first.", Parameter.Limit, Parameter.After);

    public static readonly Call Edition = new(
        "/editions/{number}", "getEdition", "One edition", "An edition with every story on its front, in order.", Parameter.Number);

    public static readonly Call Sections = new("/sections", "listSections", "Sections", "The sections, in the paper's order.");

    public static readonly Call Author = new(
        "/authors/{slug}", "getAuthor", "One author", "Who somebody is who has signed stories of this paper.", Parameter.Slug);

    public static readonly Call Tag = new("/tags/{slug}", "getTag", "One tag", "A subject that stories carry.", Parameter.Slug);

    public static readonly Call Rates = new("/rates", "getRates", "Exchange rates",
        "The last good rates, each with its day and its source. What a publisher does not let us hand on is left out.");

    public static readonly Call Search = new("/search", "search", "Search", "The whole paper, by its words.",
        Parameter.Q, Parameter.Section, Parameter.Kind, Parameter.Author, Parameter.From, Parameter.To, Parameter.Order, Parameter.Limit,
        Parameter.After);

    public static readonly Call Description = new(
        "/openapi.json", "getDescription", "The description", "This interface, described for programs (OpenAPI 3.1).");

    public static readonly IReadOnlyList<Call> All = [Stories, Story, Editions, Edition, Sections, Author, Tag, Rates, Search];

    public IEnumerable<Parameter> Query => Parameters.Where(p => !p.InPath);
}
