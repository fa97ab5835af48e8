using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Transfer;
using NewsHub.Web.Setup;
using Spectre.Console;

namespace NewsHub.Web.Commands;

/// <summary>The command line. Exit codes: 0 done, 1 refused or failed with a sentence, 2 the words were not understood.</summary>
internal static partial class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("E-News: a newspaper in a box. Without a command it serves the paper.");
        var serve = Serve(
            "serve", "Serve the paper (the default). Settings may be given as --Name:Part=value, or in the environment as Name__Part.");
        root.Subcommands.Add(serve);
        root.Subcommands.Add(Import());
        root.Subcommands.Add(Export());
        root.Subcommands.Add(BackUp());
        root.Subcommands.Add(Restore());
        root.Subcommands.Add(Move());
        root.Subcommands.Add(Seed());
        root.Subcommands.Add(Staff());
        root.Subcommands.Add(Rates());
        root.Subcommands.Add(Search());
        root.Subcommands.Add(Media());
        MakeServe(root);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Longer than the host takes to see its accepted requests through.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(45),
            });
        }
        catch (Exception e) when (e is StoreException or SettingsException or RefusedException or IOException or UnauthorizedAccessException
            or UriFormatException or DbException or DbUpdateException)
        {
            await Console.Error.WriteLineAsync(Sentence(e));
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was done up to here is kept; run it again to go on.");
            return 1;
        }
        catch (Exception e) when (e is not HostAbortedException)
        {
            // A fault of ours: one line for whoever typed the command, the whole story for whoever mends it.
            var whole = Environment.GetEnvironmentVariable("NEWSHUB_TRACE") is not null;
            await Console.Error.WriteLineAsync(
                whole ? e.ToString() : $"This should not have happened: {e.GetType().Name}: {e.Message} (NEWSHUB_TRACE=1 tells where.)");
            return 1;
        }
    }

    /// <summary>What is said of a failure: our own sentence where there is one, else what the machine's error
    /// means, and where it was.</summary>
    private static string Sentence(Exception e)
    {
        if (e is StoreException or SettingsException or RefusedException || StorageFailure.Of(e) is not { } failure)
            return (e is DbUpdateException { InnerException: { } cause } ? cause : e).Message;
        return e is IOException or UnauthorizedAccessException
            ? $"{failure.Sentence} ({e.Message})"
            : $"{failure.Sentence} {failure.Remedy}";
    }

    private static Command Serve(string name, string description)
    {
        var serve = new Command(name, description);
        MakeServe(serve);
        return serve;
    }

    private static void MakeServe(Command command)
    {
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen at, separated by semicolons (default http://localhost:5080; also ASPNETCORE_URLS).",
        };
        var data = DataOption();
        command.Options.Add(urls);
        command.Options.Add(data);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancel) =>
        {
            // A word that is no setting is a mistyped command, not something to start a server for.
            if (parsed.UnmatchedTokens
                .Where((word, i) => !IsSetting(word) && (i == 0 || !TakesNext(parsed.UnmatchedTokens[i - 1])))
                .FirstOrDefault() is { } stray)
            {
                await Console.Error.WriteLineAsync($"'{stray}' is no command of this program. See --help.");
                return 2;
            }
            string[] settings =
            [
                .. parsed.UnmatchedTokens,
                .. parsed.GetValue(urls) is { } at ? [$"--urls={at}"] : Array.Empty<string>(),
                .. parsed.GetValue(data) is { } folder ? [$"--Data:Folder={folder}"] : Array.Empty<string>(),
            ];
            return await ServeAsync(settings, cancel);
        });

        static bool IsSetting(string word) => word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal);

        // “--Name value”, in two words.
        static bool TakesNext(string word) =>
            word.StartsWith("--", StringComparison.Ordinal) && !word.Contains('=', StringComparison.Ordinal);
    }

    private static async Task<int> ServeAsync(string[] settings, CancellationToken cancel)
    {
        var builder = WebApp.CreateBuilder(settings);
        StartChecks.Addresses(builder.Configuration);
        var said = StartChecks.DataFolder(builder.Configuration);
        StartChecks.Store(builder.Configuration);
        var app = WebApp.Build(builder);
        if (said is not null) app.Logger.LogWarning("{Sentence}", said);
        var clock = Stopwatch.StartNew();
        await using var hold = await app.Services.OpenStoreAsync(cancel);
        var imported = await app.Services.FillStoreAsync(cancel);
        var isNew = await app.Services.HasNoAdministratorAsync(cancel);
        app.Lifetime.ApplicationStarted.Register(() => Welcome(app, imported, isNew, clock.Elapsed));
        await app.RunAsync(cancel);
        return 0;
    }

    private static void Welcome(WebApplication app, ImportResult? imported, bool isNew, TimeSpan took)
    {
        var paper = app.Services.GetRequiredService<SiteSnapshot.Current>().Now;
        var edition = paper.LatestEdition;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var folders = app.Services.GetRequiredService<Folders>();
        if (imported is not null)
        {
            app.Logger.LogInformation("Imported {Files} files from {Folder}", imported.New + imported.Changed, folders.Content);
            foreach (var problem in imported.Problems) app.Logger.LogWarning("Not imported: {Problem}", problem.ToString());
        }
        app.Logger.LogInformation("The paper is ready after {Milliseconds} ms.", (long)took.TotalMilliseconds);
        var latest = edition is null
            ? "There is no edition yet."
            : FormattableString.Invariant($"Latest edition: No. {edition.Number}, {edition.Date:d MMMM yyyy}, “{edition.Title}”");
        var newsroom = isNew
            ? "The newsroom has no administrator yet. This link makes the first one, once:\n"
                + $"  {address}{app.Services.GetRequiredService<Areas.Admin.SignIn.SetUpKey>().Path}"
            : $"The newsroom is at {address}/admin";
        var store = app.Services.GetRequiredService<IStoreProvider>();
        var objects = app.Services.GetService<S3MediaStore>()?.Place;
        var kept = store is SqliteProvider && objects is null
            ? $"The store and the pictures are in {folders.Data}"
            : $"The store is in {(store is SqliteProvider ? folders.Data : store.Name)}, "
                + $"the pictures are in {(objects is null ? folders.Data : $"the {objects}")}";
        Console.WriteLine($"""

              {paper.Site.Name} is at {address}
              {latest}

              {newsroom}

              {kept}
              Write stories there, or as files (content/README.md tells how): NewsHub.Web import PATH
              All commands: --help. Stop with Ctrl+C.

            """);
    }

    private static Command Import()
    {
        var path = new Argument<string>("path") { Description = "A content folder; content/README.md tells its form." };
        var dryRun =
            new Option<bool>("--dry-run") { Description = "Read and check everything, keep nothing. It runs on a copy of the store." };
        var command = new Command("import", "Read a content folder into the store. May be run again: what has not changed is left alone.")
        {
            path,
            dryRun,
        };
        return Does(command, async (services, parsed, cancel) =>
        {
            var rehearsal = parsed.GetValue(dryRun);
            // On a copy: whoever writes to the store meanwhile need not wait for a rehearsal.
            var store = services.GetRequiredService<IStoreProvider>();
            await using var scratch = rehearsal ? await ScratchStore.CopyAsync(store, cancel) : null;
            var importer = scratch is null
                ? services.GetRequiredService<Importer>()
                : ActivatorUtilities.CreateInstance<Importer>(services, scratch.Db);
            var result = await WithProgressAsync("Importing", p => importer.RunAsync(parsed.GetValue(path)!, rehearsal, p, cancel));
            foreach (var problem in result.Problems) await Console.Error.WriteLineAsync(problem.ToString());
            foreach (var notice in result.Notices) await Console.Error.WriteLineAsync($"Note: {notice}");
            var wrong = result.Problems.Select(p => p.File).Distinct().Count();
            Console.WriteLine((rehearsal ? "Dry run, nothing kept: " : "") + FormattableString.Invariant(
                $"{result.New} new, {result.Changed} changed, {result.Unchanged} unchanged, {wrong} with problems."));
            return result.Problems.Count == 0 ? 0 : 1;
        });
    }

    private static Command Export()
    {
        var path = new Argument<string>("path") { Description = "The folder to write; made if need be." };
        return Does(new Command("export", "Write what was published as a content folder, which import reads back.") { path },
            async (services, parsed, cancel) =>
            {
                var files = await WithProgressAsync(
                    "Exporting", p => services.GetRequiredService<Exporter>().RunAsync(parsed.GetValue(path)!, p, cancel));
                Console.WriteLine(FormattableString.Invariant($"{files} files written to {Path.GetFullPath(parsed.GetValue(path)!)}."));
                return 0;
            });
    }

    private static Command Seed()
    {
        var stories = new Option<int>("--stories") { Description = "How many stories to make.", Required = true };
        stories.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && int.TryParse(r.Tokens[0].Value, out var n) && n < 1) r.AddError("--stories must be at least 1.");
        });
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same stories.", DefaultValueFactory = _ => 1 };
        return Does(new Command("seed", "Fill the store with generated stories, to try it under load.") { stories, seed },
            async (services, parsed, cancel) =>
            {
                var watch = Stopwatch.StartNew();
                var made = await WithProgressAsync("Seeding",
                    p => services.GetRequiredService<Seeder>().RunAsync(parsed.GetValue(stories), parsed.GetValue(seed), p, cancel));
                Console.WriteLine(FormattableString.Invariant($"{made} stories in {watch.Elapsed.TotalSeconds:0.0} s."));
                return 0;
            });
    }

    /// <summary>A command that works on the store and ends.</summary>
    /// <param name="opens">False for what handles the store as a file: it is neither made nor brought up to this program.</param>
    private static Command Does(Command command, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> act, bool opens = true)
    {
        var data = DataOption();
        command.Options.Add(data);
        command.SetAction(async (parsed, cancel) =>
        {
            // The root takes settings of any name; a command must not, or a mistyped --dry-run would import in earnest.
            if (parsed.UnmatchedTokens.Count > 0)
            {
                await Console.Error.WriteLineAsync(
                    $"'{parsed.UnmatchedTokens[0]}' is nothing that {command.Name} knows. See {command.Name} --help.");
                return 2;
            }
            string[] settings = parsed.GetValue(data) is { } folder ? [$"--Data:Folder={folder}"] : [];
            var builder = Host.CreateApplicationBuilder(
                new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.AddSettings();
            if (opens && StartChecks.DataFolder(builder.Configuration) is { } said) await Console.Error.WriteLineAsync(said);
            builder.AddStore(patience: 15);
            builder.AddStaff();
            builder.AddRates();
            using var host = builder.Build();
            await using var hold = opens ? await host.Services.OpenStoreAsync(cancel) : null;
            await using var scope = host.Services.CreateAsyncScope();
            return await act(scope.ServiceProvider, parsed, cancel);
        });
        return command;
    }

    private static Option<string?> DataOption() =>
        new("--data") { Description = "The data folder (default: data/ at the repository's root; also Data__Folder)." };

    /// <summary>A bar where somebody watches; silence where the output goes to a file.</summary>
    private static async Task<T> WithProgressAsync<T>(string title, Func<IProgress<ImportProgress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected) return await work(null);
        return await AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(title);
                return await work(new Bar(bar));
            });
    }

    private sealed class Bar(ProgressTask bar) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) =>
            bar.MaxValue(value.Total).Value(value.Done).Description(Markup.Escape(Path.GetFileName(value.File)));
    }
}
