using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Web.Followers;

namespace NewsHub.Web.Tests;

/// <summary>The rules of the house that no compiler holds.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Core = typeof(NewsDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    [Fact]
    public void Core_knows_nothing_of_ASP_NET_Core() =>
        Assert.Empty(Core.GetReferencedAssemblies()
            .Where(a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            .Select(a => a.Name));

    [Fact]
    public void Time_comes_from_a_TimeProvider_or_a_passed_instant() => Assert.Empty(Offenders(Sources("*.cs", "*.cshtml"), WallClock()));

    [Fact]
    public void Reader_pages_and_the_API_ask_PublishedNews_and_never_the_store()
    {
        var takers = from type in Web.GetTypes()
                     where type.Namespace is { } n
                         && (n is "NewsHub.Web.Pages" or "NewsHub.Web.Api" || n.StartsWith("NewsHub.Web.Pages.", StringComparison.Ordinal))
                     from constructor in type.GetConstructors()
                     from parameter in constructor.GetParameters()
                     where typeof(DbContext).IsAssignableFrom(parameter.ParameterType)
                         || parameter.ParameterType.Namespace == "NewsHub.Core.Store"
                     select $"{type} takes {parameter.ParameterType}";
        Assert.Empty(takers);
        Assert.Empty(Offenders(Sources("*.cs", "*.cshtml").Where(f => f.Name.StartsWith("NewsHub.Web/Pages/", StringComparison.Ordinal)
            || f.Name.StartsWith("NewsHub.Web/Api/", StringComparison.Ordinal)), StoreNames()));
    }

    [Fact]
    public void Entities_change_by_their_verbs_only()
    {
        using var db = new NewsDb(
            (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("never-opened.db").Options);
        // What a member of staff has from Identity is Identity's to set.
        var open = from entity in db.Model.GetEntityTypes().Select(e => e.ClrType).Distinct()
                   where entity != typeof(Site) && entity.Namespace!.StartsWith("NewsHub.Core", StringComparison.Ordinal)
                   from property in entity.GetProperties()
                   where property.DeclaringType!.Assembly == Core // What a member of staff has from Identity is Identity's to set.
                   where property.SetMethod is { IsPublic: true } set
                       && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                   select $"{entity.Name}.{property.Name}";
        Assert.Empty(open);
    }

    [Fact]
    public void Entities_never_hold_the_store()
    {
        using var db = new NewsDb(
            (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("never-opened.db").Options);
        Assert.Empty(db.Model
            .GetEntityTypes()
            .SelectMany(e => e.ClrType.GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            .Where(f => typeof(DbContext).IsAssignableFrom(f.FieldType))
            .Select(f => f.ToString()));
    }

    [Fact]
    public void Types_are_named_for_the_trade_and_not_for_the_pattern() =>
        Assert.Empty(Core.GetTypes().Concat(Web.GetTypes())
            .Where(t => t.Namespace?.StartsWith("NewsHub", StringComparison.Ordinal) == true
                && PatternName().IsMatch(t.Name)).Select(t => t.FullName));

    [Fact]
    public void What_is_cached_and_for_how_long_is_said_in_PageCache_Assets_Http_and_Setup()
    {
        // Who else may say a word of it: the one base of reader pages that opts in, the one follower that evicts, the error page
        // that is never kept, pictures whose address names their bytes, cards, feeds, sitemaps, the manifest, the history of a rate and the
        // API's answers, which are kept like pages, and the job that sets the numbers beside a story anew, which no event names.
        string[] known =
        [
            "NewsHub.Core/Media/S3MediaStore.cs", // what a public object store or a CDN says of a rendition, as Endpoints/Media.cs does
            "NewsHub.Web/Api/Answers.cs",
            "NewsHub.Web/Endpoints/Cards.cs",
            "NewsHub.Web/Endpoints/Manifest.cs",
            "NewsHub.Web/Endpoints/Media.cs",
            "NewsHub.Web/Endpoints/RatesCsv.cs",
            "NewsHub.Web/Feeds/FeedDoors.cs",
            "NewsHub.Web/Feeds/Sitemaps.cs",
            "NewsHub.Web/Feeds/WellKnown.cs",
            "NewsHub.Web/Followers/EvictPages.cs",
            "NewsHub.Web/Live/FollowOtherNodes.cs", // sets all anew when it has not listened for a while
            "NewsHub.Web/Live/TellReaders.cs",
            "NewsHub.Web/Options/PageCacheOptions.cs", // how much memory it may take
            "NewsHub.Web/Pages/Error.cshtml.cs",
            "NewsHub.Web/Pages/ReaderPage.cs",
            "NewsHub.Web/Pages/Shared/Redirects.cs",
        ];
        string[] rooms = ["NewsHub.Web/PageCache/", "NewsHub.Web/Assets/", "NewsHub.Web/Http/", "NewsHub.Web/Setup/"];
        var found = Sources("*.cs", "*.cshtml")
            .Where(f => f.Name != "NewsHub.Web/Program.cs" && !rooms.Any(r => f.Name.StartsWith(r, StringComparison.Ordinal)))
            .Where(f => CacheWords().IsMatch(f.Text)).Select(f => f.Name);
        Assert.Empty(found.Except(known));
    }

    [Fact]
    public void Everything_that_runs_by_itself_stands_in_Jobs()
    {
        var jobs = File.ReadAllText(Path.Combine(Repository.Source, "NewsHub.Web", "Setup", "Jobs.cs"));
        var running = Core.GetTypes().Concat(Web.GetTypes()).Where(t => t is { IsAbstract: false, IsInterface: false }
            && (typeof(IHostedService).IsAssignableFrom(t) || typeof(IFollower).IsAssignableFrom(t))).ToList();
        Assert.Contains(running, t => t.Name == "FollowUps");
        // The page cache's own worker is a part of it, and set up with it.
        Assert.Empty(
            running.Where(t => !Regex.IsMatch(jobs, $@"\b{t.Name}\b") && t.Namespace != "NewsHub.Web.Setup").Select(t => t.FullName));
        Assert.Empty(Sources("*.cs")
            .Where(f => f.Name != "NewsHub.Web/Setup/Jobs.cs" && f.Text.Contains("AddHostedService", StringComparison.Ordinal))
            .Select(f => f.Name));
    }

    [Fact]
    public void Settings_are_read_in_Setup_and_whoever_needs_one_takes_its_options_class()
    {
        // The command line hands what was set to Setup.
        string[] known = ["NewsHub.Web/Commands/CommandLine.cs"];
        var found = Sources("*.cs", "*.cshtml")
            .Where(f => !f.Name.StartsWith("NewsHub.Web/Setup/", StringComparison.Ordinal) && ReadsSettings().IsMatch(f.Text))
            .Select(f => f.Name);
        Assert.Empty(found.Except(known));
    }

    [Fact]
    public void Options_take_nothing_from_another_folder_of_Web() =>
        Assert.Empty(Sources("*.cs").Where(f => f.Name.StartsWith("NewsHub.Web/Options/", StringComparison.Ordinal))
            .Where(f => f.Text.Contains("using NewsHub.Web.", StringComparison.Ordinal)).Select(f => f.Name));

    [Fact]
    public void Markdown_is_never_parsed_for_a_page_view() =>
        Assert.Empty(Offenders(
            Sources("*.cs", "*.cshtml").Where(f => f.Name.StartsWith("NewsHub.Web/", StringComparison.Ordinal)), MarkdownNames()));

    /// <summary>Playwright takes the promise of such a function for true: nothing would be waited for.</summary>
    [Fact]
    public void No_browser_test_waits_for_a_function_that_gives_a_promise() =>
        Assert.Empty(
            Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Repository.Source, "..", "tests")), "*.cs", SearchOption.AllDirectories)
                .Where(file => Regex.IsMatch(File.ReadAllText(file), @"WaitForFunctionAsync\(\s*\$*""+\s*async"))
                .Select(Path.GetFileName));

    [Fact]
    public void Text_that_people_type_is_taken_in_by_TypedText_and_by_nothing_else()
    {
        // Pages of the newsroom get it from the binder. Whoever reads a form or a query past it says so here, with the reason.
        string[] known =
        [
            "NewsHub.Web/Areas/Admin/Shared/KeepsFormAttribute.cs", // asks whether there is a manuscript
            "NewsHub.Web/Http/UploadsAttribute.cs", // reads files
            "NewsHub.Web/Areas/Admin/Pages/Prove.cshtml.cs", // hands a form on as it came; it is taken in where it arrives
            "NewsHub.Web/Areas/Admin/Pages/Webhooks/Index.cshtml.cs", // asks whether a field was sent
            "NewsHub.Web/Live/Reactions.cs", // a key, compared with the paper's own
            "NewsHub.Web/Pages/ReaderPage.cs", // a place in a list, read strictly
            "NewsHub.Web/Pages/EditionStories.cshtml.cs", // the same
            "NewsHub.Web/Pages/Updates.cshtml.cs", // one of two words
            "NewsHub.Web/Pages/CurrencyPair.cshtml.cs", // one of a few words
            "NewsHub.Web/Pages/Convert.cshtml.cs", // asks whether anything was said
            "NewsHub.Web/Pages/Editions.cshtml.cs", // a year
            "NewsHub.Web/Setup/NewsroomSetup.cs", // asks whether there is a key
            "NewsHub.Web/Http/RequestBodies.cs", // reads a form ahead, within its limit, for those who take it in
            "NewsHub.Web/Setup/StorageFailures.cs", // gives back what was typed, sign by sign
            "NewsHub.Web/Areas/Admin/SignIn/RepeatedPosts.cs", // tells two forms apart by what they send
            "NewsHub.Web/Areas/Admin/SignIn/DeniedRequests.cs", // names the handler that was refused
        ];
        var files = Sources("*.cs").Where(f => f.Name.StartsWith("NewsHub.Web/", StringComparison.Ordinal)).ToList();
        Assert.Empty(files.Where(f => TypedPastBinder().IsMatch(f.Text) && !f.Text.Contains("TypedText.", StringComparison.Ordinal))
            .Select(f => f.Name)
            .Except(known));
        // Trim takes spaces that mean something, and lets control characters in.
        Assert.Empty(Offenders(files.Where(f => f.Name.StartsWith("NewsHub.Web/Areas/Admin/Pages/", StringComparison.Ordinal)
            || f.Name.StartsWith("NewsHub.Web/Areas/Admin/", StringComparison.Ordinal)
                && f.Name.EndsWith("Page.cs", StringComparison.Ordinal)), TrimmedByHand()));
    }

    [Trait("Needs", "time")]
    [Fact]
    public void Every_text_of_a_form_in_the_newsroom_is_bound_by_the_rule_but_passwords()
    {
        using var app = new NewsHubApp();
        var metadata = app.Services.GetRequiredService<IModelMetadataProvider>();
        var binders = app.Services.GetRequiredService<IModelBinderFactory>();
        var (taken, secret) = (0, new List<string>());
        foreach (var page in Web.GetTypes().Where(t => !t.IsAbstract
            && t.IsSubclassOf(typeof(Microsoft.AspNetCore.Mvc.RazorPages.PageModel))))
        {
            foreach (var property in metadata.GetMetadataForType(page).Properties.Where(p => ((DefaultModelMetadata)p).Attributes.Attributes
                .OfType<BindPropertyAttribute>()
                .Any()))
            {
                Look(property, $"{page.Name}.", 0);
            }
        }
        Assert.True(taken > 60, $"Only {taken} texts were found.");
        Assert.All(secret, name => Assert.EndsWith("Password", name, StringComparison.Ordinal));
        Assert.Equal(6, secret.Count);

        void Look(ModelMetadata found, string within, int depth)
        {
            if (found.ModelType == typeof(string))
            {
                var binder = binders.CreateBinder(new ModelBinderFactoryContext { Metadata = found, BindingInfo = new BindingInfo() });
                if (binder is NewsHub.Web.Areas.Admin.Shared.TypedTextBinder) taken++;
                else secret.Add(within + found.PropertyName);
            }
            else if (found.ElementMetadata is { } element) Look(element, within + found.PropertyName, depth + 1);
            else if (found.IsComplexType && depth < 4)
                foreach (var inner in found.Properties) Look(inner, $"{within}{found.PropertyName}.", depth + 1);
        }
    }

    [GeneratedRegex(@"ReadFormAsync|Request\.Form\b|Request\.Query\b")]
    private static partial Regex TypedPastBinder();

    [GeneratedRegex(@"\.Trim\(\)")]
    private static partial Regex TrimmedByHand();

    private static List<(string Name, string Text)> Sources(params string[] patterns) =>
    [
        .. patterns.SelectMany(p => Directory.EnumerateFiles(Repository.Source, p, SearchOption.AllDirectories))
            .Select(f => (Name: Path.GetRelativePath(Repository.Source, f).Replace('\\', '/'), File: f))
            .Where(f => !f.Name.Contains("/bin/", StringComparison.Ordinal) && !f.Name.Contains("/obj/", StringComparison.Ordinal))
            .Select(f => (f.Name, File.ReadAllText(f.File))),
    ];

    private static IEnumerable<string> Offenders(IEnumerable<(string Name, string Text)> files, Regex never) =>
        from file in files
        from line in file.Text.Split('\n').Select((text, i) => (Text: text, Number: i + 1))
        where never.IsMatch(line.Text)
        select $"{file.Name}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bEnvironment\.TickCount")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bNewsDb\b|NewsHub\.Core\.Store|EntityFrameworkCore")]
    private static partial Regex StoreNames();

    [GeneratedRegex("(Service|Manager|Helper|Repository|Utils|Mediator|Mapper)(`|$)")]
    private static partial Regex PatternName();

    [GeneratedRegex(@"(?<!NewsHub\.Web\.)PageCache|CachePage|CacheControl|Cache-Control|OutputCache|ResponseCache|IMemoryCache|max-age")]
    private static partial Regex CacheWords();

    [GeneratedRegex(@"\bIConfiguration\w*|\b(builder|app)\.Configuration\b")]
    private static partial Regex ReadsSettings();

    [GeneratedRegex(@"\bMarkdig\b|HouseMarkdown")]
    private static partial Regex MarkdownNames();
}
