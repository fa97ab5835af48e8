using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Publishing;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Who may do what beyond the table of ways in: proofs, refusals, methods, pictures, previews, rates,
/// invitations, the second factor.</summary>
public sealed class RightsTests
{
    /// <summary>Pages of the acts below that ask for no proof, and why.</summary>
    private static readonly Dictionary<string, string> WithoutProof = new()
    {
        ["Account.IndexModel"] = "One's own zone, and to end one's other sessions, which nobody should be kept from.",
        ["ProveModel"] = "It asks for the proof.",
        ["Team.IndexModel"] = "A list of colleagues; what changes one asks.",
        ["House.AuditModel"] = "Reading what was done.",
    };

    [Fact]
    public void Every_page_that_only_administrators_have_or_that_is_about_an_account_asks_for_a_proof()
    {
        var (publisher, administrator) = (new StaffMember("p@example.org", "P", Role.Publisher, default),
            new StaffMember("a@example.org", "A", Role.Administrator, default));
        var pages = typeof(RequiresActAttribute).Assembly
            .GetTypes()
            .Where(t => !t.IsAbstract && typeof(PageModel).IsAssignableFrom(t) && t.IsDefined(typeof(RequiresActAttribute), true))
            .ToList();
        var sensitive = pages.Where(p => ActOf(p) is var act
            && (act is Act.ChangeOwnAccount || administrator.May(act) && !publisher.May(act))).ToList();
        Assert.True(sensitive.Count > 10, $"{sensitive.Count} pages were found.");
        Assert.Equal(WithoutProof.Keys.Order(StringComparer.Ordinal),
            sensitive.Where(p => !p.IsDefined(typeof(RequiresRecentSignInAttribute), true)).Select(Name).Order(StringComparer.Ordinal));

        static Act ActOf(Type page) => ((RequiresActAttribute)Attribute.GetCustomAttribute(page, typeof(RequiresActAttribute))!).Act;
        static string Name(Type page) => page.FullName!.Replace("NewsHub.Web.Areas.Admin.Pages.", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_subscribers_team_and_settings_ask_again_after_ten_minutes_at_every_handler()
    {
        await using var room = new ActRoom();
        var addresses = await RoleRouteTests.AddressesAsync(room, await room.ColleagueAsync(Role.Reporter, "Another Reporter"));
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var token = await administrator.TokenAsync();
        var ways = (await RoleRouteTests.WaysInAsync(room.App))
            .Where(w => new[] { "/admin/webhooks", "/subscribers/export", "/remove", "/admin/settings", "/admin/team/", "/admin/account/" }
                .Any(s => w.Contains(s, StringComparison.Ordinal)))
            .ToList();
        Assert.True(ways.Count > 20, $"{ways.Count} ways in were found.");
        room.App.Time.Advance(TimeSpan.FromMinutes(11));
        foreach (var way in ways)
        {
            var address = addresses(way);
            var answer = way.StartsWith("GET", StringComparison.Ordinal)
                ? await administrator.GetAsync(address)
                : await administrator.PostAsync(address, new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
            Assert.True(answer.Header("Location") == $"/admin/prove?then={Uri.EscapeDataString(address)}",
                $"{way} answered {(int)answer.Status} {answer.Header("Location")}.");
        }
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    [InlineData("X")]
    public async Task No_method_but_those_that_pages_have_is_answered_anywhere(string method)
    {
        await using var room = new ActRoom();
        var addresses = await RoleRouteTests.AddressesAsync(room, await room.ColleagueAsync(Role.Reporter, "Another Reporter"));
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var faults = new List<string>();
        foreach (var path in (await RoleRouteTests.WaysInAsync(room.App)).Select(addresses).Distinct())
        {
            foreach (var cookies in new[] { "", administrator.Cookies })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (cookies.Length > 0) request.Headers.Add("Cookie", cookies);
                using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
                if (answer.StatusCode is not HttpStatusCode.MethodNotAllowed || !answer.Content.Headers.Allow.Contains("GET"))
                    faults.Add($"{method} {path} answered {(int)answer.StatusCode}.");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // What is nowhere is not there for any method.
        foreach (var path in new[] { "/css/newsroom.css", "/nothing/at-all" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_page_without_a_form_takes_none_and_a_handler_that_is_not_there_is_not_found()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = await administrator.TokenAsync() };
        foreach (var path in new[] { "/admin/audit", "/admin/team", "/admin/tags", "/admin/editions", "/admin/media" })
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, (await administrator.PostAsync(path, fields)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostAsync("/admin/rates?handler=Nothing", fields)).Status);
    }

    [Fact]
    public async Task Who_was_refused_what_stands_in_the_log_and_a_flood_does_not_fill_it()
    {
        await using var room = new ActRoom();
        var (reporter, administrator) = (await room.ColleagueAsync(Role.Reporter), await room.ColleagueAsync(Role.Administrator));
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync("/admin/team/1")).Status);
        var story = await room.DraftAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.SubmitAsync($"/admin/stories/{story}", form: "#editor")).Status);
        var lines = await RefusalsAsync();
        Assert.Equal(["address:/admin/team/1", $"address:/admin/stories/{story}"], lines.Select(l => l.Subject.ToString()));
        Assert.All(lines, l => Assert.Equal(reporter.Name, l.By.Name));
        Assert.Contains("GET, a page for ChangeStaff", lines[0].Note, StringComparison.Ordinal);
        Assert.Contains("/admin/team/1", (await administrator.GetAsync("/admin/audit?what=BeRefused")).Text, StringComparison.Ordinal);

        for (var i = 0; i < 60; i++) await reporter.GetAsync($"/admin/team/{i}");
        lines = await RefusalsAsync();
        Assert.Equal(21, lines.Count);
        Assert.Contains("not noted for now", lines[^1].Note, StringComparison.Ordinal);

        Task<List<NewsEvent>> RefusalsAsync() =>
            room.App.FromElsewhereAsync(db => db.Events.AsNoTracking().Where(e => e.Act == Act.BeRefused).OrderBy(e => e.Id).ToListAsync());
    }

    [Theory]
    [InlineData(StoryState.Draft, true)]
    [InlineData(StoryState.Filed, true)]
    [InlineData(StoryState.Scheduled, false)]
    [InlineData(StoryState.Live, false)]
    [InlineData(StoryState.Withdrawn, false)]
    public async Task A_reporter_puts_right_the_own_picture_until_a_text_with_it_was_let_through(StoryState state, bool may)
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var picture = await PictureAsync(room, reporter, "quay.jpg");
        var story = await room.DraftAsync("With a picture", reporter, text => text with { Picture = picture.Use() });
        await room.ChangeAsync(story, async (db, s) =>
        {
            if (state is StoryState.Filed) s.File(Desk.Editor, room.Now);
            if (state is StoryState.Scheduled) s.Schedule(room.Now.AddDays(1), Desk.Editor, room.Now);
            if (state is StoryState.Live or StoryState.Withdrawn) await db.PublishAsync(s, s.Newest(), Desk.Editor, room.Now);
            if (state is StoryState.Withdrawn) s.Withdraw("It was not true.", "hoax", Desk.Editor, room.Now);
        });
        await Expect(may);
        if (state is not StoryState.Filed) return;
        await room.ChangeAsync(story, (_, s) => { s.Approve(s.Newest(), Desk.Editor, room.Now); return Task.CompletedTask; });
        await Expect(false);

        async Task Expect(bool allowed)
        {
            Assert.Equal(allowed, (await reporter.GetAsync($"/admin/media/{picture.Id}/replace")).Status is HttpStatusCode.OK);
            var fields = new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = await reporter.TokenAsync(),
                ["Typed.Alt"] = "A quay",
                ["Typed.Credit"] = "Me",
                ["Typed.Caption"] = "Another",
                ["Typed.FocusX"] = "50",
                ["Typed.FocusY"] = "50",
            };
            Assert.Equal(allowed, (await reporter.PostAsync($"/admin/media/{picture.Id}", fields)).Status is HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task Bytes_that_a_colleague_brought_before_are_described_by_whoever_brings_them_again_and_the_colleagues_story_stays()
    {
        await using var room = new ActRoom();
        var (first, second) = (await room.ColleagueAsync(Role.Reporter, "First"), await room.ColleagueAsync(Role.Reporter, "Second"));
        var theirs = await PictureAsync(room, first, "quay.jpg");
        var live = await room.DraftAsync("With a picture", first, text => text with { Picture = theirs.Use(), Body = "![](quay.jpg)" });
        await room.ChangeAsync(live, (db, s) => db.PublishAsync(s, s.Newest(), Desk.Editor, room.Now));

        var page = (await second.UploadAsync("/admin/media/upload", "main form[method=post]", ("quay.jpg", Shots.Jpeg())))
            .Header("Location")!;

        Assert.Contains("The same file is already in the library, as quay.jpg",
            (await second.GetAsync(page)).Page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(page,
            new() { ["Typed.Alt"] = "My own words", ["Typed.Credit"] = "Mine", ["Typed.Caption"] = "My caption" }, "form.fields")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync($"/admin/media/{theirs.Id}/replace")).Status);
        var text = (await room.ReadAsync(live)).Newest();
        Assert.Equal("quay.jpg", text.Text.Picture!.File);
        Assert.DoesNotContain("My", $"{text.Text.Picture.Alt}{text.Text.Picture.Caption}{text.BodyHtml}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_link_ends_with_its_makers_account_and_with_the_role_that_it_was_made_by()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var (closed, demoted, renamed) = (await room.ColleagueAsync(Role.Editor, "Closed"),
            await room.ColleagueAsync(Role.Editor, "Demoted"), await room.ColleagueAsync(Role.Editor, "Renamed"));
        var (stories, links) = (new List<long>(), new List<string>());
        foreach (var maker in new[] { closed, demoted, renamed })
        {
            var id = await room.DraftAsync($"By {maker.Name}");
            stories.Add(id);
            await maker.SubmitAsync($"/admin/stories/{id}/previews", new() { ["Hours"] = "24" }, "form#make");
            links.Add(new Uri((await maker.GetAsync($"/admin/stories/{id}/previews")).Page
                .QuerySelector(".preview-link input[readonly]")!
                .GetAttribute("value")!).AbsolutePath);
        }
        foreach (var link in links) Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync(link)).Status);

        await administrator.SubmitAsync($"/admin/team/{closed.Id}", form: "form.close");
        await administrator.SubmitAsync($"/admin/team/{demoted.Id}", new() { ["Role"] = "Reporter" }, "form.change");
        await administrator.SubmitAsync($"/admin/team/{renamed.Id}", new() { ["Name"] = "Another Name" }, "form.change");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK],
            await Task.WhenAll(links.Select(async l => (await room.App.GetAsync(l)).Status)));
        var listed = new List<int>();
        foreach (var story in stories)
            listed.Add((await administrator.GetAsync($"/admin/stories/{story}/previews")).Page.QuerySelectorAll(".preview-link").Length);
        Assert.Equal([0, 0, 1], listed);
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("8", "10 × the last rate 0.80")]
    [InlineData("0.08", "1/10 of the last rate 0.80")]
    [InlineData("1.0", "25 % above the last rate 0.80")]
    [InlineData("0.6", "25 % below the last rate 0.80")]
    [InlineData("0.96", null)]
    [InlineData("0.64", null)]
    public async Task A_rate_set_by_hand_that_jumps_is_asked_about_once(string rate, string? question)
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var answer = await publisher.SubmitAsync(
            "/admin/rates", new() { ["Quote"] = "EUR", ["Rate"] = rate, ["Reason"] = "The bank called." }, "form.fields");
        if (question is not null)
        {
            ActRoom.Asks(answer, question, "Rate");
            Assert.Equal((rate, "The bank called."),
                (answer.Page.QuerySelector("#Rate")!.GetAttribute("value"), answer.Page.QuerySelector("#Reason")!.GetAttribute("value")));
            // Another rate is another question.
            ActRoom.Asks(await publisher.SendAsync(answer, new() { ["Rate"] = "80" }, "form.fields"), "100 × the last rate", "Rate");
            answer = await publisher.SendAsync(answer, form: "form.fields");
        }
        ActRoom.LedTo("/admin/rates", answer);
        Assert.Equal(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture),
            await room.App.FromElsewhereAsync(db => db.PinnedRates.Select(p => p.Value).SingleAsync()));
    }

    [Fact]
    public async Task Without_a_mail_server_an_invitation_says_so_and_shows_its_link_once()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var invited = await administrator.SubmitAsync("/admin/team/invite", new() { ["Name"] = "Bo Ade", ["Email"] = "bo@example.org" });
        var page = await administrator.GetAsync(invited.Header("Location")!);
        Assert.Contains("No mail server is set", page.Page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("went to", page.Page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        var link = new Uri(page.Page.QuerySelector("#Link")!.GetAttribute("value")!);
        Assert.Null((await administrator.GetAsync(invited.Header("Location")!)).Page.QuerySelector("#Link"));
        using var bo = Colleague.Stranger(room.App);
        Assert.Equal(
            "/admin", (await bo.SubmitAsync(link.PathAndQuery, new() { ["Password"] = "seven kettles on a pier" })).Header("Location"));
    }

    [Fact]
    public async Task A_second_factor_that_the_paper_asks_for_is_set_up_before_anything_else_and_nobody_is_locked_out()
    {
        await using var room = new ActRoom();
        var (administrator, editor, reporter) = (await room.ColleagueAsync(Role.Administrator), await room.ColleagueAsync(Role.Editor),
            await room.ColleagueAsync(Role.Reporter));
        Assert.Equal(
            HttpStatusCode.BadRequest, (await administrator.SubmitAsync("/admin/settings", new() { ["SecondFactor"] = "King" })).Status);
        ActRoom.LedTo("/admin/settings", await administrator.SubmitAsync("/admin/settings", new() { ["SecondFactor"] = "Editor" }));

        Assert.Equal(HttpStatusCode.OK, (await reporter.GetAsync("/admin")).Status);
        foreach (var who in new[] { administrator, editor })
        {
            foreach (var path in new[] { "/admin", "/admin/stories/new", "/admin/media" })
                ActRoom.LedTo("/admin/account/second-factor", await who.GetAsync(path));
            var page = await who.GetAsync("/admin/account/second-factor");
            Assert.Contains("requires a second factor", page.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            var key = page.Page.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await who.SendAsync(
                page, new() { ["Code"] = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(key)).ComputeTotp(room.Now.UtcDateTime) })).Status);
            Assert.Equal(HttpStatusCode.OK, (await who.GetAsync("/admin")).Status);
            Assert.Equal(
                HttpStatusCode.BadRequest, (await who.SubmitAsync("/admin/account/second-factor", form: "form[action$=off]")).Status);
        }
        Assert.Contains("SecondFactor\":\"Editor", (await room.App.FromElsewhereAsync(db =>
            db.Events.OrderBy(e => e.Id).Where(e => e.Act == Act.ChangeSite).Select(e => e.After).LastAsync()))!, StringComparison.Ordinal);
    }

    private static async Task<NewsHub.Core.Media.Picture> PictureAsync(ActRoom room, Colleague who, string file)
    {
        await who.UploadByScriptAsync("/admin/media/upload", file, Shots.Jpeg());
        var id = await room.App.FromElsewhereAsync(db => db.Pictures.Where(p => p.File == file).Select(p => p.Id).SingleAsync());
        await who.SubmitAsync($"/admin/media/{id}", new() { ["Typed.Alt"] = "A quay", ["Typed.Credit"] = "A. Osei" }, "form.fields");
        return await room.App.FromElsewhereAsync(db => db.Pictures.AsNoTracking().SingleAsync(p => p.Id == id));
    }
}
