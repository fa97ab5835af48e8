using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using OtpNet;

namespace NewsHub.Web.Tests.Admin;

public sealed class AccountTests : IDisposable
{
    private const string Factor = "/admin/account/second-factor";
    private readonly MadeUpPaper _paper = new();
    private readonly NewsHubApp _app;

    public AccountTests() => _app = new() { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    private string CodeOf(string key) => new OtpNet.Totp(Base32Encoding.ToBytes(key)).ComputeTotp(_app.Time.GetUtcNow().UtcDateTime);

    /// <summary>Switches the second factor on, and gives its key and recovery codes.</summary>
    private async Task<(string Key, List<string> Codes)> EnrolAsync(Colleague someone)
    {
        var page = await someone.GetAsync(Factor);
        var key = page.Page.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector("svg.qr path"));
        var wrong = await someone.SendAsync(page, new() { ["Code"] = "000000" });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Code-wrong"), (wrong.Status, wrong.Page.QuerySelector("#Code")!.GetAttribute("aria-describedby")));
        var on = await someone.SendAsync(wrong, new() { ["Code"] = CodeOf(key) });
        Assert.Equal(HttpStatusCode.OK, on.Status);
        return (key, [.. on.Page.QuerySelectorAll(".codes code").Select(c => c.TextContent)]);
    }

    private static async Task<Answer> KnockAsync(Colleague someone, string then = "") =>
        await someone.SubmitAsync(
            $"/admin/sign-in{then}", new() { ["Email"] = "test.editor@example.org", ["Password"] = Colleague.Password });

    [Fact]
    public async Task With_the_second_factor_on_the_password_opens_half_the_door_and_the_code_the_rest_once()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        var (key, codes) = await EnrolAsync(owner);
        Assert.Equal(10, codes.Distinct().Count());
        _app.Time.Advance(TimeSpan.FromMinutes(1));

        using var again = Colleague.Stranger(_app);
        var half = await KnockAsync(again, "?then=%2Fadmin%2Fstories%2Fnew");
        Assert.Equal("/admin/sign-in/code?then=%2Fadmin%2Fstories%2Fnew", half.Header("Location"));
        Assert.Equal(HttpStatusCode.Redirect, (await again.GetAsync("/admin")).Status);
        var code = CodeOf(key);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await again.SubmitAsync(half.Header("Location")!, new() { ["Code"] = code == "123456" ? "654321" : "123456" })).Status);
        var whole = await again.SubmitAsync(half.Header("Location")!, new() { ["Code"] = code });
        Assert.Equal((HttpStatusCode.Redirect, "/admin/stories/new"), (whole.Status, whole.Header("Location")));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/admin")).Status);

        // Over the shoulder, within the same half minute.
        using var thief = Colleague.Stranger(_app);
        await KnockAsync(thief);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.SubmitAsync("/admin/sign-in/code", new() { ["Code"] = code })).Status);
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_lies_in_the_store_as_a_hash_alone()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        var (key, codes) = await EnrolAsync(owner);
        var kept = string.Join('\n', await _app.FromElsewhereAsync(db => db.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<long>>()
            .Select(t => t.Value)
            .ToListAsync()));
        Assert.DoesNotContain(codes, c => kept.Contains(c, StringComparison.Ordinal));
        Assert.DoesNotContain(key, kept, StringComparison.Ordinal);

        foreach (var (expected, typed) in new[]
        {
            (HttpStatusCode.Redirect, codes[3].ToLowerInvariant()),
            (HttpStatusCode.BadRequest, codes[3]),
            (HttpStatusCode.Redirect, codes[4].Replace("-", " ", StringComparison.Ordinal)),
        })
        {
            using var again = Colleague.Stranger(_app);
            await KnockAsync(again);
            Assert.Equal(expected, (await again.SubmitAsync("/admin/sign-in/code?recovery=true", new() { ["Code"] = typed })).Status);
        }
        Assert.Contains("8 recovery codes are left", (await owner.GetAsync("/admin/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_guessed_at_five_times_and_the_owner_is_told()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        var (key, _) = await EnrolAsync(owner);
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        using var thief = Colleague.Stranger(_app);
        await KnockAsync(thief);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await thief.SubmitAsync("/admin/sign-in/code", new() { ["Code"] = "not it" })).Status);

        var refused = await thief.SubmitAsync("/admin/sign-in/code", new() { ["Code"] = CodeOf(key) });

        Assert.Equal((HttpStatusCode.TooManyRequests, "900"), (refused.Status, refused.Header("Retry-After")));
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(Outbox.Of(_app).Any(m => m.To.Mailboxes.Single().Address == owner.Email
            && m.TextBody!.Contains("wrong codes", StringComparison.Ordinal))), "the owner is told");
        await KnockAsync(owner);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync("/admin/sign-in/code", new() { ["Code"] = CodeOf(key) })).Status);
    }

    [Fact]
    public async Task Switched_off_the_password_alone_is_enough_and_the_old_key_is_gone()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        var (key, _) = await EnrolAsync(owner);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync(Factor, form: "form[action$=off]")).Status);
        using var again = Colleague.Stranger(_app);
        Assert.Equal("/admin", (await KnockAsync(again)).Header("Location"));
        Assert.DoesNotContain(
            key, (await owner.GetAsync(Factor)).Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([("off", "on"), ("on", "off")], (await _app.FromElsewhereAsync(
            db => db.Events.Where(e => e.Note == "second factor").OrderBy(e => e.Id).ToListAsync())).Select(e => (e.Before, e.After)));
    }

    [Theory]
    [InlineData("/admin/account/password")]
    [InlineData(Factor)]
    [InlineData("/admin/account/passkeys")]
    [InlineData("/admin/team/invite")]
    public async Task What_is_sensitive_asks_again_after_ten_minutes(string path)
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync(path)).Status);
        _app.Time.Advance(TimeSpan.FromMinutes(11));
        var asked = await administrator.GetAsync(path);
        Assert.Equal(
            (HttpStatusCode.Redirect, $"/admin/prove?then={Uri.EscapeDataString(path)}"), (asked.Status, asked.Header("Location")));

        var wrong = await administrator.SubmitAsync(asked.Header("Location")!, new() { ["Prove.Password"] = "not mine at all" });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "#Prove_Password"), (wrong.Status, wrong.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        var proved = await administrator.SendAsync(wrong, new() { ["Prove.Password"] = Colleague.Password });

        Assert.Equal((HttpStatusCode.Redirect, path), (proved.Status, proved.Header("Location")));
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_form_that_was_stopped_for_a_proof_goes_on_with_what_was_typed()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var form = await administrator.GetAsync("/admin/team/invite");
        _app.Time.Advance(TimeSpan.FromMinutes(11));
        var stopped = await administrator.SendAsync(
            form, new() { ["Name"] = "Bo \"Quote\" Ade", ["Email"] = "bo@example.org", ["Role"] = "Editor" });
        Assert.Equal(HttpStatusCode.TemporaryRedirect, stopped.Status);

        // As a browser follows 307: the same form to the other address.
        var page = await administrator.PostAsync(stopped.Header("Location")!, new Dictionary<string, string>
        {
            ["Name"] = "Bo \"Quote\" Ade",
            ["Email"] = "bo@example.org",
            ["Role"] = "Editor",
            ["__RequestVerificationToken"] = form.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
        });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var on = await administrator.SendAsync(page, new() { ["Prove.Password"] = Colleague.Password });
        Assert.Equal((HttpStatusCode.TemporaryRedirect, "/admin/team/invite"), (on.Status, on.Header("Location")));
        var carried = page.Page
            .QuerySelectorAll("main form:first-of-type input[type=hidden]")
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.PostAsync(on.Header("Location")!, carried)).Status);
        Assert.Equal(Role.Editor,
            await _app.FromElsewhereAsync(db => db.Staff.Where(s => s.Name == "Bo \"Quote\" Ade").Select(s => s.Role).SingleAsync()));
    }

    [Fact]
    public async Task A_new_password_is_checked_told_by_mail_and_the_old_one_opens_nothing()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        var wrong = await owner.SubmitAsync("/admin/account/password", new() { ["Password"] = "Password1234" });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "true"), (wrong.Status, wrong.Page.QuerySelector("#Password")!.GetAttribute("aria-invalid")));
        Assert.Contains("too common", wrong.Page.QuerySelector("#Password-wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Redirect, (await owner.SendAsync(wrong, new() { ["Password"] = "another lantern, another tide" })).Status);

        using var again = Colleague.Stranger(_app);
        Assert.Equal(HttpStatusCode.BadRequest, (await KnockAsync(again)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await again.SubmitAsync(
            "/admin/sign-in", new() { ["Email"] = owner.Email, ["Password"] = "another lantern, another tide" })).Status);
        Assert.Contains(
            "password was changed", (await Outbox.ExpectAsync(_app, owner.Email, "Your account")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_is_read_in_one_s_own_zone_or_in_the_paper_s()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Reporter);
        Assert.Equal(HttpStatusCode.Redirect,
            (await owner.SubmitAsync("/admin/account", new() { ["Zone"] = "Asia/Tokyo" }, "form[action$=zone]")).Status);
        var page = await owner.GetAsync("/admin/account");
        Assert.Contains("Asia/Tokyo", page.Page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 Jul 2025, 00:00", page.Text, StringComparison.Ordinal);
        var wrong = await owner.SendAsync(page, new() { ["Zone"] = "Mars/Olympus" }, "form[action$=zone]");
        Assert.Equal((HttpStatusCode.BadRequest, "#Zone"), (wrong.Status, wrong.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        Assert.Equal(
            HttpStatusCode.Redirect, (await owner.SubmitAsync("/admin/account", new() { ["Zone"] = "" }, "form[action$=zone]")).Status);
        Assert.Null(await _app.FromElsewhereAsync(db => db.Staff.Select(s => s.TimeZone).SingleAsync()));
    }

    [Fact]
    public async Task Looking_at_the_second_factor_changes_nothing_for_other_sessions_and_shows_the_same_key()
    {
        using var here = await Colleague.SignedInAsync(_app, Role.Editor);
        using var there = await Colleague.SignedInAsync(_app, Role.Editor);
        var key = (await here.GetAsync(Factor)).Page.QuerySelector("code.key")!.TextContent;
        _app.Time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(key, (await there.GetAsync(Factor)).Page.QuerySelector("code.key")!.TextContent);
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_this_session()
    {
        using var here = await Colleague.SignedInAsync(_app, Role.Editor);
        using var there = await Colleague.SignedInAsync(_app, Role.Editor);
        await here.SubmitAsync("/admin/account", form: "form[action$=everywhere]");
        _app.Time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect),
            ((await here.GetAsync("/admin")).Status, (await there.GetAsync("/admin")).Status));
    }
}
