using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using NewsHub.Core.Editions;
using NewsHub.Core.Store;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Tests;

/// <summary>The rules of the house that no compiler holds.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Core = typeof(NewsDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    [Fact]
    public void Core_knows_nothing_of_ASP_NET_Core() =>
        Assert.Empty(Core.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).Select(a => a.Name));

    [Fact]
    public void Time_comes_from_a_TimeProvider_or_a_passed_instant() => Assert.Empty(Offenders(Sources("*.cs", "*.cshtml"), WallClock()));

    [Fact]
    public void Reader_pages_ask_PublishedNews_and_never_the_store()
    {
        var takers = from type in Web.GetTypes()
                     where type.Namespace is { } n && (n == "NewsHub.Web.Pages" || n.StartsWith("NewsHub.Web.Pages.", StringComparison.Ordinal))
                     from constructor in type.GetConstructors()
                     from parameter in constructor.GetParameters()
                     where typeof(DbContext).IsAssignableFrom(parameter.ParameterType) || parameter.ParameterType.Namespace == "NewsHub.Core.Store"
                     select $"{type} takes {parameter.ParameterType}";
        Assert.Empty(takers);
        Assert.Empty(Offenders(Sources("*.cs", "*.cshtml").Where(f => f.Name.StartsWith("NewsHub.Web/Pages/", StringComparison.Ordinal)), StoreNames()));
    }

    [Fact]
    public void Entities_change_by_their_verbs_only()
    {
        using var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("never-opened.db").Options);
        // What a member of staff has from Identity is Identity's to set.
        var open = from entity in db.Model.GetEntityTypes().Select(e => e.ClrType).Distinct()
                   where entity != typeof(Site) && entity.Namespace!.StartsWith("NewsHub.Core", StringComparison.Ordinal)
                   from property in entity.GetProperties()
                   where property.DeclaringType!.Assembly == Core // What a member of staff has from Identity is Identity's to set.
                   where property.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                   select $"{entity.Name}.{property.Name}";
        Assert.Empty(open);
    }

    [Fact]
    public void Entities_never_hold_the_store()
    {
        using var db = new NewsDb((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("never-opened.db").Options);
        Assert.Empty(db.Model.GetEntityTypes().SelectMany(e => e.ClrType.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)).Where(f => typeof(DbContext).IsAssignableFrom(f.FieldType)).Select(f => f.ToString()));
    }

    [Fact]
    public void Types_are_named_for_the_trade_and_not_for_the_pattern() =>
        Assert.Empty(Core.GetTypes().Concat(Web.GetTypes())
            .Where(t => t.Namespace?.StartsWith("NewsHub", StringComparison.Ordinal) == true && PatternName().IsMatch(t.Name)).Select(t => t.FullName));

    [Fact]
    public void What_is_cached_and_for_how_long_is_said_in_Setup()
    {
        // Who else may say a word of it: the one base of reader pages that opts in, the one follower that evicts, the error page
        // that is never kept, pictures whose address names their bytes, feeds, the manifest and the history of a rate, which are kept like pages, and the job that sets
        // the numbers beside a story anew, which no event names.
        string[] known = ["NewsHub.Web/Feeds/FeedDoors.cs", "NewsHub.Web/Jobs/EvictPages.cs", "NewsHub.Web/Jobs/TellReaders.cs", "NewsHub.Web/Live/Manifest.cs", "NewsHub.Web/Live/Media.cs", "NewsHub.Web/Live/RatesCsv.cs", "NewsHub.Web/Pages/Error.cshtml.cs", "NewsHub.Web/Pages/ReaderPage.cs"];
        var found = Sources("*.cs", "*.cshtml").Where(f => f.Name != "NewsHub.Web/Program.cs" && !f.Name.StartsWith("NewsHub.Web/Setup/", StringComparison.Ordinal) && CacheWords().IsMatch(f.Text)).Select(f => f.Name);
        Assert.Empty(found.Except(known));
    }

    [Fact]
    public void Everything_that_runs_by_itself_stands_in_Jobs()
    {
        var jobs = File.ReadAllText(Path.Combine(Repository.Source, "NewsHub.Web", "Setup", "Jobs.cs"));
        var running = Core.GetTypes().Concat(Web.GetTypes()).Where(t => t is { IsAbstract: false, IsInterface: false } && (typeof(IHostedService).IsAssignableFrom(t) || typeof(IFollower).IsAssignableFrom(t))).ToList();
        Assert.Contains(running, t => t.Name == "FollowUps");
        // The page cache's own worker is a part of it, and set up with it.
        Assert.Empty(running.Where(t => !Regex.IsMatch(jobs, $@"\b{t.Name}\b") && t.Namespace != "NewsHub.Web.Setup").Select(t => t.FullName));
        Assert.Empty(Sources("*.cs").Where(f => f.Name != "NewsHub.Web/Setup/Jobs.cs" && f.Text.Contains("AddHostedService", StringComparison.Ordinal)).Select(f => f.Name));
    }

    [Fact]
    public void Markdown_is_never_parsed_for_a_page_view() =>
        Assert.Empty(Offenders(Sources("*.cs", "*.cshtml").Where(f => f.Name.StartsWith("NewsHub.Web/", StringComparison.Ordinal)), MarkdownNames()));

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

    [GeneratedRegex("PageCache|CachePage|CacheControl|Cache-Control|OutputCache|ResponseCache|IMemoryCache|max-age")]
    private static partial Regex CacheWords();

    [GeneratedRegex(@"\bMarkdig\b|HouseMarkdown")]
    private static partial Regex MarkdownNames();
}
