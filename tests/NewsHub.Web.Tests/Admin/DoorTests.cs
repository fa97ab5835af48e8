using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Tests.Admin;

public sealed class DoorTests : IDisposable
{
    private const string Owner = "test.editor@example.org";
    private readonly MadeUpPaper _paper = new();
    private readonly CountingApp _app;

    public DoorTests() => _app = new() { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    private static Task<Answer> KnockAsync(Colleague someone, string email, string password, string then = "") =>
        someone.SubmitAsync($"/admin/sign-in{then}", new() { ["Email"] = email, ["Password"] = password });

    private Task<List<NewsEvent>> LogAsync() => _app.FromElsewhereAsync(db => db.Events
        .AsNoTracking()
        .OrderBy(e => e.Id)
        .Where(e => e.Act == Act.SignIn || e.Act == Act.SignOut || e.Act == Act.FailToSignIn || e.Act == Act.LockOut)
        .ToListAsync());

    [Fact]
    public async Task Known_unknown_closed_and_invited_addresses_and_a_wrong_password_are_answered_alike_and_cost_alike()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        await MakeAsync("closed@example.org", "Cleo Sed", closed: true);
        await MakeAsync("invited@example.org", "Ivy Ted", password: null);
        var answers = new List<(HttpStatusCode, string, int)>();
        foreach (var email in new[] { Owner, "nobody@example.org", "closed@example.org", "invited@example.org" })
        {
            using var stranger = Colleague.Stranger(_app);
            _app.Hasher.Verified = 0;
            var answer = await KnockAsync(stranger, email, email == "closed@example.org" ? Colleague.Password : "never the right one");
            answers.Add((answer.Status, answer.Page.QuerySelector("#problems")!.TextContent, _app.Hasher.Verified));
        }
        Assert.Single(answers.Distinct());
        Assert.Equal((HttpStatusCode.BadRequest, 1), (answers[0].Item1, answers[0].Item3));
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("/admin/stories/new", "/admin/stories/new")]
    [InlineData("https://evil.example/", "/admin")]
    [InlineData("//evil.example/", "/admin")]
    [InlineData("/\\evil.example/", "/admin")]
    public async Task One_is_led_on_inside_the_house_only(string then, string to)
    {
        (await Colleague.SignedInAsync(_app, Role.Editor)).Dispose();
        using var someone = Colleague.Stranger(_app);
        var answer = await KnockAsync(someone, Owner, Colleague.Password, $"?then={Uri.EscapeDataString(then)}");
        Assert.Equal((HttpStatusCode.Redirect, to), (answer.Status, answer.Header("Location")));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_stranger_who_guesses_is_no_longer_listened_to_and_the_owner_s_browser_still_is()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        await owner.SubmitAsync("/admin", form: ".rail-me form");
        using var stranger = Colleague.Stranger(_app);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await KnockAsync(stranger, Owner, $"guess number {i}")).Status);

        var refused = await KnockAsync(stranger, Owner, Colleague.Password);

        Assert.Equal((HttpStatusCode.TooManyRequests, "600"), (refused.Status, refused.Header("Retry-After")));
        Assert.Contains("10 minutes", refused.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Owner, refused.Page.QuerySelector("#Email")!.GetAttribute("value"));
        // The same for an address that nobody has.
        for (var i = 0; i < 5; i++) await KnockAsync(stranger, "nobody@example.org", $"guess number {i}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await KnockAsync(stranger, "nobody@example.org", "once more, please")).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await KnockAsync(owner, Owner, Colleague.Password)).Status);
        _app.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Redirect, (await KnockAsync(stranger, Owner, Colleague.Password)).Status);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Whoever_tries_many_addresses_from_one_place_is_stopped_too()
    {
        using var stranger = Colleague.Stranger(_app);
        for (var i = 0; i < 30; i++)
            Assert.Equal(
                HttpStatusCode.BadRequest, (await KnockAsync(stranger, $"person{i}@example.org", "spring tide 2026 again")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await KnockAsync(stranger, "person99@example.org", "spring tide 2026 again")).Status);
    }

    [Fact]
    public async Task The_log_tells_who_came_who_failed_who_was_refused_and_who_left_and_no_password()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        using var stranger = Colleague.Stranger(_app);
        for (var i = 0; i < 7; i++) await KnockAsync(stranger, Owner, "s3cret guess of mine");
        await KnockAsync(stranger, "s3cret typed in the wrong field", "x");
        await owner.SubmitAsync("/admin", form: ".rail-me form");

        var log = await LogAsync();
        Assert.Equal(
            [Act.SignIn, .. Enumerable.Repeat(Act.FailToSignIn, 5), Act.LockOut, Act.FailToSignIn, Act.SignOut], log.Select(e => e.Act));
        Assert.All(log.Take(7), e => Assert.Equal("staff:Test Editor", e.Subject.ToString()));
        Assert.Equal(["Test Editor", "a stranger", "Test Editor"], new[] { log[0], log[1], log[^1] }.Select(e => e.By.Name));
        Assert.DoesNotContain(log, e => $"{e.Note}{e.Subject}{e.Before}{e.After}{e.By}".Contains("s3cret", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await owner.GetAsync("/admin")).Status);
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("closed")]
    public async Task A_session_ends_within_a_minute_of_a_change_elsewhere(string what)
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        using var elsewhere = await Colleague.SignedInAsync(_app, Role.Editor);
        var changed = what switch
        {
            "password" => await elsewhere.SubmitAsync("/admin/account/password", new() { ["Password"] = "another lantern, another tide" }),
            "role" => await administrator.SubmitAsync($"/admin/team/{owner.Id}", new() { ["Role"] = "Reporter" }, "form.change"),
            _ => await administrator.SubmitAsync($"/admin/team/{owner.Id}", form: "form.close"),
        };
        Assert.Equal(HttpStatusCode.Redirect, changed.Status);
        _app.Time.Advance(TimeSpan.FromSeconds(45));

        Assert.StartsWith("http://localhost/admin/sign-in", (await owner.GetAsync("/admin")).Header("Location"), StringComparison.Ordinal);
        // Whoever changed the own password stays.
        if (what == "password") Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/admin")).Status);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_session_ends_after_a_week_however_busy_it_is()
    {
        using var owner = await Colleague.SignedInAsync(_app, Role.Editor);
        for (var half = 0; half < 15; half++)
        {
            _app.Time.Advance(TimeSpan.FromHours(11));
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/admin")).Status);
        }
        _app.Time.Advance(TimeSpan.FromHours(4));
        Assert.StartsWith("http://localhost/admin/sign-in", (await owner.GetAsync("/admin")).Header("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_account_does_not_get_in_by_the_right_password()
    {
        await MakeAsync("closed@example.org", "Cleo Sed", closed: true);
        using var someone = Colleague.Stranger(_app);
        Assert.Equal(HttpStatusCode.BadRequest, (await KnockAsync(someone, "closed@example.org", Colleague.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await someone.GetAsync("/admin")).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        (await Colleague.SignedInAsync(_app, Role.Editor)).Dispose();
        using var someone = Colleague.Stranger(_app);
        foreach (var page in new[]
        {
            "/admin/sign-in", "/admin/sign-in/code", "/admin/sign-in/passkey", "/admin/sign-in/passkey?handler=question",
            "/admin/forgotten", "/admin/reset", "/admin/join",
        })
        {
            Assert.Equal((page, HttpStatusCode.BadRequest), (page, (await someone.PostAsync(
                page, new Dictionary<string, string> { ["Email"] = Owner, ["Password"] = Colleague.Password })).Status));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await someone.GetAsync("/admin")).Status);
    }

    [Theory]
    [InlineData("/admin/set-up?key=0123456789abcdef0123456789abcdef")]
    [InlineData("/admin/join?who=1&key=abc")]
    [InlineData("/admin/reset?who=1&key=abc")]
    [InlineData("/admin/reset?who=x&key=")]
    public async Task A_page_whose_address_holds_a_key_tells_it_to_nobody_and_a_bad_key_opens_nothing(string path)
    {
        (await Colleague.SignedInAsync(_app, Role.Administrator)).Dispose();
        var answer = await Colleague.Stranger(_app).GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "no-referrer", "no-store"),
            (answer.Status, answer.Header("Referrer-Policy"), answer.Header("Cache-Control")));
        Assert.Null(answer.Page.QuerySelector("input[type=password]"));
    }

    [Fact]
    public async Task A_passkey_that_nobody_asked_for_opens_nothing()
    {
        using var someone = Colleague.Stranger(_app);
        var answer = await someone.SubmitAsync(
            "/admin/sign-in", new() { ["Credential"] = """{"id":"x","type":"public-key"}""" }, "form[data-passkey]");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("is not accepted here", answer.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Act.FailToSignIn, (await LogAsync()).Single().Act);
    }

    [Fact]
    public async Task A_question_for_a_passkey_signs_nobody_in()
    {
        using var someone = Colleague.Stranger(_app);
        var page = await someone.GetAsync("/admin/sign-in");
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var question = await someone.PostAsync(
            "/admin/sign-in/passkey?handler=question", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.OK, question.Status);
        Assert.Contains("\"userVerification\":\"required\"", question.Text, StringComparison.Ordinal);
        Assert.Contains("\"rpId\":\"localhost\"", question.Text, StringComparison.Ordinal);
        Assert.Equal("/admin/sign-in", (await someone.GetAsync("/admin/sign-in/code")).Header("Location"));
    }

    private async Task MakeAsync(string email, string name, string? password = Colleague.Password, bool closed = false)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var member = new StaffMember(email, name, Role.Editor, _app.Time.GetUtcNow());
        if (closed) member.Close(_app.Time.GetUtcNow());
        Assert.True((password is null ? await staff.CreateAsync(member) : await staff.CreateAsync(member, password)).Succeeded);
    }

    /// <summary>The program, with a count of what takes the time.</summary>
    private sealed class CountingApp : NewsHubApp
    {
        public CountingHasher Hasher { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IPasswordHasher<StaffMember>>(Hasher));
        }
    }

    private sealed class CountingHasher : IPasswordHasher<StaffMember>
    {
        private readonly PasswordHasher<StaffMember> _hasher = new();

        public int Verified { get; set; }

        public string HashPassword(StaffMember user, string password) => _hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(StaffMember user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
