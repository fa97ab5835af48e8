using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using OtpNet;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A form that is pressed twice, at the same time or one press after the other, is done once, and every
/// press is answered.</summary>
public sealed class RepeatedPostTests
{
    /// <summary>What would end the session that the others are tried with, or is a test of its own.</summary>
    private static readonly string[] Apart = ["handler=everywhere", "handler=on", "handler=off", "/password", "/prove"];

    [Trait("Needs", "time")]
    [Fact]
    public async Task Every_form_of_the_newsroom_that_is_pressed_twice_is_done_once_and_never_fails()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var addresses = await RoleRouteTests.AddressesAsync(room, await room.ColleagueAsync(Role.Reporter, "Another Reporter"));
        var pages = (await RoleRouteTests.WaysInAsync(room.App))
            .Where(w => w.StartsWith("GET /admin", StringComparison.Ordinal) && !w.Contains("sign-", StringComparison.Ordinal))
            .Select(addresses)
            .Distinct()
            .ToList();
        var (faults, tried) = (new List<string>(), 0);
        foreach (var path in pages)
        {
            // Some forms make what the page has a form for: those that were there at first are enough.
            var most = FormsOf(await administrator.GetAsync(path)).Count;
            for (var i = 0; i < most; i++)
            {
                var page = await administrator.GetAsync(path);
                if (FormsOf(page).ElementAtOrDefault(i) is not { } form) break;
                var way = $"{path} → {form.GetAttribute("action") ?? path}";
                if (Apart.Any(a => way.Contains(a, StringComparison.OrdinalIgnoreCase))
                    || form.QuerySelector("input[type=file], input[type=password]") is not null) continue;
                form.SetAttribute("data-form", "this");
                var fields = Fill(form);
                var before = await CountAsync(room);
                var answers = await Task.WhenAll(SendAsync(), SendAsync());
                var after = await SendAsync();
                tried++;
                foreach (var answer in answers.Append(after).Where(a => (int)a.Status >= 500))
                    faults.Add($"{way} answered {(int)answer.Status}.");
                if ((await CountAsync(room)).Zip(before).Any(c => c.First - c.Second > 1)) faults.Add($"{way} was done more than once.");

                Task<Answer> SendAsync() => administrator.SendAsync(page, fields, "form[data-form]");
            }
        }
        Assert.True(tried > 40, $"{tried} forms were found.");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static List<IHtmlFormElement> FormsOf(Answer page) =>
        page.Status is HttpStatusCode.OK && page.IsPage
            ? [.. page.Page.QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>()]
            : [];

    [Theory]
    [InlineData("/admin/authors", "Typed.Name", "form:has([name='Typed.Name'])")]
    [InlineData("/admin/sections", "Name", "form:has([name='Name'])")]
    public async Task The_second_press_of_what_adds_something_is_told_that_it_is_done(string path, string name, string form)
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var page = await administrator.GetAsync(path);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => administrator.SendAsync(page, new() { [name] = "Twice Pressed" }, form)));
        Assert.All(answers, a => ActRoom.LedTo(path, a));
        // Another form with the same in it is another matter.
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.SubmitAsync(path, new() { [name] = "Twice Pressed" }, form)).Status);
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("/admin/authors", "Typed.Name", "form:has([name='Typed.Name'])")]
    [InlineData("/admin/sections", "Name", "form:has([name='Name'])")]
    [InlineData("/admin/team/invite", "Name", "main form")]
    public async Task Two_who_add_the_same_at_once_leave_one_and_the_other_is_told(string path, string name, string form)
    {
        await using var room = new ActRoom();
        var people = new List<Colleague>();
        for (var i = 0; i < 4; i++) people.Add(await room.ColleagueAsync(Role.Administrator, $"Administrator {i}"));
        var pages = new List<Answer>();
        foreach (var person in people) pages.Add(await person.GetAsync(path));
        var before = await CountAsync(room);

        var answers = await Task.WhenAll(people.Zip(pages)
            .Select(p => p.First.SendAsync(p.Second, new() { [name] = "Same Name", ["Email"] = "same@example.org" }, form)));

        Assert.Single(answers, a => a.Status is HttpStatusCode.Redirect);
        Assert.All(answers.Where(a => a.Status is not HttpStatusCode.Redirect), a =>
        {
            Assert.True(a.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{a.Status}");
            Assert.Contains("Same Name", a.Text, StringComparison.Ordinal);
        });
        Assert.Equal(1, (await CountAsync(room)).Zip(before).Sum(c => c.First - c.Second));
    }

    [Fact]
    public async Task A_secret_that_is_shown_once_is_shown_to_both_presses()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var page = await administrator.GetAsync("/admin/webhooks");
        var made = await PressAsync(page, new() { ["Address"] = "https://example.org/news" }, "form[action='/admin/webhooks']");
        Assert.Equal(3, made.Count);
        Assert.Single(made.Select(a => a.Page.QuerySelector("code.secret")!.TextContent).Distinct());

        var hook = await administrator.GetAsync("/admin/webhooks/1");
        var anew = await PressAsync(hook, [], "form[action*='handler=Secret' i]");
        Assert.Single(anew.Select(a => a.Page.QuerySelector("code.secret")!.TextContent).Distinct());
        Assert.NotEqual(made[0].Page.QuerySelector("code.secret")!.TextContent, anew[0].Page.QuerySelector("code.secret")!.TextContent);

        var factor = await administrator.GetAsync("/admin/account/second-factor");
        var on = await PressAsync(factor, new() { ["Code"] = CodeOf(room, KeyIn(factor)) }, "main form");
        Assert.Single(on.Select(a => string.Join(' ', a.Page.QuerySelectorAll(".codes code").Select(c => c.TextContent))).Distinct());
        Assert.Equal(10, on[0].Page.QuerySelectorAll(".codes code").Length);

        async Task<List<Answer>> PressAsync(Answer shown, Dictionary<string, string> fields, string form) =>
            [
                .. await Task.WhenAll(administrator.SendAsync(shown, fields, form), administrator.SendAsync(shown, fields, form)),
                await administrator.SendAsync(shown, fields, form),
            ];
    }

    [Fact]
    public async Task A_picture_that_is_sent_twice_by_one_form_is_taken_in_once()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => reporter.UploadAsync("/admin/media/upload", "main form[method=post]", ("quay.jpg", Shots.Jpeg()))));
        Assert.Single(answers.Select(a => a.Header("Location")).Distinct());
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Pictures.CountAsync()));
    }

    [Fact]
    public async Task A_code_that_two_send_at_once_opens_the_door_to_one()
    {
        await using var room = new ActRoom();
        var owner = await room.ColleagueAsync(Role.Editor);
        var factor = await owner.GetAsync("/admin/account/second-factor");
        var key = KeyIn(factor);
        var recovery = (await owner.SendAsync(factor, new() { ["Code"] = CodeOf(room, key) })).Page
            .QuerySelectorAll(".codes code")
            .Select(c => c.TextContent)
            .ToList();
        for (var i = 0; i < 4; i++)
        {
            room.App.Time.Advance(TimeSpan.FromMinutes(20));
            var code = i % 2 == 0 ? CodeOf(room, key) : recovery[i];
            var tries = new List<Colleague>();
            for (var n = 0; n < 3; n++)
            {
                var someone = Colleague.Stranger(room.App);
                tries.Add(someone);
                await someone.SubmitAsync("/admin/sign-in", new() { ["Email"] = owner.Email, ["Password"] = Colleague.Password });
            }
            var pages = await Task.WhenAll(tries.Select(t => t.GetAsync("/admin/sign-in/code")));
            var answers = await Task.WhenAll(tries.Zip(pages).Select(t => t.First.SendAsync(t.Second, new() { ["Code"] = code })));
            Assert.Equal(
                [HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], answers.Select(a => a.Status).Order());
            tries.ForEach(t => t.Dispose());
        }
    }

    [Theory]
    [InlineData("invitation")]
    [InlineData("reset")]
    public async Task A_mailed_link_that_two_use_at_once_serves_one(string link)
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        if (link == "invitation")
            await administrator.SubmitAsync("/admin/team/invite", new() { ["Name"] = "Bo Ade", ["Email"] = "bo@example.org" });
        else await Colleague.Stranger(room.App).SubmitAsync("/admin/forgotten", new() { ["Email"] = administrator.Email });
        var path = Outbox.PathIn(await Outbox.ExpectAsync(room.App, link == "invitation" ? "bo@example.org" : administrator.Email,
            link == "invitation" ? "Your place" : "A new password"));
        var people = Enumerable.Range(0, 3).Select(_ => Colleague.Stranger(room.App)).ToList();
        var pages = await Task.WhenAll(people.Select(p => p.GetAsync(path)));

        var answers = await Task.WhenAll(
            people.Zip(pages).Select((p, i) => p.First.SendAsync(p.Second, new() { ["Password"] = $"seven kettles on a pier {i}" })));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers.Select(a => a.Status).Order());
        people.ForEach(p => p.Dispose());
    }

    /// <summary>Something in each field that would else be empty.</summary>
    private static Dictionary<string, string> Fill(IHtmlFormElement form)
    {
        var fields = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll("input, textarea").Where(e => e.GetAttribute("name") is { Length: > 0 }
            && !e.HasAttribute("readonly")))
        {
            var (name, type) = (input.GetAttribute("name")!, input is IHtmlTextAreaElement ? "text" : ((IHtmlInputElement)input).Type);
            var value = input is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)input).Value;
            if (!string.IsNullOrEmpty(value)) continue;
            if (type is "email") fields[name] = "twice@example.org";
            else if (type is "url") fields[name] = "https://example.org/twice";
            else if (type is "text"
                && name is not ("Manuscript.Slug" or "Slug" or "Manuscript.Picture")
                && !name.EndsWith("Author", StringComparison.Ordinal)) fields[name] = name is "Rate" ? "0.81" : "Twice pressed";
        }
        return fields;
    }

    private static Task<int[]> CountAsync(ActRoom room) => room.App.FromElsewhereAsync(async db => (int[])
    [
        await db.Authors.CountAsync(), await db.Sections.CountAsync(), await db.Editions.CountAsync(), await db.Stories.CountAsync(),
        await db.Staff.CountAsync(), await db.Webhooks.CountAsync(),
        await db.Deliveries.CountAsync(), await db.PreviewLinks.CountAsync(), await db.Tags.CountAsync(), await db.LiveEntries.CountAsync(),
        await db.Pictures.CountAsync(), await db.Bulletins.CountAsync(),
    ]);

    private static string KeyIn(Answer page) => page.Page.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private static string CodeOf(ActRoom room, string key) =>
        new OtpNet.Totp(Base32Encoding.ToBytes(key)).ComputeTotp(room.Now.UtcDateTime);
}
