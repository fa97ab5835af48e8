using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NewsHub.Web.Tests.Commands;
using NewsHub.Web.Tests.Newsletters;
using NewsHub.Web.Tests.Reader;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(NewsHub.Web.Tests.Browser.LongestFirst))]

namespace NewsHub.Web.Tests.Browser;

/// <summary>The sample paper on a port of its own, and one browser for all tests that look at it.</summary>
public sealed class BrowserRoom : IAsyncLifetime
{
    /// <summary>
    /// What the browser is to do without. The list of Playwright, which a second switch of this name would undo; and the page behind the
    /// address bar, which nobody sees here: a window took three times as much of the machine to make it.
    /// </summary>
    private const string Without =
        "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls,"
        + "HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,BlockOriginHeaderModificationOnRedirect,"
        + "AvoidCorsURLLoaderRestartOnRedirect,Translate,AutoDeElevate,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,"
        + "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess";

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // Letters are as wide as they are drawn, as on most screens; a build without windows would round them.
        "--font-render-hinting=none",
        "--disable-features=" + Without,
    ];

    private readonly Slow _app = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";
    public NewsHubApp App => _app;

    /// <summary>How a page comes over a slow connection; see <see cref="PiecemealAnswers"/>.</summary>
    internal PiecemealAnswers Pieces => _app.Pieces;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _app.UseKestrel(0);
        _app.StartServer();
        Address = _app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = Quiet });
    }

    /// <summary>A reader's own window: no one else's choices are in it.</summary>
    /// <param name="address">Another paper than the room's.</param>
    internal async Task<Window> OpenAsync(int width = 1280, int height = 900, bool scripts =
        true, ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.NoPreference, string? address = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address ?? Address,
            // A window without a frame calls itself one, and would be taken for a machine.
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = scripts,
            ColorScheme = scheme,
            ReducedMotion = motion,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(30_000);
        return new Window(context, await context.NewPageAsync());
    }

    private sealed class Slow : NewsHubApp
    {
        public PiecemealAnswers Pieces { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(Pieces));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        await _app.DisposeAsync();
        Pieces.Dispose();
    }
}

/// <summary>Tests of the reader's site in the browser come one after the other, beside those of the newsroom, which have a paper and a
/// browser of their own.</summary>
[CollectionDefinition]
public sealed class ReaderInBrowser : ICollectionFixture<BrowserRoom>;

/// <summary>See <see cref="ReaderInBrowser"/>.</summary>
[CollectionDefinition]
public sealed class NewsroomInBrowser : ICollectionFixture<BrowserRoom>;

/// <summary>The longest rows of tests come first: the others fill the time beside them, and none is left over for the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(NewsroomInBrowser),
        nameof(ReaderInBrowser),
        $"{nameof(CommandLineTests)} ",
        $"{nameof(KilledTests)} ",
        $"{nameof(LeakTests)} ",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Place($"{c.TestCollectionClassName} {c.TestCollectionDisplayName} "))];

    private static int Place(string collection) =>
        Array.FindIndex(Long, name => collection.Contains(name, StringComparison.Ordinal)) is var place and >= 0 ? place : Long.Length;
}

/// <summary>One page in a context of its own; it notes what the browser complains of.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _elsewhere = [];

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) =>
        {
            // What a script asked for and gave up, because the page was left or asked anew, did not fail.
            if (request is { ResourceType: "fetch", Failure: "net::ERR_ABORTED" }) return;
            _complaints.Add($"{request.Url} failed: {request.Failure}");
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsLoopback: false, Scheme: "http" or "https" }) _elsewhere.Add(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, the content policy's included, and requests that failed.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Requests that left this machine.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere;

    public async Task GoAsync(string path) => await Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });

    /// <summary>The body is written as Markdown in this window, and not on the surface.</summary>
    public Task WriteMarkdownAsync() => Page.Context.AddInitScriptAsync("localStorage.setItem('newsroom-markdown', 'yes')");

    public Task<bool> IsTrueAsync(string script) => Page.EvaluateAsync<bool>(script);

    /// <summary>Waits until a function of the page that looks something up comes to a true value. (Playwright's own wait
    /// takes a promise for true.)</summary>
    public Task UntilAsync(string function) =>
        NewsHubApp.EventuallyAsync(() => IsTrueAsync($"({function.Trim()})().then(Boolean)"), function);

    public Task<string?> ThemeAsync() => Page.EvaluateAsync<string?>("document.documentElement.dataset.theme ?? null");

    /// <summary>How bright the paper is: 0 to 255.</summary>
    public async Task<double> BrightnessAsync()
    {
        var sum = await Page.EvaluateAsync<double>("""
            (() => {
              const c = document.createElement("canvas").getContext("2d");
              c.fillStyle = getComputedStyle(document.body).backgroundColor; c.fillRect(0, 0, 1, 1);
              const b = c.getImageData(0, 0, 1, 1).data;
              if (b[3] === 0) { c.fillStyle = getComputedStyle(document.documentElement).backgroundColor; c.fillRect(0, 0, 1, 1); }
              return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).reduce((x, y) => x + y);
            })()
            """);
        return sum / 3;
    }

    public async Task<double> TickerPlaceAsync() => double.Parse(
        await Page.EvaluateAsync<string>("String(new DOMMatrix(getComputedStyle(document.querySelector('.ticker-run')).transform).m41)"),
        CultureInfo.InvariantCulture);

    public Task<string> TickerStateAsync() =>
        Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.ticker-run')).animationPlayState");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

internal static class PageWaits
{
    /// <summary>Waits until a page with this address is read to its end and its scripts have run; pictures may still come. The page is
    /// asked where it is, again and again: an event that it came may have come before one listened.</summary>
    /// <param name="address">As it ends; a star is any letters.</param>
    public static async Task ArrivesAtAsync(this IPage page, string address)
    {
        var pattern = new Regex("^" + Regex.Escape(address).Replace(@"\*", ".*", StringComparison.Ordinal) + "$");
        await NewsHubApp.EventuallyAsync(
            async () => pattern.IsMatch(page.Url) && await page.IsReadyAsync(), () => $"{address} is there; {page.Url} is");
    }

    // Asked, and not waited for by Playwright: its wait asks at each frame, and a page that is held back draws none.
    private static async Task<bool> IsReadyAsync(this IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd > 0");
        }
        catch (PlaywrightException)
        {
            // The page was left while it was asked.
            return false;
        }
    }

    /// <summary>Waits until the newsroom says what was done. Should it say something else, the test tells what.</summary>
    public static async Task SaidAsync(this IPage page)
    {
        try
        {
            await page.WaitForSelectorAsync(".said");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{page.Url} did not say what was done, but: {await page.InnerTextAsync("body")}", e);
        }
    }
}
