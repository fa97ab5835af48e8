using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Who may ask for what: every way in that the program knows stands in the table, and is tried by everyone.</summary>
public sealed class RoleRouteTests
{
    /// <summary>The least that one must be. Readers ask for the paper, strangers stand at the newsroom's door; the others have signed in,
    /// in the order of <see cref="Role"/>.</summary>
    private enum Who
    {
        Reader,
        Stranger,
        Reporter,
        Editor,
        Publisher,
        Administrator,
    }

    /// <summary>
    /// Where a reporter may do to an own draft what they may not do to a colleague's, the line is about a colleague's; where editors may do
    /// to an edition that is being made what they may not do to one that is out, about the one that is being made.
    /// </summary>
    private static readonly Dictionary<string, Who> Table = new()
    {
        ["GET /"] = Who.Reader,
        ["GET /{section}"] = Who.Reader,
        ["GET /{kind:regex(^(breaking|analysis|opinion|live)$)}"] = Who.Reader,
        ["GET /{name:staticpage}"] = Who.Reader,
        ["GET /{section}/{year:int}/{month:int}/{day:int}/{slug}"] = Who.Reader,
        ["GET /{section}/{year:int}/{month:int}/{day:int}/{slug}/updates/{entry:long?}"] = Who.Reader,
        ["GET /api"] = Who.Reader,
        ["GET /api/try/{name}"] = Who.Reader,
        ["GET /api/v1/authors/{slug}"] = Who.Reader,
        ["GET /api/v1/editions"] = Who.Reader,
        ["GET /api/v1/editions/{number}"] = Who.Reader,
        ["GET /api/v1/openapi.json"] = Who.Reader,
        ["GET /api/v1/rates"] = Who.Reader,
        ["GET /api/v1/search"] = Who.Reader,
        ["GET /api/v1/sections"] = Who.Reader,
        ["GET /api/v1/stories"] = Who.Reader,
        ["GET /api/v1/stories/{id}"] = Who.Reader,
        ["GET /api/v1/tags/{slug}"] = Who.Reader,
        ["GET /accent/{colours}.css"] = Who.Reader,
        ["GET /authors/{slug}"] = Who.Reader,
        ["GET /corrections"] = Who.Reader,
        ["GET /editions"] = Who.Reader,
        ["GET /editions/{number}"] = Who.Reader,
        ["GET /editions/{number}/stories"] = Who.Reader,
        ["GET /error/{code:int}"] = Who.Reader,
        ["GET /healthz"] = Who.Reader,
        ["GET /language/{tag}"] = Who.Reader,
        ["GET /manifest.webmanifest"] = Who.Reader,
        ["GET /media/{key}/{name}"] = Who.Reader,
        ["GET /newsletter"] = Who.Reader,
        ["POST /newsletter"] = Who.Reader,
        ["GET /newsletter/asked"] = Who.Reader,
        ["POST /newsletter/bounces"] = Who.Reader,
        ["GET /newsletter/confirm"] = Who.Reader,
        ["POST /newsletter/confirm"] = Who.Reader,
        ["GET /newsletter/leave"] = Who.Reader,
        ["POST /newsletter/leave"] = Who.Reader,
        ["GET /newsletter/left"] = Who.Reader,
        ["GET /newsletter/yours"] = Who.Reader,
        ["POST /newsletter/yours"] = Who.Reader,
        ["GET /now"] = Who.Reader,
        ["GET /offline"] = Who.Reader,
        ["GET /rates"] = Who.Reader,
        ["GET /rates/convert"] = Who.Reader,
        ["GET /search"] = Who.Reader,
        ["GET /sitemap.xml"] = Who.Reader,
        ["GET /sitemaps/{month:regex(^[0-9]{{4}}-[0-9]{{2}}$)}.xml"] = Who.Reader,
        ["GET /sitemaps/pages.xml"] = Who.Reader,
        ["GET /sitemaps/news.xml"] = Who.Reader,
        ["GET /robots.txt"] = Who.Reader,
        ["GET /.well-known/security.txt"] = Who.Reader,
        ["GET /.well-known/change-password"] = Who.Reader,
        ["GET /cards/paper-{key}.jpg"] = Who.Reader,
        ["GET /cards/{id:long}-{key}.jpg"] = Who.Reader,
        ["GET /feed.xml"] = Who.Reader,
        ["GET /atom.xml"] = Who.Reader,
        ["GET /feed.json"] = Who.Reader,
        ["GET /{list}/feed.xml"] = Who.Reader,
        ["GET /{list}/atom.xml"] = Who.Reader,
        ["GET /{list}/feed.json"] = Who.Reader,
        ["GET /authors/{list}/feed.xml"] = Who.Reader,
        ["GET /authors/{list}/atom.xml"] = Who.Reader,
        ["GET /authors/{list}/feed.json"] = Who.Reader,
        ["GET /tags/{list}/feed.xml"] = Who.Reader,
        ["GET /tags/{list}/atom.xml"] = Who.Reader,
        ["GET /tags/{list}/feed.json"] = Who.Reader,
        ["GET /editions/{number}/feed.xml"] = Who.Reader,
        ["GET /editions/{number}/atom.xml"] = Who.Reader,
        ["GET /editions/{number}/feed.json"] = Who.Reader,
        ["GET /feed"] = Who.Reader,
        ["GET /rss"] = Who.Reader,
        ["GET /rss.xml"] = Who.Reader,
        ["GET /index.xml"] = Who.Reader,
        ["GET /feeds"] = Who.Reader,
        ["GET /rates/{from:alpha:length(3)}-{to:alpha:length(3)}"] = Who.Reader,
        ["GET /rates/{from:alpha:length(3)}-{to:alpha:length(3)}.csv"] = Who.Reader,
        ["GET /react/{story:long}"] = Who.Reader,
        ["POST /react/{story:long}"] = Who.Reader,
        ["GET /readyz"] = Who.Reader,
        ["GET /share/{story:long}/{way}"] = Who.Reader,
        ["POST /share/{story:long}/{way}"] = Who.Reader,
        ["GET /tags/{slug}"] = Who.Reader,

        ["GET /admin/forgotten"] = Who.Stranger,
        ["POST /admin/forgotten"] = Who.Stranger,
        ["GET /admin/join"] = Who.Stranger,
        ["POST /admin/join"] = Who.Stranger,
        ["GET /admin/kept"] = Who.Stranger,
        ["POST /admin/kept"] = Who.Stranger,
        ["GET /admin/reset"] = Who.Stranger,
        ["POST /admin/reset"] = Who.Stranger,
        ["GET /admin/set-up"] = Who.Stranger,
        ["POST /admin/set-up"] = Who.Stranger,
        ["GET /admin/sign-in"] = Who.Stranger,
        ["POST /admin/sign-in"] = Who.Stranger,
        ["GET /admin/sign-in/code"] = Who.Stranger,
        ["POST /admin/sign-in/code"] = Who.Stranger,
        ["GET /admin/sign-in/passkey"] = Who.Stranger,
        ["POST /admin/sign-in/passkey"] = Who.Stranger,
        ["POST /admin/sign-in/passkey?handler=Question"] = Who.Stranger,
        ["GET /preview/{token}"] = Who.Stranger,

        ["GET /admin"] = Who.Reporter,
        ["POST /admin?handler=Hide"] = Who.Reporter,
        ["GET /admin/account"] = Who.Reporter,
        ["POST /admin/account?handler=Zone"] = Who.Reporter,
        ["POST /admin/account?handler=Byline"] = Who.Reporter,
        ["POST /admin/account?handler=Everywhere"] = Who.Reporter,
        ["POST /admin/account?handler=Notifications"] = Who.Reporter,
        ["GET /admin/account/passkeys"] = Who.Reporter,
        ["POST /admin/account/passkeys?handler=Question"] = Who.Reporter,
        ["POST /admin/account/passkeys?handler=Add"] = Who.Reporter,
        ["POST /admin/account/passkeys?handler=Name"] = Who.Reporter,
        ["POST /admin/account/passkeys?handler=Remove"] = Who.Reporter,
        ["GET /admin/account/password"] = Who.Reporter,
        ["POST /admin/account/password"] = Who.Reporter,
        ["GET /admin/account/second-factor"] = Who.Reporter,
        ["POST /admin/account/second-factor?handler=On"] = Who.Reporter,
        ["POST /admin/account/second-factor?handler=Codes"] = Who.Reporter,
        ["POST /admin/account/second-factor?handler=Off"] = Who.Reporter,
        ["GET /admin/notifications"] = Who.Reporter,
        ["POST /admin/notifications"] = Who.Reporter,
        ["GET /admin/notifications/{id:long}"] = Who.Reporter,
        ["GET /admin/stream"] = Who.Reporter,
        ["GET /admin/prove"] = Who.Reporter,
        ["POST /admin/prove"] = Who.Reporter,
        ["GET /admin/sign-out"] = Who.Reporter,
        ["POST /admin/sign-out"] = Who.Reporter,

        ["GET /admin/stories"] = Who.Reporter,
        ["GET /admin/stories/bulk"] = Who.Reporter,
        ["POST /admin/stories/bulk"] = Who.Editor,
        ["GET /admin/stories/new"] = Who.Reporter,
        ["POST /admin/stories/new"] = Who.Reporter,
        ["POST /admin/stories/new?handler=Autosave"] = Who.Reporter,
        ["POST /admin/stories/new?handler=Known"] = Who.Reporter,
        ["GET /admin/stories/new?handler=Pictures"] = Who.Reporter,
        ["GET /admin/stories/new?handler=Links"] = Who.Reporter,
        ["GET /admin/stories/{id:long}"] = Who.Reporter,
        ["GET /admin/stories/{id:long}?handler=Checks"] = Who.Reporter,
        ["POST /admin/stories/{id:long}?handler=Known"] = Who.Reporter,
        ["POST /admin/stories/{id:long}"] = Who.Editor,
        ["POST /admin/stories/{id:long}?handler=Autosave"] = Who.Editor,
        ["POST /admin/stories/{id:long}?handler=Presence"] = Who.Reporter,
        ["POST /admin/stories/{id:long}?handler=Leave"] = Who.Reporter,
        ["GET /admin/stories/{id:long}/notes"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/notes"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/notes?handler=Answer"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/notes?handler=Resolve"] = Who.Reporter,
        ["GET /admin/stories/{id:long}/history"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/history"] = Who.Editor,
        ["GET /admin/stories/{id:long}/proof"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/proof"] = Who.Reporter,
        ["GET /admin/stories/{id:long}/duplicate"] = Who.Reporter,
        ["POST /admin/stories/{id:long}/duplicate"] = Who.Reporter,
        ["GET /admin/stories/{id:long}/file"] = Who.Editor,
        ["POST /admin/stories/{id:long}/file"] = Who.Editor,
        ["GET /admin/stories/{id:long}/return"] = Who.Editor,
        ["POST /admin/stories/{id:long}/return"] = Who.Editor,
        ["GET /admin/stories/{id:long}/approve"] = Who.Editor,
        ["POST /admin/stories/{id:long}/approve"] = Who.Editor,
        ["GET /admin/stories/{id:long}/embargo"] = Who.Editor,
        ["POST /admin/stories/{id:long}/embargo"] = Who.Editor,
        ["GET /admin/stories/{id:long}/spike"] = Who.Editor,
        ["POST /admin/stories/{id:long}/spike"] = Who.Editor,
        ["GET /admin/stories/{id:long}/revive"] = Who.Editor,
        ["POST /admin/stories/{id:long}/revive"] = Who.Editor,
        ["GET /admin/stories/{id:long}/previews"] = Who.Editor,
        ["POST /admin/stories/{id:long}/previews"] = Who.Editor,
        ["GET /admin/stories/{id:long}/previews/{link:long}/revoke"] = Who.Editor,
        ["POST /admin/stories/{id:long}/previews/{link:long}/revoke"] = Who.Editor,
        ["GET /admin/stories/{id:long}/publish"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/publish"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/schedule"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/schedule"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/take-in"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/take-in"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/unschedule"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/unschedule"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/correct"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/correct"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/withdraw"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/withdraw"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/restore"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/restore"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/time"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/time"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/address"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/address"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/flag"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/flag"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/unflag"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/unflag"] = Who.Publisher,

        ["GET /admin/planning"] = Who.Reporter,
        ["GET /admin/planning/new"] = Who.Editor,
        ["POST /admin/planning/new"] = Who.Editor,
        ["GET /admin/planning/{id:long}"] = Who.Reporter,
        ["POST /admin/planning/{id:long}"] = Who.Editor,
        ["POST /admin/planning/{id:long}?handler=Take"] = Who.Reporter,
        ["POST /admin/planning/{id:long}?handler=Start"] = Who.Editor,
        ["POST /admin/planning/{id:long}?handler=Move"] = Who.Editor,
        ["POST /admin/planning/{id:long}?handler=Drop"] = Who.Editor,
        ["POST /admin/planning/{id:long}?handler=Revive"] = Who.Editor,

        ["GET /admin/media"] = Who.Reporter,
        ["GET /admin/media/upload"] = Who.Reporter,
        ["POST /admin/media/upload"] = Who.Reporter,
        ["GET /admin/media/describe"] = Who.Reporter,
        ["POST /admin/media/describe"] = Who.Reporter,
        ["GET /admin/media/{id:long}"] = Who.Reporter,
        ["GET /admin/media/{id:long}?handler=Whole"] = Who.Reporter,
        ["POST /admin/media/{id:long}"] = Who.Editor,
        ["POST /admin/media/{id:long}?handler=Retire"] = Who.Editor,
        ["GET /admin/media/{id:long}/replace"] = Who.Editor,
        ["POST /admin/media/{id:long}/replace"] = Who.Editor,
        ["GET /admin/media/{id:long}/remove"] = Who.Publisher,
        ["POST /admin/media/{id:long}/remove"] = Who.Publisher,
        ["GET /admin/media/removed"] = Who.Publisher,
        ["POST /admin/media/removed?handler=Lift"] = Who.Administrator,
        ["GET /admin/authors"] = Who.Editor,
        ["POST /admin/authors"] = Who.Editor,
        ["POST /admin/authors?handler=Make"] = Who.Editor,
        ["GET /admin/authors/{id:long}"] = Who.Editor,
        ["POST /admin/authors/{id:long}"] = Who.Editor,
        ["GET /admin/tags"] = Who.Editor,
        ["GET /admin/tags/{id:long}"] = Who.Editor,
        ["POST /admin/tags/{id:long}"] = Who.Editor,
        ["GET /admin/tags/{id:long}/merge"] = Who.Editor,
        ["POST /admin/tags/{id:long}/merge"] = Who.Editor,
        ["GET /admin/stories/{id:long}/live"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/live"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/live?handler=Pin"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/live?handler=Delete"] = Who.Publisher,
        ["GET /admin/stories/{id:long}/live/{entryid:long}"] = Who.Publisher,
        ["POST /admin/stories/{id:long}/live/{entryid:long}"] = Who.Publisher,
        ["GET /admin/pages"] = Who.Publisher,
        ["POST /admin/pages?handler=Move"] = Who.Publisher,
        ["POST /admin/pages?handler=Order"] = Who.Publisher,
        ["GET /admin/pages/new"] = Who.Publisher,
        ["POST /admin/pages/new"] = Who.Publisher,
        ["GET /admin/pages/preview"] = Who.Publisher,
        ["POST /admin/pages/preview"] = Who.Publisher,
        ["GET /admin/pages/{name}"] = Who.Publisher,
        ["POST /admin/pages/{name}"] = Who.Publisher,
        ["GET /admin/pages/{name}/delete"] = Who.Publisher,
        ["POST /admin/pages/{name}/delete"] = Who.Publisher,
        ["GET /admin/sections"] = Who.Publisher,
        ["POST /admin/sections"] = Who.Publisher,
        ["POST /admin/sections?handler=Make"] = Who.Publisher,
        ["POST /admin/sections?handler=Move"] = Who.Publisher,
        ["POST /admin/sections?handler=Order"] = Who.Publisher,
        ["GET /admin/statistics"] = Who.Reporter,
        ["GET /admin/statistics?handler=Csv"] = Who.Reporter,
        ["GET /admin/statistics/stories/{id:long}"] = Who.Reporter,
        ["GET /admin/rates"] = Who.Publisher,
        ["POST /admin/rates?handler=Accept"] = Who.Publisher,
        ["POST /admin/rates?handler=Ask"] = Who.Publisher,
        ["POST /admin/rates?handler=Pin"] = Who.Publisher,
        ["POST /admin/rates?handler=Refuse"] = Who.Publisher,
        ["POST /admin/rates?handler=Unpin"] = Who.Publisher,
        ["GET /admin/sections/{id:long}"] = Who.Publisher,
        ["POST /admin/sections/{id:long}"] = Who.Publisher,

        ["GET /admin/editions"] = Who.Editor,
        ["GET /admin/editions/new"] = Who.Editor,
        ["POST /admin/editions/new"] = Who.Editor,
        ["GET /admin/editions/{number}"] = Who.Editor,
        ["POST /admin/editions/{number}"] = Who.Editor,
        ["GET /admin/editions/{number}/describe"] = Who.Editor,
        ["POST /admin/editions/{number}/describe"] = Who.Editor,
        ["GET /admin/editions/{number}/proof"] = Who.Editor,
        ["GET /admin/editions/{number}/slots/{story:long}"] = Who.Editor,
        ["POST /admin/editions/{number}/slots/{story:long}"] = Who.Editor,
        ["GET /admin/editions/{number}/delete"] = Who.Editor,
        ["POST /admin/editions/{number}/delete"] = Who.Editor,
        ["GET /admin/editions/{number}/publish"] = Who.Publisher,
        ["POST /admin/editions/{number}/publish"] = Who.Publisher,
        ["GET /admin/editions/{number}/schedule"] = Who.Publisher,
        ["POST /admin/editions/{number}/schedule"] = Who.Publisher,
        ["GET /admin/editions/{number}/unschedule"] = Who.Publisher,
        ["POST /admin/editions/{number}/unschedule"] = Who.Publisher,

        ["GET /admin/webhooks"] = Who.Administrator,
        ["POST /admin/webhooks"] = Who.Administrator,
        ["GET /admin/webhooks/{id:long}"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Events"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Pause"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Resume"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Ping"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Replay"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Secret"] = Who.Administrator,
        ["POST /admin/webhooks/{id:long}?handler=Delete"] = Who.Administrator,
        ["GET /admin/newsletters"] = Who.Publisher,
        ["GET /admin/newsletters/{id:long}"] = Who.Publisher,
        ["POST /admin/newsletters/{id:long}?handler=Hold"] = Who.Publisher,
        ["POST /admin/newsletters/{id:long}?handler=Resume"] = Who.Publisher,
        ["POST /admin/newsletters/{id:long}?handler=Cancel"] = Who.Publisher,
        ["GET /admin/newsletters/editions/{number}"] = Who.Publisher,
        ["POST /admin/newsletters/editions/{number}?handler=Proof"] = Who.Publisher,
        ["POST /admin/newsletters/editions/{number}?handler=Send"] = Who.Publisher,
        ["GET /admin/newsletters/editions/{number}/sheet"] = Who.Publisher,
        ["GET /admin/newsletters/editions/{number}/words"] = Who.Publisher,
        ["POST /admin/newsletters/editions/{number}/words"] = Who.Publisher,
        ["GET /admin/newsletters/editions/{number}/time"] = Who.Publisher,
        ["POST /admin/newsletters/editions/{number}/time"] = Who.Publisher,
        ["GET /admin/newsletters/subscribers"] = Who.Publisher,
        ["GET /admin/newsletters/subscribers/export"] = Who.Administrator,
        ["GET /admin/newsletters/subscribers/{id:long}/remove"] = Who.Administrator,
        ["POST /admin/newsletters/subscribers/{id:long}/remove"] = Who.Administrator,

        ["GET /admin/settings"] = Who.Administrator,
        ["POST /admin/settings"] = Who.Administrator,
        ["GET /admin/settings/nameplate"] = Who.Administrator,
        ["GET /admin/settings/mail"] = Who.Administrator,
        ["POST /admin/settings/mail"] = Who.Administrator,
        ["GET /admin/settings/cache"] = Who.Administrator,
        ["POST /admin/settings/cache"] = Who.Administrator,
        ["GET /admin/audit"] = Who.Administrator,
        ["GET /admin/audit?handler=Csv"] = Who.Administrator,
        ["GET /admin/team"] = Who.Administrator,
        ["GET /admin/team/invite"] = Who.Administrator,
        ["POST /admin/team/invite"] = Who.Administrator,
        ["GET /admin/team/{id:long}"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=Change"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=Byline"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=Close"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=Reopen"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=SecondFactor"] = Who.Administrator,
        ["POST /admin/team/{id:long}?handler=Invite"] = Who.Administrator,
    };

    [Fact]
    public async Task Every_way_in_stands_in_the_table_and_every_line_of_it_is_a_way_in()
    {
        await using var room = new ActRoom();
        var known = await WaysInAsync(room.App);
        List<string> faults = [
            .. known.Except(Table.Keys).Select(way => $"Nobody has said who may {way}."),
            .. Table.Keys.Except(known).Select(line => $"There is no {line} any more."),
        ];
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everyone_is_let_in_where_the_table_says_so_and_nowhere_else(bool editorsMayPublish)
    {
        await using var room = new ActRoom();
        await room.LetEditorsPublishAsync(editorsMayPublish);
        var owner = await room.ColleagueAsync(Role.Reporter, "Another Reporter");
        var addresses = await AddressesAsync(room, owner);
        var faults = new List<string>();
        // What is done to a story in front of readers is the editors', too, where the paper has chosen so; the rest is not.
        var table = Table.ToDictionary(
            l => l.Key,
            l => editorsMayPublish && l.Value is Who.Publisher && l.Key.Contains(" /admin/stories/", StringComparison.Ordinal)
                ? Who.Editor
                : l.Value);

        await AsStrangerAsync(room, addresses, faults);
        foreach (var role in Enum.GetValues<Role>())
        {
            var colleague = await room.ColleagueAsync(role);
            var token = await colleague.TokenAsync();
            // Whatever is refused comes first, so that nothing of it can have been done by what is not.
            var (refused, allowed) = (table.Where(l => Rank(role) < l.Value).ToList(),
                table.Where(l => Rank(role) >= l.Value).OrderBy(l => l.Key == "POST /admin/sign-out").ToList());
            var before = await EventsAsync(room);
            foreach (var (line, _) in refused)
            {
                var answer = await TryAsync(colleague, line, addresses(line), token);
                if (answer.Status != HttpStatusCode.Forbidden) faults.Add($"{role}: {line} answered {(int)answer.Status}, not 403.");
            }
            if (await EventsAsync(room) != before) faults.Add($"{role}: something that was refused was done all the same.");
            foreach (var (line, who) in allowed)
            {
                var answer = await TryAsync(colleague, line, addresses(line), token);
                if (who is Who.Reader
                    ? IsTheDoor(answer) && !IsSentIn(line)
                    : IsTheDoor(answer) && line != "POST /admin/sign-out" && !IsAtTheDoor(line) || (int)answer.Status >= 500)
                {
                    faults.Add($"{role}: {line} answered {(int)answer.Status} {answer.Header("Location")}.");
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_page_of_the_newsroom_says_which_act_it_is_for_and_only_the_door_is_open()
    {
        var pages = typeof(RequiresActAttribute).Assembly.GetTypes().Where(t => !t.IsAbstract
            && typeof(PageModel).IsAssignableFrom(t)
            && t.Namespace!.StartsWith("NewsHub.Web.Areas.Admin", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count > 50, $"{pages.Count} pages were found.");
        Assert.Empty(pages.Where(p => Has<RequiresActAttribute>(p) == Has<AllowAnonymousAttribute>(p)).Select(p => p.FullName));
        Assert.Equal(
            [
                "ForgottenModel", "JoinModel", "KeptModel", "PreviewModel", "ResetModel", "SetUpModel", "SignInCodeModel", "SignInModel",
                "SignInPasskeyModel",
            ],
            pages.Where(Has<AllowAnonymousAttribute>).Select(p => p.Name).Order(StringComparer.Ordinal));

        static bool Has<T>(Type page) => page.IsDefined(typeof(T), inherit: true);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_reporters_copy_is_the_reporters_until_it_is_filed_and_a_colleagues_never()
    {
        await using var room = new ActRoom();
        var (mine, other) = (await room.ColleagueAsync(Role.Reporter, "Mine"), await room.ColleagueAsync(Role.Reporter, "Other"));
        var token = await mine.TokenAsync();
        var (own, theirs) = (await room.DraftAsync("Own", mine), await room.DraftAsync("Theirs", other));
        string[] whileMine = ["POST ", "POST ?handler=Autosave", "POST /history", "GET /file", "POST /file"], always =
            ["GET /previews", "POST /previews"], never = ["GET /publish", "POST /publish", "GET /spike", "POST /approve"];

        foreach (var way in (string[])[.. whileMine, .. always])
        {
            Assert.NotEqual((way, HttpStatusCode.Forbidden), (way, await StatusAsync(way, own)));
            Assert.Equal((way, HttpStatusCode.Forbidden), (way, await StatusAsync(way, theirs)));
        }
        foreach (var way in never) Assert.Equal((way, HttpStatusCode.Forbidden), (way, await StatusAsync(way, own)));

        await room.ChangeAsync(own, (_, story) =>
        {
            story.File(new Actor(mine.Name), room.Now);
            return Task.CompletedTask;
        });
        // A second click on 'File' is not refused: it finds it done.
        foreach (var way in whileMine.Except(["POST /file"]))
            Assert.Equal((way, HttpStatusCode.Forbidden), (way, await StatusAsync(way, own)));
        foreach (var way in always) Assert.NotEqual((way, HttpStatusCode.Forbidden), (way, await StatusAsync(way, own)));

        async Task<HttpStatusCode> StatusAsync(string way, long id) =>
            (await TryAsync(mine, way, $"/admin/stories/{id}{way.Split(' ')[1]}", token)).Status;
    }

    [Fact]
    public async Task A_front_that_readers_have_is_the_publishers()
    {
        await using var room = new ActRoom();
        foreach (var role in new[] { Role.Editor, Role.Publisher })
        {
            var colleague = await room.ColleagueAsync(role);
            var token = await colleague.TokenAsync();
            foreach (var way in new[] { "POST /admin/editions/1", "GET /admin/editions/1/describe", "POST /admin/editions/1/describe" })
                Assert.Equal((way, role is Role.Editor),
                    (way, (await TryAsync(colleague, way, way.Split(' ')[1], token)).Status is HttpStatusCode.Forbidden));
        }
    }

    /// <summary>What only a form or a link of the paper's own, or of a mail, may do, and of live stories alone: what else it answers
    /// is a test of its own.</summary>
    private static bool IsSentIn(string line) => line.Contains(" /react/", StringComparison.Ordinal)
        || line.Contains(" /share/", StringComparison.Ordinal)
        || line.Contains(" /newsletter/", StringComparison.Ordinal)
        || line.Contains(" /language/", StringComparison.Ordinal)
        || line == "POST /newsletter";

    private static async Task AsStrangerAsync(ActRoom room, Func<string, string> addresses, List<string> faults)
    {
        using var stranger = Colleague.Stranger(room.App);
        var token = (await stranger.GetAsync("/admin/sign-in")).Page
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        var before = await EventsAsync(room);
        foreach (var (line, who) in Table.OrderByDescending(l => l.Value))
        {
            var answer = await TryAsync(stranger, line, addresses(line), token);
            if (who is Who.Reader && !IsSentIn(line) && (IsTheDoor(answer) || line is not ("GET /error/{code:int}" or "GET /api/try/{name}"
                or "GET /feed" or "GET /rss" or "GET /rss.xml" or "GET /index.xml"
                or "GET /.well-known/change-password") && answer.Status is not HttpStatusCode.OK))
            {
                faults.Add($"Reader: {line} answered {(int)answer.Status}.");
            }
            if (who is Who.Stranger
                && (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)answer.Status >= 500))
            {
                faults.Add($"Stranger: {line} answered {(int)answer.Status}.");
            }
            if (who < Who.Reporter) continue;
            if (!IsSentToTheDoor(answer))
                faults.Add($"Stranger: {line} answered {(int)answer.Status} {answer.Header("Location")}, not the way to the door.");
            if (await EventsAsync(room) != before) faults.Add($"Stranger: {line} was done.");
            using var script = new HttpRequestMessage(new HttpMethod(line.Split(' ')[0]), addresses(line));
            script.Headers.Add("X-Requested-With", "fetch");
            using var told = await room.App.Client.SendAsync(script, TestContext.Current.CancellationToken);
            if (told.StatusCode != HttpStatusCode.Unauthorized)
                faults.Add($"Stranger: a script's {line} answered {(int)told.StatusCode}, not 401.");
        }
    }

    /// <summary>A GET, or a POST as someone would craft it: with a good token, and with nothing in it that could be done.</summary>
    private static Task<Answer> TryAsync(Colleague who, string line, string address, string token) =>
        line.StartsWith("GET ", StringComparison.Ordinal)
            ? who.GetAsync(address)
            : who.PostAsync(address, new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token,
                ["Version"] = "-1",
                ["Do"] = "spike",
                ["number"] = "4711",
            });

    private static Who Rank(Role role) => Who.Reporter + (int)role;

    private static bool IsAtTheDoor(string line) => Table[line] is Who.Stranger;

    private static bool IsTheDoor(Answer answer) =>
        answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || IsSentToTheDoor(answer);

    private static bool IsSentToTheDoor(Answer answer) => answer.Status is HttpStatusCode.Redirect
        && answer.Header("Location")?.Contains("/admin/sign-in?then=", StringComparison.Ordinal) == true;

    /// <summary>All that was done; that somebody was refused is noted, too.</summary>
    private static Task<int> EventsAsync(ActRoom room) =>
        room.App.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act != Act.BeRefused));

    /// <summary>Each line as an address of something that is there.</summary>
    internal static async Task<Func<string, string>> AddressesAsync(ActRoom room, Colleague owner)
    {
        var story = await room.DraftAsync("Nobody else’s", owner);
        await room.ChangeAsync(story, (db, s) =>
        {
            db.PreviewLinks.Add(s.SharePreview(room.Now.AddDays(1), Desk.Editor, room.Now));
            return Task.CompletedTask;
        });
        var live = await room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "Tides", room.Now, Kind.Live));
        await owner.UploadByScriptAsync("/admin/media/upload", "quay.jpg", Shots.Jpeg());
        var spare = await Colleague.HireAsync(room.App, Role.Reporter, "Spare", "spare@example.org");
        var (link, picture, key) = await room.App.FromElsewhereAsync(async db =>
            (await db.PreviewLinks.Select(l => l.Id).SingleAsync(), await db.Pictures.Select(p => p.Id).SingleAsync(),
                await db.Pictures.Select(p => p.Key).SingleAsync()));
        // A page that the content folder did not bring.
        await room.App.FromElsewhereAsync(async db =>
        {
            var about = new NewsHub.Core.Editions.StaticPage(Slug.Parse("about"));
            about.Write("About", "What this is.", "What this is.", new RenderedBody("<p>What this is.</p>", 3, []));
            db.StaticPages.Add(about);
            db.Assignments.Add(new NewsHub.Core.Planning.Assignment(
                new NewsHub.Core.Planning.AssignmentPlan { Slug = Slug.Parse("quay") }, Desk.Editor, room.Now));
            db.Events.Add(new NewsEvent(Act.ChangePage, Desk.Editor, room.Now, [Topic.SiteWide]));
            db.Editions.Add(new NewsHub.Core.Editions.Edition(2, new DateOnly(2025, 7, 8), "The next one"));
            return await db.SaveChangesAsync();
        });
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/about")).Status is HttpStatusCode.OK, "Readers have the page about the paper.");
        return line =>
        {
            var route = line.Split(' ')[1];
            var filled = route switch
            {
                "/{section}" => "/harbour",
                "/{kind:regex(^(breaking|analysis|opinion|live)$)}" => "/opinion",
                "/{name:staticpage}" => "/about",
                "/{section}/{year:int}/{month:int}/{day:int}/{slug}" => "/harbour/2025/06/30/boats",
                "/{section}/{year:int}/{month:int}/{day:int}/{slug}/updates/{entry:long?}" => $"{live}/updates",
                "/api/try/{name}" => "/api/try/getStory?id=1",
                "/api/v1/authors/{slug}" => "/api/v1/authors/ada-night",
                "/api/v1/search" => "/api/v1/search?q=boats",
                "/api/v1/stories/{id}" => "/api/v1/stories/1",
                "/api/v1/tags/{slug}" => "/api/v1/tags/boats",
                "/accent/{colours}.css" => "/accent/1a4f8b-7fb2ee.css",
                "/authors/{slug}" => "/authors/ada-night",
                "/sitemaps/{month:regex(^[0-9]{{4}}-[0-9]{{2}}$)}.xml" => "/sitemaps/2025-06.xml",
                "/cards/paper-{key}.jpg" => "/cards/paper-0.jpg",
                "/cards/{id:long}-{key}.jpg" => "/cards/1-0.jpg",
                "/tags/{slug}" => "/tags/boats",
                "/error/{code:int}" => "/error/404",
                "/media/{key}/{name}" => $"/media/{key}/full-320.jpg",
                "/preview/{token}" => "/preview/nothing",
                "/rates/{from:alpha:length(3)}-{to:alpha:length(3)}" => "/rates/usd-eur",
                "/rates/{from:alpha:length(3)}-{to:alpha:length(3)}.csv" => "/rates/usd-eur.csv",
                ['/', '{', 'l', 'i', 's', 't', '}', ..] => route.Replace("{list}", "harbour", StringComparison.Ordinal),
                _ => route.Replace("/authors/{list}", "/authors/ada-night", StringComparison.Ordinal)
                    .Replace("/tags/{list}", "/tags/boats", StringComparison.Ordinal)
                    .Replace("{number}", route.StartsWith("/admin", StringComparison.Ordinal) ? "2" : "1", StringComparison.Ordinal)
                    .Replace("{story:long}", "1", StringComparison.Ordinal)
                    .Replace("{way}", "x", StringComparison.Ordinal)
                    .Replace("{tag}", "fr", StringComparison.Ordinal)
                    .Replace("{name}", "about", StringComparison.Ordinal)
                    .Replace("{entryid:long}", "1", StringComparison.Ordinal)
                    .Replace("{link:long}", $"{link}", StringComparison.Ordinal)
                    .Replace("{id:long}", $"{Id(route)}", StringComparison.Ordinal),
            };
            Assert.False(filled.Contains('{', StringComparison.Ordinal), $"Nobody has said what to ask of {route}.");
            return filled;
        };

        long Id(string route) =>
            route.Split('/').ElementAtOrDefault(2) switch { "stories" => story, "media" => picture, "team" => spare, _ => 1 };
    }

    /// <summary>Every endpoint, and every handler of those that are pages.</summary>
    internal static async Task<List<string>> WaysInAsync(NewsHubApp app)
    {
        _ = app.Client;
        var loader = app.Services.GetRequiredService<PageLoader>();
        var ways = new List<string>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var whole = await loader.LoadAsync(page, endpoint.Metadata);
                // A page answers GET whether or not it has a handler for it.
                ways.Add($"GET {route}");
                ways.AddRange(whole.HandlerMethods
                    .Where(h => h.HttpMethod is not ("Get" or "Head") || h.Name is not null)
                    .Select(h => $"{h.HttpMethod.ToUpperInvariant()} {route}{(h.Name is null ? "" : $"?handler={h.Name}")}"));
            }
            else
            {
                var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
                ways.AddRange(methods.Select(m => $"{m} {route}"));
            }
        }
        return [.. ways.Distinct()];
    }
}
