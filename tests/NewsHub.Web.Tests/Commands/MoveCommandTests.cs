
namespace NewsHub.Web.Tests.Commands;

[NeedsProcess]
[Trait("Needs", "time")]
public sealed class MoveCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-move-");
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _connection = $"{await PostgresServer.MakeEmptyDatabaseAsync()};Password=secret";
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.Length > 0) await PostgresServer.DropAsync(_connection);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_paper_goes_to_PostgreSQL_and_back_and_each_time_it_is_said_what_to_do_next()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await DoneAsync(["import", made.Folder]);
        await DoneAsync(["export", At("before")]);
        var there = await DoneAsync(["move", "--to", _connection]);
        Assert.Contains(" rows copied from the file ", there, StringComparison.Ordinal);
        Assert.Contains("Set Store:Postgres", there, StringComparison.Ordinal);
        Assert.Contains("is not empty", await RefusedAsync(["move", "--to", _connection]), StringComparison.Ordinal);

        await DoneAsync(["export", At("there")], _connection);
        await DoneAsync(["backup", At("paper.zip")], _connection);
        // A folder stands for the file in it, and that is there already.
        Assert.Contains("already", await RefusedAsync(["move", "--to", At("data")], _connection), StringComparison.Ordinal);
        File.Move(At("data/news.db"), At("old.db"));
        var back = await DoneAsync(["move", "--to", At("data")], _connection);
        Assert.Contains("Take Store:Postgres out of the settings, and start the paper.", back, StringComparison.Ordinal);
        await DoneAsync(["export", At("back")]);
        Assert.Equal(Files("before"), Files("there"));
        // The keys that the database had from its first use lie beside the file.
        Assert.True(File.Exists(At("data/keys/newsletter.key")));
        Assert.Equal(Files("before"), Files("back"));
        await DoneAsync(["restore", At("paper.zip"), "--force"]);
        await DoneAsync(["restore", At("paper.zip"), "--force"], _connection);
    }

    [Fact]
    public async Task What_is_no_connection_string_and_who_does_not_answer_is_told_in_a_sentence()
    {
        using var made = new MadeUpPaper();
        await DoneAsync(["import", made.Folder]);
        foreach (var (to, sentence) in new[]
        {
            ("postgres://news:secret@db.example/news", "An address with postgres:// is not read."),
            ("Host=db.example;Pasword=secret", "it has to be a connection string"),
            ("Host=/nowhere;Database=news;Username=news;Password=secret", "The database does not answer."),
        })
        {
            Assert.Contains(sentence, await RefusedAsync(["move", "--to", to]), StringComparison.Ordinal);
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(At(folder), f), f => Convert.ToBase64String(File.ReadAllBytes(f)));

    private async Task<string> DoneAsync(string[] words, string? postgres = null)
    {
        var outcome = await RunAsync(words, postgres);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        return outcome.Output;
    }

    private async Task<string> RefusedAsync(string[] words, string? postgres = null)
    {
        var outcome = await RunAsync(words, postgres);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        foreach (var never in new[] { "   at ", "should not have happened", "secret" })
            Assert.DoesNotContain(never, outcome.Errors, StringComparison.Ordinal);
        return outcome.Errors;
    }

    private Task<Program.Outcome> RunAsync(string[] words, string? postgres) => Program.RunAsync([.. words, "--data", At("data")],
        postgres is null ? null : new Dictionary<string, string> { ["Store__Postgres"] = postgres });
}
