using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Tests.Admin;

public sealed class TeamTests : IDisposable
{
    private readonly MadeUpPaper _paper = new();
    private readonly AtHome _app;

    public TeamTests() => _app = new() { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    private static Task<Answer> InviteAsync(Colleague by, string name, string email, string role = "Reporter") =>
        by.SubmitAsync("/admin/team/invite", new() { ["Name"] = name, ["Email"] = email, ["Role"] = role });

    private Task<StaffMember> MemberAsync(string name) =>
        _app.FromElsewhereAsync(db => db.Staff.AsNoTracking().SingleAsync(s => s.Name == name));

    [Fact]
    public async Task Somebody_is_invited_by_mail_chooses_a_password_and_is_in_and_the_link_works_once()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.Equal(HttpStatusCode.Redirect, (await InviteAsync(administrator, "Bo Ade", "bo@example.org", "Editor")).Status);
        var mail = await Outbox.ExpectAsync(_app, "bo@example.org", "Your place in the newsroom of The Lantern");
        Assert.Contains("Test Administrator invites you", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("http://lantern.example/admin/join?", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("newsroom@lantern.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal(_app.Time.GetUtcNow(), mail.Date);
        var link = Outbox.PathIn(mail);

        using var bo = Colleague.Stranger(_app);
        Assert.Contains("bo@example.org", (await bo.GetAsync(link)).Text, StringComparison.Ordinal);
        var easy = await bo.SubmitAsync(link, new() { ["Password"] = "bo ade bo ade" });
        Assert.Equal((HttpStatusCode.BadRequest, "no-referrer"), (easy.Status, easy.Header("Referrer-Policy")));
        var joined = await bo.SendAsync(easy, new() { ["Password"] = "seven kettles on a pier" });
        Assert.Equal((HttpStatusCode.Redirect, "/admin"), (joined.Status, joined.Header("Location")));
        Assert.Contains("Welcome, Bo Ade", (await bo.GetAsync("/admin")).Text, StringComparison.Ordinal);

        var dead = await Colleague.Stranger(_app).GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, dead.Status);
        Assert.Contains("no longer works", dead.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_lasts_seven_days_and_sent_again_voids_the_first()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var at = (await InviteAsync(administrator, "Bo Ade", "bo@example.org")).Header("Location")!;
        var first = Outbox.PathIn(await Outbox.ExpectAsync(_app, "bo@example.org", "Your place"));
        _app.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await Colleague.Stranger(_app).GetAsync(first)).Status);
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await Colleague.Stranger(_app).GetAsync(first)).Status);

        using var later = await Colleague.SignedInAsync(_app, Role.Administrator);
        Assert.Equal(HttpStatusCode.Redirect, (await later.SubmitAsync(at, form: "form.invite")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Colleague.Stranger(_app)
            .GetAsync(Outbox.PathIn(await Outbox.ExpectAsync(_app, "bo@example.org", "Your place")))).Status);
        Assert.Equal(2, Outbox.Of(_app).Count);
        // Who is in needs none.
        var other = await later.GetAsync($"/admin/team/{later.Id}");
        Assert.Null(other.Page.QuerySelector("form.invite"));
        Assert.Equal(HttpStatusCode.BadRequest, (await later.PostAsync($"/admin/team/{later.Id}?handler=invite",
            new Dictionary<string, string> { ["__RequestVerificationToken"] = await later.TokenAsync() })).Status);
    }

    [Theory]
    [InlineData("", "new@example.org", "Name")]
    [InlineData("test administrator", "new@example.org", "Name")]
    [InlineData("Importer", "new@example.org", "Name")]
    [InlineData("New One", "TEST.administrator@example.org", "Email")]
    [InlineData("New One", "not an address", "Email")]
    [InlineData("New One", "\"x\" <new@example.org>", "Email")]
    [InlineData("New One", "new@example.org", "Role", "King")]
    [InlineData("New One", "new@example.org", "Role", "99")]
    public async Task What_is_wrong_with_an_invitation_is_told_at_its_field(
        string name, string email, string field, string role = "Reporter")
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var wrong = await InviteAsync(administrator, name, email, role);
        Assert.Equal(
            (HttpStatusCode.BadRequest, $"#{field}"), (wrong.Status, wrong.Page.QuerySelector("#problems a")!.GetAttribute("href")));
        Assert.Equal("true", wrong.Page.QuerySelector($"#{field}")!.GetAttribute("aria-invalid"));
        Assert.Equal(email, wrong.Page.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.Equal(1, await _app.FromElsewhereAsync(db => db.Staff.CountAsync()));
    }

    [Fact]
    public async Task The_last_open_administrator_stays_one()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        // Invited, but never here: that does not count.
        await InviteAsync(administrator, "Bo Ade", "bo@example.org", "Administrator");
        var page = $"/admin/team/{administrator.Id}";
        foreach (var answer in new[]
        {
            await administrator.SubmitAsync(page, new() { ["Role"] = "Editor" }, "form.change"),
            await administrator.SubmitAsync(page, form: "form.close"),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("last administrator", answer.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        }
        Assert.True(await MemberAsync("Test Administrator") is { Role: Role.Administrator, ClosedAt: null });

        using var second = await Colleague.SignedInAsync(_app, Role.Administrator, "Second One");
        Assert.Equal("/admin", (await administrator.SubmitAsync(page, new() { ["Role"] = "Editor" }, "form.change")).Header("Location"));
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetAsync("/admin/team")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await second.SubmitAsync($"/admin/team/{second.Id}", form: "form.close")).Status);
    }

    [Fact]
    public async Task An_account_is_closed_opened_again_and_every_change_is_in_the_log()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        var page = $"/admin/team/{editor.Id}";
        Assert.Equal(HttpStatusCode.BadRequest,
            (await administrator.SubmitAsync(page, new() { ["Name"] = "Test administrator" }, "form.change")).Status);
        await administrator.SubmitAsync(page, new() { ["Name"] = "Edie Tor", ["Role"] = "Publisher" }, "form.change");
        await administrator.SubmitAsync(page, form: "form.close");
        // At once: who is closed may nothing.
        Assert.NotEqual(HttpStatusCode.OK, (await editor.GetAsync("/admin")).Status);
        Assert.Equal(
            "Closed", (await administrator.GetAsync("/admin/team")).Page.QuerySelector(".team tbody tr:last-child .state")!.TextContent);
        await administrator.SubmitAsync(page, form: "form.reopen");
        Assert.Equal(HttpStatusCode.Redirect, (await Colleague.Stranger(_app).SubmitAsync(
            "/admin/sign-in", new() { ["Email"] = editor.Email, ["Password"] = Colleague.Password })).Status);

        var log = await _app.FromElsewhereAsync(
            db => db.Events.AsNoTracking().Where(e => e.Act == Act.ChangeStaff).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(
            [("Test Editor, Editor", "Edie Tor, Publisher"), ("open", "closed"), ("closed", "open")], log.Select(e => (e.Before, e.After)));
        Assert.All(log, e => Assert.Equal(("staff:Edie Tor", "Test Administrator"), (e.Subject.ToString(), e.By.Name)));
        var row = (await administrator.GetAsync("/admin/team")).Page
            .QuerySelectorAll(".team tbody tr")
            .Single(r => r.TextContent.Contains("Edie Tor", StringComparison.Ordinal));
        Assert.Contains("1 Jul 2025, 15:00", row.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Reporter)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Publisher)]
    public async Task Nobody_but_an_administrator_changes_the_team(Role role)
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        using var other = await Colleague.SignedInAsync(_app, role);
        var token = await other.TokenAsync();
        foreach (var page in new[] { "/admin/team", "/admin/team/invite", $"/admin/team/{other.Id}" })
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(page)).Status);
        foreach (var post in new[]
        {
            "invite", $"{other.Id}?handler=change", $"{administrator.Id}?handler=close", $"{administrator.Id}?handler=secondfactor",
            $"{administrator.Id}?handler=invite", $"{administrator.Id}?handler=reopen",
        })
        {
            Assert.Equal(
                (post, HttpStatusCode.Forbidden), (post, (await other.PostAsync($"/admin/team/{post}", new Dictionary<string, string>
                {
                    ["Name"] = "X",
                    ["Email"] = "x@example.org",
                    ["Role"] = "Administrator",
                    ["__RequestVerificationToken"] = token,
                })).Status));
        }
        Assert.Equal(role, (await MemberAsync(other.Name)).Role);
        Assert.Equal(2, await _app.FromElsewhereAsync(db => db.Staff.CountAsync(s => s.ClosedAt == null)));
    }

    [Fact]
    public async Task Two_administrators_who_demote_each_other_at_once_leave_one()
    {
        using var one = await Colleague.SignedInAsync(_app, Role.Administrator, "One");
        using var two = await Colleague.SignedInAsync(_app, Role.Administrator, "Two");
        var (first, second) = (await one.GetAsync($"/admin/team/{two.Id}"), await two.GetAsync($"/admin/team/{one.Id}"));
        await Task.WhenAll(one.SendAsync(first, new() { ["Role"] = "Reporter" }, "form.change"),
            two.SendAsync(second, new() { ["Role"] = "Reporter" }, "form.change"));
        Assert.Equal(1, await _app.FromElsewhereAsync(db => db.Staff.CountAsync(s => s.Role == Role.Administrator)));
    }

    [Fact]
    public async Task A_forgotten_password_is_asked_for_alike_and_its_link_works_once_within_the_hour()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        using var someone = Colleague.Stranger(_app);
        var answers = new List<Answer>
        {
            await someone.SubmitAsync("/admin/forgotten", new() { ["Email"] = "nobody@example.org" }),
            await someone.SubmitAsync("/admin/forgotten", new() { ["Email"] = editor.Email }),
        };
        Assert.Single(answers.Select(a => (a.Status, a.Page.QuerySelector("main")!.TextContent)).Distinct());
        var late = Outbox.PathIn(await Outbox.ExpectAsync(_app, editor.Email, "A new password"));
        Assert.Single(Outbox.Of(_app));
        _app.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotFound, (await someone.GetAsync(late)).Status);

        await someone.SubmitAsync("/admin/forgotten", new() { ["Email"] = editor.Email });
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(Outbox.Of(_app).Count == 2), "a second link is on its way");
        var link = Outbox.PathIn(await Outbox.ExpectAsync(_app, editor.Email, "A new password"));
        Assert.Equal(HttpStatusCode.BadRequest, (await someone.SubmitAsync(link, new() { ["Password"] = "short" })).Status);
        Assert.Equal(
            "/admin/sign-in", (await someone.SubmitAsync(link, new() { ["Password"] = "seven kettles on a pier" })).Header("Location"));
        Assert.Equal(HttpStatusCode.NotFound, (await someone.GetAsync(link)).Status);
        // All sessions have ended.
        _app.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Redirect, (await editor.GetAsync("/admin")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await someone.SubmitAsync(
            "/admin/sign-in", new() { ["Email"] = editor.Email, ["Password"] = "seven kettles on a pier" })).Status);
    }

    [Fact]
    public async Task Nobody_s_letter_box_is_filled_by_strangers()
    {
        using var someone = Colleague.Stranger(_app);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await someone.SubmitAsync("/admin/forgotten", new() { ["Email"] = "a@example.org" })).Status);
        Assert.Equal(
            HttpStatusCode.TooManyRequests, (await someone.SubmitAsync("/admin/forgotten", new() { ["Email"] = "A@example.org" })).Status);
    }

    /// <summary>A paper with an address of its own, which tests reach as localhost: links must not carry that.</summary>
    private sealed class AtHome : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Site:Url", "http://lantern.example/");
        }
    }
}
