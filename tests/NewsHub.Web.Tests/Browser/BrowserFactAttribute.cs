using System.Runtime.CompilerServices;
using Xunit.v3;

namespace NewsHub.Web.Tests.Browser;

/// <summary>A test in a real browser; where there is none it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute, ITraitAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (Chromium.Path is null) Skip = Chromium.Missing;
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Browser;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (Chromium.Path is null) Skip = Chromium.Missing;
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Browser;
}

/// <summary>
/// The system's own Chromium or Chrome; rather Debian's build of it without windows, which takes a fifth less of the machine. Nothing is
/// downloaded.
/// </summary>
internal static class Chromium
{
    public const string Missing = "There is no Chromium or Chrome here; tests/run installs one.";

    private static readonly string[] Names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];

    private static readonly string[] Places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    public static string? Path { get; } = Names
        .SelectMany(name => Folders.Select(folder => System.IO.Path.Combine(folder, name)))
        .Concat(Places)
        .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
}
