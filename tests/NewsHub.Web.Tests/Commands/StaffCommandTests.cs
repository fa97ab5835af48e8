using System.Net;

namespace NewsHub.Web.Tests.Commands;

[NeedsProcess]
public sealed class StaffCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-staff-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<Program.Outcome> AddAsync(params string[] words) => Program.RunAsync(
        ["staff", "add", .. words, "--data", Data], new Dictionary<string, string> { ["Site__Url"] = "https://lantern.example" });

    [Fact]
    public async Task An_added_account_s_link_opens_on_a_running_paper_and_closes_the_set_up()
    {
        var added = await AddAsync("--email", "ada@example.org", "--name", "Ada Obi", "--role", "administrator");
        Assert.Equal((0, ""), (added.Code, added.Errors));
        var link = new Uri(added.Output.Split('\n')[1]);
        Assert.Equal("https://lantern.example/admin/join", link.GetLeftPart(UriPartial.Path));
        using var paper = new MadeUpPaper();
        using var serving = await Program.ServeAsync(Data, paper.Folder);
        var page = await serving.GetAsync(link.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Welcome, Ada Obi", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await serving.GetAsync(link.PathAndQuery[..^4])).Status);
    }

    [Fact]
    public async Task A_password_is_read_from_standard_input_and_keeps_the_rules()
    {
        string[] words =
            ["staff", "add", "--email", "ada@example.org", "--name", "Ada Obi", "--role", "editor", "--password-stdin", "--data", Data];
        var easy = await Program.RunAsync(words, input: "password1234\n");
        Assert.Equal((1, ""), (easy.Code, easy.Output));
        Assert.Contains("too common", easy.Errors, StringComparison.Ordinal);
        var good = await Program.RunAsync(words, input: "seven kettles on a pier\n");
        Assert.Equal((0, "Ada Obi can sign in as ada@example.org.\n", ""), (good.Code, good.Output, good.Errors));
        var twice = await AddAsync("--email", "ADA@example.org", "--name", "ada obi", "--role", "editor");
        Assert.Equal(1, twice.Code);
        Assert.Equal([
            "The name ada obi is already used. Names must be unique in the audit log.",
            "There is already an account with this address.",
        ], twice.Errors.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("staff", 2)]
    [InlineData("staff add", 2)]
    [InlineData("staff add --email a@example.org --name A", 2)]
    [InlineData("staff add --email a@example.org --name A --role king", 2)]
    [InlineData("staff add --email a@example.org --name A --role editor --pasword-stdin", 2)]
    [InlineData("staff add --email nowhere --name A --role editor", 1)]
    [InlineData("staff add --email a@example.org --name importer --role editor", 1)]
    public async Task What_cannot_be_is_said_in_a_sentence(string words, int code)
    {
        var outcome = await Program.RunAsync(
            words.Split(' '), new Dictionary<string, string> { ["Data__Folder"] = Data }, _folder.FullName);
        Assert.Equal(code, outcome.Code);
        Assert.NotEqual("", outcome.Errors.Trim());
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }
}
