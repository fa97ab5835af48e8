using System.Net;
using Microsoft.Data.Sqlite;

namespace NewsHub.Web.Tests.Commands;

[NeedsProcess]
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-commands-");

    private string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Help_names_every_verb_and_succeeds()
    {
        var help = await Program.RunAsync(["--help"], folder: _folder.FullName);
        Assert.Equal((0, ""), (help.Code, help.Errors));
        foreach (var command in new[] { "serve", "import", "export", "backup", "restore", "move", "media", "seed", "--urls" })
            Assert.Contains(command, help.Output, StringComparison.Ordinal);
        var import = await Program.RunAsync(["import", "--help"], folder: _folder.FullName);
        Assert.Equal(0, import.Code);
        Assert.Contains("--dry-run", import.Output, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("imprt")]
    [InlineData("imprt content --dry-run")]
    [InlineData("serve now")]
    [InlineData("import")]
    [InlineData("import a b")]
    [InlineData("export")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("restore x --forse")]
    [InlineData("move")]
    [InlineData("move data")]
    [InlineData("seed")]
    [InlineData("seed --stories none")]
    [InlineData("seed --stories 0")]
    [InlineData("seed --stories -5")]
    [InlineData("import x --dry")]
    public async Task Words_that_are_not_understood_end_with_2_and_a_sentence_and_start_nothing(string words)
    {
        var outcome = await Program.RunAsync(words.Split(' '),
            new Dictionary<string, string> { ["Data__Folder"] = At("data"), ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, _folder.FullName);
        Assert.Equal(2, outcome.Code);
        Assert.NotEqual("", outcome.Errors.Trim());
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Importing_again_changes_nothing()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        var first = await Program.RunAsync(["import", made.Folder, "--data", At("data")]);
        Assert.Equal((0, "5 new, 0 changed, 0 unchanged, 0 with problems.\n", ""), (first.Code, first.Output, first.Errors));
        var again = await Program.RunAsync(["import", made.Folder, "--data", At("data")]);
        Assert.Equal((0, "0 new, 0 changed, 5 unchanged, 0 with problems.\n", ""), (again.Code, again.Output, again.Errors));
    }

    [Fact]
    public async Task A_bad_file_is_named_with_its_line_and_the_others_come_in()
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back")
            .Story("2025-06-29", "nets", "Nets", "kicker: [not, one]\ncolour: blue\nupdated: yesterday", "# Too loud\n\n![x](gone.jpg)")
            .Write("stories/2025-06-28-torn.md", "---\nheadline: \"Torn\n").Write("editions/001.json",
                """{ "number": 0, "date": "2025-06-30", "title": "T", "slots": [{ "place": "middle", "story": "gone" }] }""");
        var import = await Program.RunAsync(["import", made.Folder, "--data", At("data")]);
        Assert.Equal(1, import.Code);
        Assert.Equal("4 new, 0 changed, 0 unchanged, 3 with problems.\n", import.Output);
        foreach (var line in new[]
        {
            "stories/2025-06-29-nets.md:9: kicker: ", "stories/2025-06-29-nets.md:10: colour: ", "stories/2025-06-29-nets.md:11: updated: ",
            "stories/2025-06-28-torn.md:", "editions/001.json:",
        })
            Assert.Contains(line, import.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", import.Errors, StringComparison.Ordinal);
        using var serving = await Program.ServeAsync(At("data"), made.Folder);
        Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync("/harbour/2025/06/30/boats")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await serving.GetAsync("/harbour/2025/06/29/nets")).Status);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_keeps_nothing()
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back")
            .Story("2025-06-29", "nets", "Nets", "colour: blue");
        var rehearsal = await Program.RunAsync(["import", made.Folder, "--dry-run", "--data", At("data")]);
        Assert.Equal(1, rehearsal.Code);
        Assert.Equal("Dry run, nothing kept: 4 new, 0 changed, 0 unchanged, 1 with problems.\n", rehearsal.Output);
        Assert.StartsWith("stories/2025-06-29-nets.md:9: colour: ", rehearsal.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("Stories"));
        Assert.Equal(0, await CountAsync("Sites"));
        Assert.False(Directory.Exists(Path.Combine(At("data"), "media")));
    }

    [Fact]
    public async Task A_dry_run_waits_for_no_writer_and_lets_none_wait()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        Assert.Equal(0, (await Program.RunAsync(["import", made.Folder, "--data", At("data")])).Code);
        made.Story("2025-06-30", "boats", "Boats are gone").Story("2025-06-29", "nets", "Nets");
        Directory.CreateDirectory(At("temp"));
        await using var writer = new SqliteConnection($"Data Source={Path.Combine(At("data"), "news.db")};Pooling=False");
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        // Another process is in the midst of writing: an import would wait for it until it gives up.
        await using var writing = writer.BeginTransaction();
        var rehearsal = await Program.RunAsync(
            ["import", made.Folder, "--dry-run", "--data", At("data")], new Dictionary<string, string> { ["TMPDIR"] = At("temp") });
        Assert.Equal((0, "Dry run, nothing kept: 1 new, 1 changed, 3 unchanged, 0 with problems.\n", ""),
            (rehearsal.Code, rehearsal.Output, rehearsal.Errors));
        Assert.Empty(Directory.GetFileSystemEntries(At("temp")));
        await writing.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync("Stories"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public async Task A_folder_that_is_missing_or_no_content_folder_is_refused_with_a_sentence(string name)
    {
        if (name == "empty") Directory.CreateDirectory(At(name));
        var import = await Program.RunAsync(["import", At(name), "--data", At("data")]);
        Assert.Equal(1, import.Code);
        Assert.Contains(At(name), import.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", import.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_refused_with_a_sentence()
    {
        File.WriteAllText(At("file"), "not a folder");
        foreach (var words in new[]
        {
            ["seed", "--stories", "1", "--data", At("file")],
            new[] { $"--Data:Folder={At("file")}", "--urls", "http://127.0.0.1:0" },
        })
        {
            var outcome = await Program.RunAsync(words);
            Assert.Equal(1, outcome.Code);
            Assert.Contains(At("file"), outcome.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Exported_and_imported_elsewhere_the_sample_paper_exports_to_the_same_bytes_as_before()
    {
        var import = await Program.RunAsync(["import", Repository.Content, "--data", At("one")]);
        Assert.Equal((0, ""), (import.Code, import.Errors));
        Assert.Equal(0, (await Program.RunAsync(["export", At("out-one"), "--data", At("one")])).Code);
        var elsewhere = await Program.RunAsync(["import", At("out-one"), "--data", At("two")]);
        Assert.Equal((0, ""), (elsewhere.Code, elsewhere.Errors));
        Assert.Equal(0, (await Program.RunAsync(["export", At("out-two"), "--data", At("two")])).Code);
        var (one, two) = (FilesOf(At("out-one")), FilesOf(At("out-two")));
        Assert.Equal(one.Keys.Order(), two.Keys.Order());
        Assert.Empty(one.Where(f => !f.Value.AsSpan().SequenceEqual(two[f.Key])).Select(f => f.Key));
        foreach (var folder in new[] { "stories", "editions" })
            Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Content, folder)).Length,
                Directory.GetFiles(Path.Combine(At("out-one"), folder)).Length);
        // Nothing to take in: an export is read back as what it came from.
        var again = await Program.RunAsync(["import", At("out-one"), "--data", At("two")]);
        Assert.StartsWith("0 new, 0 changed, ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seeded_stories_are_a_paper_that_can_be_read()
    {
        var seed = await Program.RunAsync(["seed", "--stories", "200", "--data", At("data")]);
        Assert.Equal((0, ""), (seed.Code, seed.Errors));
        Assert.StartsWith("200 stories in ", seed.Output, StringComparison.Ordinal);
        Assert.Equal(200, await CountAsync("Stories"));
        using var serving = await Program.ServeAsync(At("data"), At("no-content"));
        var front = await serving.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, front.Status);
        Assert.Null(front.Page.QuerySelector(".empty"));
        foreach (var link in front.Page.QuerySelectorAll("main .headline a").Take(5))
            Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync(link.GetAttribute("href")!)).Status);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_paper()
    {
        await Program.RunAsync(["seed", "--stories", "50", "--seed", "7", "--data", At("one")]);
        await Program.RunAsync(["seed", "--stories", "50", "--seed", "7", "--data", At("two")]);
        await Program.RunAsync(["seed", "--stories", "50", "--seed", "8", "--data", At("three")]);
        var (one, two, three) = (await HeadlinesAsync("one"), await HeadlinesAsync("two"), await HeadlinesAsync("three"));
        Assert.Equal(one, two);
        Assert.NotEqual(one, three);
    }

    [Theory]
    [InlineData]
    [InlineData("serve")]
    public async Task Serving_fills_an_empty_store_prints_the_address_and_stops_when_told(params string[] words)
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        using var serving = await Program.ServeAsync(At("data"), made.Folder, words);
        Assert.Contains("Boats are back", (await serving.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.NotEqual(0, serving.Address.Port);
        if (!OperatingSystem.IsWindows()) Assert.Equal(0, await serving.StopAsync());
    }

    [Fact]
    public async Task Two_servers_and_an_importer_on_one_data_folder_are_safe()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        // Both at once, on a store that is not there yet.
        var both = await Task.WhenAll(Program.ServeAsync(At("data"), made.Folder), Program.ServeAsync(At("data"), made.Folder));
        using var one = both[0];
        using var two = both[1];
        made.Story("2025-07-01", "nets", "Nets are out");
        var import = await Program.RunAsync(["import", made.Folder, "--data", At("data")]);
        Assert.Equal((0, ""), (import.Code, import.Errors));
        foreach (var server in both)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/harbour/2025/06/30/boats")).Status);
            await NewsHubApp.EventuallyAsync(
                async () => (await server.GetAsync("/")).Text.Contains("Nets are out", StringComparison.Ordinal),
                "both servers show what was imported");
        }
        Assert.Equal(2, await CountAsync("Stories"));
        Assert.Equal("ok", await AskAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task The_environment_names_the_data_folder_and_nothing_is_written_elsewhere()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        var before = FilesOf(made.Folder).Keys.Order().ToList();
        foreach (var folder in new[] { "here", "home", "temp" }) Directory.CreateDirectory(At(folder));
        var environment = new Dictionary<string, string>
        {
            ["Data__Folder"] = At("data"),
            ["HOME"] = At("home"),
            ["TMPDIR"] = At("temp"),
            ["XDG_DATA_HOME"] = At("home"),
            ["XDG_CACHE_HOME"] = At("home"),
        };
        var import = await Program.RunAsync(["import", made.Folder], environment, At("here"));
        Assert.Equal((0, ""), (import.Code, import.Errors));
        Assert.Equal(1, await CountAsync("Stories"));
        Assert.Equal(0, (await Program.RunAsync(["export", At("out")], environment, At("here"))).Code);
        Assert.True(File.Exists(Path.Combine(At("out"), "stories", "2025-06-30-boats.md")));
        foreach (var folder in new[] { "here", "home", "temp" })
            Assert.Empty(Directory.GetFileSystemEntries(At(folder), "*", SearchOption.AllDirectories));
        Assert.Equal(before, FilesOf(made.Folder).Keys.Order());
    }

    private static Dictionary<string, byte[]> FilesOf(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllBytes);

    private async Task<long> CountAsync(string table) => (long)(await AskAsync($"""SELECT COUNT(*) FROM "{table}" """))!;

    private async Task<List<string>> HeadlinesAsync(string data)
    {
        var text = (string)(await AskAsync("""SELECT group_concat("Address", ' ') FROM (SELECT substr("Address", instr(substr("Address", """
            + """2), '/') + 12) AS "Address" FROM "Stories" ORDER BY "Id")""", data))!;
        return [.. text.Split(' ')];
    }

    private async Task<object?> AskAsync(string sql, string data = "data")
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(At(data), "news.db")};Pooling=False");
        await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = store.CreateCommand();
#pragma warning disable CA2100 // The tests' own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
