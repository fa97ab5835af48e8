using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NewsHub.Web.Assets;
using NewsHub.Web.PageCache;
using NewsHub.Web.Tests.Setup;

namespace NewsHub.Web.Tests.Assets;

public sealed class AssetStoreTests
{
    private static readonly string Rules = string.Concat(PressRoom.LongText.Split(' ')
        .Take(300)
        .Select((word, i) => $".{word}-{i} {{ margin: {word.Length}px }}\n")).ReplaceLineEndings("\n");

    private static Dictionary<string, string> Files(params (string Name, string Text)[] more)
    {
        var files = new Dictionary<string, string>
        {
            ["css/site.css"] = "@import \"base.css\";\n@import \"parts/front.css\" layer(front);\n" + Rules,
            ["css/base.css"] = "@font-face { src: url(\"../fonts/serif.woff2\") format(\"woff2\") }\n",
            ["css/parts/front.css"] = ".lead { background: url(../../img/paper.svg#a) } .dot { background: url(data:image/png;"
                + "base64,AA) } .mask { mask: url(#m) }\n",
            ["fonts/serif.woff2"] = "a font " + new string('x', 2000),
            ["img/paper.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'/>",
            ["img/icon.png"] = "png",
            ["js/first.js"] = "document.documentElement.dataset.theme = 'dark';",
            ["js/live.js"] = "import { a } from \"./lib/a.js\";\nconst b = await import('./lib/a.js');\n",
            ["js/lib/a.js"] = "export const a = 1;\n",
            ["favicon.ico"] = "ico",
            ["img/favicon.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'/>",
            ["humans.txt"] = "People.",
            ["img/apple-touch-icon.png"] = "png",
        };
        foreach (var (name, text) in more) files[name] = text;
        return files;
    }

    private static Task<PressRoom> RoomAsync(params (string Name, string Text)[] more) =>
        PressRoom.OpenAsync((_, _) => { }, files: Files(more));

    [Fact]
    public async Task A_style_sheet_takes_in_its_imports_and_names_files_by_their_contents()
    {
        await using var room = await RoomAsync();
        var css = await room.ReadAsync(room.Assets.Url("css/site.css"));
        Assert.DoesNotContain("@import", css, StringComparison.Ordinal);
        Assert.StartsWith($"@font-face {{ src: url(\"{room.Assets.Url("fonts/serif.woff2")}\")", css, StringComparison.Ordinal);
        Assert.Contains($"@layer front {{\n.lead {{ background: url({room.Assets.Url("img/paper.svg")}) }}", css, StringComparison.Ordinal);
        Assert.Contains("url(data:image/png;base64,AA)", css, StringComparison.Ordinal);
        Assert.Contains("url(#m)", css, StringComparison.Ordinal);
        Assert.EndsWith(Rules, css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_of_a_style_sheet_stay_in_the_house_but_for_those_that_are_for_everyone()
    {
        await using var room = await RoomAsync(
            ("css/base.css", "/*! Licence */\n/* Why,\nin two lines. */\n.a { color: red; /* ink */ }\n"));
        Assert.Equal("/*! Licence */\n.a { color: red; }\n", await room.ReadAsync(room.Assets.Url("css/base.css")));
    }

    [Fact]
    public async Task A_worker_at_the_root_names_files_by_their_contents_and_is_asked_for_each_time()
    {
        await using var room = await RoomAsync(("js/sw.js",
            "const a = new URL(\"../css/site.css\", location), b = new URL('./lib/a.js', location), c = new URL(self.location);\n"));
        using var answer = await room.GetAsync("/sw.js");
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.Equal($"const a = new URL(\"{room.Assets.Url("css/site.css")}\", location), b = new URL('{room.Assets.Url("js/lib/a.js")}', "
            + "location), c = new URL(self.location);\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Modules_refer_to_the_same_addresses()
    {
        await using var room = await RoomAsync();
        var module = room.Assets.Url("js/lib/a.js");
        Assert.Equal($"import {{ a }} from \"{module}\";\nconst b = await import('{module}');\n",
            await room.ReadAsync(room.Assets.Url("js/live.js")));
    }

    [Fact]
    public async Task An_address_is_name_hash_and_kind_and_changes_with_the_contents_of_what_it_uses()
    {
        await using var room = await RoomAsync();
        await using var other = await RoomAsync(("fonts/serif.woff2", "another font"));
        Assert.Matches(new Regex("^/assets/site\\.[0-9a-f]{8}\\.css$"), room.Assets.Url("css/site.css"));
        Assert.NotEqual(room.Assets.Url("css/site.css"), other.Assets.Url("css/site.css"));
        Assert.Equal(room.Assets.Url("img/icon.png"), other.Assets.Url("img/icon.png"));
    }

    [Theory]
    [InlineData("css/site.css", "a {}\n@import \"gone.css\";", "wwwroot/css/site.css(2)")]
    [InlineData("css/base.css", "\n\n.a { src: url(gone.woff2) }", "wwwroot/css/base.css(3)")]
    [InlineData("css/base.css", ".a { src: url(../../../outside.txt) }", "wwwroot/css/base.css(1)")]
    [InlineData("js/live.js", "import './gone.js';", "wwwroot/js/live.js(1)")]
    [InlineData("css/site.css", "\n@import \"base.css\" print;", "wwwroot/css/site.css(2)")]
    public async Task A_reference_to_nothing_stops_the_start_with_file_and_line(string file, string text, string where)
    {
        var failure = await Assert.ThrowsAnyAsync<IOException>(() => RoomAsync((file, text)));
        Assert.StartsWith(where, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_import_each_other_stop_the_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => RoomAsync(("css/base.css", "@import \"site.css\";")));
        Assert.Contains("css/base.css → css/site.css → css/base.css", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("css/site.css", "text/css; charset=utf-8", true)]
    [InlineData("js/live.js", "text/javascript; charset=utf-8", false)]
    [InlineData("fonts/serif.woff2", "font/woff2", false)]
    [InlineData("img/icon.png", "image/png", false)]
    [InlineData("img/paper.svg", "image/svg+xml", false)]
    public async Task An_asset_is_immutable_and_guarded(string name, string type, bool coded)
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync(room.Assets.Url(name), "gzip, br");
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Header("Content-Type")));
        var fresh = answer.Headers.CacheControl!;
        Assert.True(fresh.Public && fresh.MaxAge == TimeSpan.FromDays(365) && fresh.Extensions.Single().Name == "immutable");
        Assert.Equal(("nosniff", "same-origin"), (answer.Header("X-Content-Type-Options"), answer.Header("Cross-Origin-Resource-Policy")));
        Assert.Equal(coded ? "br" : null, answer.Header("Content-Encoding"));
        using var again = await room.GetAsync(room.Assets.Url(name), "gzip", answer.Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Contains("immutable", again.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_asset_is_as_small_as_can_be_ten_seconds_after_the_start(string coding)
    {
        await using var room = await RoomAsync();
        room.Time.Advance(TimeSpan.FromSeconds(10));
        using var plain = await room.GetAsync(room.Assets.Url("css/site.css"));
        var best = Encodings.Best(await plain.BytesAsync(), coding is "br" ? Coding.Brotli : Coding.Gzip);
        await NewsHubApp.EventuallyAsync(async () =>
        {
            using var coded = await room.GetAsync(room.Assets.Url("css/site.css"), coding);
            var bytes = await coded.BytesAsync();
            return best.AsSpan().SequenceEqual(bytes);
        }, "the style sheet is as small as can be");
    }

    [Theory]
    [InlineData("/favicon.ico", "image/x-icon")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/humans.txt", "text/plain; charset=utf-8")]
    [InlineData("/apple-touch-icon.png", "image/png")]
    public async Task A_few_files_live_at_the_root_for_an_hour(string path, string type)
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Header("Content-Type")));
        Assert.Equal("public, max-age=3600", answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("ETag"));
        using var head = await room.SendAsync(HttpMethod.Head, path);
        Assert.Equal((HttpStatusCode.OK, answer.Header("Content-Length")), (head.StatusCode, head.Header("Content-Length")));
    }

    [Theory]
    [InlineData("/assets/nothing.css")]
    [InlineData("/assets/none.00000000.css")]
    [InlineData("/assets/../css/site.css")]
    [InlineData("/css/site.css")]
    [InlineData("/assets/")]
    public async Task An_unknown_asset_is_a_guarded_404(string path)
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull(answer.Header("Content-Security-Policy"));
        Assert.DoesNotContain("immutable", answer.Header("Cache-Control") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_version_is_answered_with_what_it_is_here_and_kept_by_nobody()
    {
        await using var room = await RoomAsync();
        var address = room.Assets.Url("css/site.css");
        var fingerprint = address.Split('.')[^2];
        using var here = await room.GetAsync(address);
        using var other = await room.GetAsync(address.Replace(fingerprint, "0123abcd", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, "no-store"), (other.StatusCode, other.Headers.CacheControl!.ToString()));
        Assert.Equal(await here.BytesAsync(), await other.BytesAsync());
        foreach (var none in new[] { "none.0123abcd.css", "site.0123abcx.css", "site.0123abcd.js", "site.0123abcd", "site.css" })
        {
            using var answer = await room.GetAsync($"/assets/{none}");
            Assert.Equal((none, HttpStatusCode.NotFound), (none, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Integrity_is_of_the_bytes_served()
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync(room.Assets.Url("css/site.css"));
        Assert.Equal("sha384-" + Convert.ToBase64String(SHA384.HashData(await answer.BytesAsync())), room.Assets.Integrity("css/site.css"));
    }

    [Fact]
    public async Task The_inline_script_is_named_in_the_policy_by_its_hash()
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync("/humans.txt");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(room.Assets.Text("js/first.js"))));
        Assert.Contains($"script-src 'self' 'sha256-{hash}';", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_there_says_so()
    {
        await using var room = await RoomAsync();
        Assert.Contains(
            "css/none.css", Assert.Throws<KeyNotFoundException>(() => room.Assets.Url("css/none.css")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_there_are_no_assets() =>
        Assert.False(new AssetStore(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())).Has("css/site.css"));
}
