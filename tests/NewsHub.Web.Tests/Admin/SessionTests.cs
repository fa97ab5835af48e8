using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A session ends on the server: what a browser kept, or somebody copied, opens nothing from then on.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_cookie_that_was_copied_opens_nothing_once_its_owner_has_signed_out_and_other_browsers_stay_signed_in()
    {
        await using var room = new ActRoom();
        var (here, there) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Editor));
        var copied = here.Cookies;
        Assert.Equal(HttpStatusCode.OK, (await WithAsync(room.App, copied)).StatusCode);

        await here.SubmitAsync("/admin", form: ".rail-me form");

        foreach (var path in new[] { "/admin", "/admin/stories", "/admin/account", "/admin/media/1" })
        {
            var refused = await WithAsync(room.App, copied, path);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, refused.StatusCode));
            Assert.StartsWith("/admin/sign-in", refused.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/admin")).Status);
    }

    [Fact]
    public async Task It_is_so_after_a_restart_and_a_session_that_goes_on_goes_on()
    {
        await using var room = new ActRoom();
        var (gone, here) = (await room.ColleagueAsync(Role.Editor, "Gone"), await room.ColleagueAsync(Role.Editor, "Here"));
        var (copied, kept) = (gone.Cookies, here.Cookies);
        await gone.SubmitAsync("/admin", form: ".rail-me form");

        await using var again = new NewsHubApp
        {
            Content = room.App.Content,
            GoesOnFrom = (room.App.Data, room.App.Database),
        };

        Assert.Equal(HttpStatusCode.Redirect, (await WithAsync(again, copied)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await WithAsync(again, kept)).StatusCode);
    }

    [Fact]
    public async Task Whatever_ends_a_session_ends_it_at_once()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var ends = new (string Name, Func<Colleague, Task> Do)[]
        {
            ("everywhere", async c =>
            {
                using var other = await Colleague.SignedInAsync(room.App, c.Role, c.Name);
                await other.SubmitAsync("/admin/account", form: "form[action$=everywhere]");
            }),
            ("password", async c =>
            {
                using var other = await Colleague.SignedInAsync(room.App, c.Role, c.Name);
                await other.SubmitAsync("/admin/account/password", new() { ["Password"] = "another lantern, another tide" });
            }),
            ("role", c => administrator.SubmitAsync($"/admin/team/{c.Id}", new() { ["Role"] = "Reporter" }, "form.change")),
            ("closed", c => administrator.SubmitAsync($"/admin/team/{c.Id}", form: "form.close")),
        };
        foreach (var (name, end) in ends)
        {
            var colleague = await room.ColleagueAsync(Role.Editor, $"Who {name}");
            await end(colleague);
            Assert.Equal((name, HttpStatusCode.Redirect), (name, (await colleague.GetAsync("/admin")).Status));
        }
    }

    [Fact]
    public async Task Of_one_member_a_bounded_number_of_sessions_is_kept_and_the_oldest_ends()
    {
        await using var room = new ActRoom();
        var first = await room.ColleagueAsync(Role.Editor);
        for (var i = 0; i < StaffSession.Most; i++)
        {
            room.App.Time.Advance(TimeSpan.FromSeconds(1));
            (await Colleague.SignedInAsync(room.App, Role.Editor)).Dispose();
        }
        Assert.Equal(StaffSession.Most, await room.App.FromElsewhereAsync(db => db.StaffSessions.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await first.GetAsync("/admin")).Status);
    }

    private static async Task<HttpResponseMessage> WithAsync(NewsHubApp app, string cookies, string path = "/admin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookies } } };
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
