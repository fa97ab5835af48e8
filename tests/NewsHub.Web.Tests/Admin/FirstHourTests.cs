using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Pages.Team;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What somebody meets who has just come: an empty draft, their own byline, what their role may do.</summary>
public sealed class FirstHourTests
{
    [Fact]
    public async Task A_draft_is_kept_with_nothing_in_it_and_what_is_missing_is_said_where_it_is_filed()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var path = (await reporter.SubmitAsync("/admin/stories/new")).Header("Location")!;
        Assert.Matches(@"^/admin/stories/\d+$", path);
        Assert.Equal("Saved as a draft.", (await reporter.GetAsync(path)).Page.QuerySelector(".said")!.TextContent);
        var story = await room.ReadAsync(long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
        var text = story.Newest().Text;
        Assert.Equal(("", "", "", SectionId.None, 0), (text.Headline, text.Standfirst, text.Body, text.Section, text.Bylines.Count));

        var missing = (await reporter.GetAsync(path + "/file")).Page.QuerySelector(".checks--stop")!.TextContent;
        foreach (var thing in new[] { "headline", "standfirst", "body", "section", "byline" })
            Assert.Contains($"The story has no {thing}.", missing, StringComparison.Ordinal);

        // A draft that had something may be emptied again.
        await reporter.SubmitAsync(path, new() { ["Manuscript.Headline"] = "Something" });
        ActRoom.LedTo(path, await reporter.SubmitAsync(path, new() { ["Manuscript.Headline"] = "" }));
    }

    [Fact]
    public async Task A_new_story_begins_with_the_byline_of_the_author_that_its_writer_chose()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var author = await AuthorAsync(room, "ada-own", "Ada Own");
        Assert.Null((await reporter.GetAsync("/admin/stories/new")).Page.QuerySelector(".byline option[selected]"));

        var wrong = await reporter.SubmitAsync("/admin/account", new() { ["Author"] = "nobody" }, "form.byline-form");
        ActRoom.Asks(wrong, "There is no such author", "Author");
        var chosen = await reporter.SubmitAsync("/admin/account", new() { ["Author"] = "ada-own" }, "form.byline-form");
        ActRoom.LedTo("/admin/account", chosen);
        Assert.Contains(
            "Ada Own", (await reporter.GetAsync("/admin/account")).Page.QuerySelector("#Author option[selected]")!.TextContent,
            StringComparison.Ordinal);

        var form = await reporter.GetAsync("/admin/stories/new");
        Assert.Equal("ada-own", form.Page.QuerySelector(".byline option[selected]")!.GetAttribute("value"));
        var path = (await reporter.SendAsync(form)).Header("Location")!;
        Assert.Equal("ada-own", (await reporter.GetAsync(path)).Page.QuerySelector(".byline option[selected]")!.GetAttribute("value"));

        // An author who is deleted takes the link along; the account stays.
        await room.App.FromElsewhereAsync(db => db.Authors.Where(a => a.Id == author).ExecuteDeleteAsync());
        Assert.Null((await reporter.GetAsync("/admin/stories/new")).Page.QuerySelector(".byline option[selected]"));
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Staff.CountAsync(s => s.AuthorId != null)));
    }

    [Fact]
    public async Task An_administrator_links_a_colleague_to_an_author_and_ends_no_session_by_it()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var reporter = await room.ColleagueAsync(Role.Reporter);
        await AuthorAsync(room, "ada-own", "Ada Own");
        var id = await room.App.FromElsewhereAsync(
            db => db.Staff.Where(s => s.Role == Role.Reporter).OrderBy(s => s.Id).Select(s => s.Id).LastAsync());
        var page = $"/admin/team/{id}";
        ActRoom.Asks(
            await administrator.SubmitAsync(page, new() { ["Author"] = "nobody" }, "form.byline-form"),
            "There is no such author",
            "Author");
        ActRoom.LedTo(page, await administrator.SubmitAsync(page, new() { ["Author"] = "ada-own" }, "form.byline-form"));
        var form = await reporter.GetAsync("/admin/stories/new");
        Assert.Equal("ada-own", form.Page.QuerySelector(".byline option[selected]")!.GetAttribute("value"));
        ActRoom.LedTo(page, await administrator.SubmitAsync(page, new() { ["Author"] = "" }, "form.byline-form"));
        Assert.Null((await reporter.GetAsync("/admin/stories/new")).Page.QuerySelector(".byline option[selected]"));
        Assert.Equal(2, await room.App.FromElsewhereAsync(
            db => db.Events.CountAsync(e => e.Act == Act.ChangeStaff && e.Note == "byline")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_role_is_said_to_add_is_what_it_may_and_the_one_before_may_not(bool editorsMayPublish)
    {
        var paper = new Site { EditorsMayPublish = editorsMayPublish };
        Assert.Equal(Enum.GetValues<Role>(), RoleWords.Of(paper).Select(w => w.Role));
        foreach (var (role, _, acts) in RoleWords.Of(paper))
        {
            var (member, before) = (Member(role), role > Role.Reporter ? Member(role - 1) : null);
            Assert.All(acts, act => Assert.True(member.May(act), $"{role} may {act}"));
            Assert.All(acts.Where(_ => before is not null), act => Assert.False(before!.May(act), $"{role - 1} may not {act}"));
        }
        // Nothing that only some may do is left unsaid.
        var reporter = Member(Role.Reporter);
        var restricted = Enum.GetValues<Act>().Where(a => a is not (Act.FailToPublish or Act.BeRefused) && !reporter.May(a));
        Assert.Empty(restricted.Except(RoleWords.Of(paper).SelectMany(w => w.Acts)));

        StaffMember Member(Role role)
        {
            var member = new StaffMember("a@example.org", "A", role, default);
            member.WorkFor(paper);
            return member;
        }
    }

    [Fact]
    public async Task The_invitation_says_under_each_role_what_it_may_do_and_keeps_the_one_that_was_chosen()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        var choices = (await administrator.GetAsync("/admin/team/invite")).Page.QuerySelectorAll("#Role label");
        Assert.Equal(RoleWords.Of(new Site()).Select(w => w.Sentence), choices.Select(c => c.QuerySelector(".hint")!.TextContent));
        var wrong = await administrator.SubmitAsync(
            "/admin/team/invite", new() { ["Name"] = "", ["Email"] = "bo@example.org", ["Role"] = "Publisher" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("Publisher", wrong.Page.QuerySelector("#Role input[checked]")!.GetAttribute("value"));
        ActRoom.Asks(
            await administrator.SubmitAsync(
                "/admin/team/invite", new() { ["Name"] = "Bo Ade", ["Email"] = "bo@example.org", ["Role"] = "King" }),
            "Choose a role.", "Role");
    }

    [Fact]
    public async Task The_first_steps_are_ticked_by_what_is_so_and_each_leads_to_where_it_is_done()
    {
        await using var blank = new NewsHubApp { Content = Path.Combine(Path.GetTempPath(), "newshub-no-such-content") };
        using var administrator = await Colleague.SignedInAsync(blank, Role.Administrator, "Ada First");
        var steps = (await administrator.GetAsync("/admin")).Page.QuerySelectorAll(".first-steps li");
        Assert.Equal(8, steps.Length);
        Assert.Empty(Done(steps));
        foreach (var step in steps)
        {
            var address = step.QuerySelector("a")!.GetAttribute("href")!.Split('#');
            var page = await administrator.GetAsync(address[0]);
            Assert.Equal((address[0], HttpStatusCode.OK), (address[0], page.Status));
            if (address.Length > 1) Assert.NotNull(page.Page.GetElementById(address[1]));
        }

        await administrator.SubmitAsync("/admin/settings", new() { ["Name"] = "The Harbour Bell", ["TimeZone"] = "Africa/Lagos" });
        await administrator.SubmitAsync("/admin/sections", new() { ["Name"] = "Harbour" }, "#add");
        await administrator.SubmitAsync("/admin/authors", new() { ["Typed.Name"] = "Ada First" }, "#add");
        using var reporter = await Colleague.SignedInAsync(blank, Role.Reporter, "Rex Moor");
        var later = (await administrator.GetAsync("/admin")).Page.QuerySelectorAll(".first-steps li");
        Assert.Equal(
            ["Set the name and time zone of the paper", "Add the first section", "Invite a colleague"], Done(later));
        Assert.Contains("/admin/account#byline", later.Select(s => s.QuerySelector("a")!.GetAttribute("href")));
        await administrator.SubmitAsync("/admin/account", new() { ["Author"] = "ada-first" }, "form.byline-form");
        Assert.Contains(
            "Link your account to your author", Done((await administrator.GetAsync("/admin")).Page.QuerySelectorAll(".first-steps li")));

        // Whoever cannot do them is not shown them.
        Assert.Null((await reporter.GetAsync("/admin")).Page.QuerySelector(".first-steps"));

        static IEnumerable<string> Done(IEnumerable<AngleSharp.Dom.IElement> steps) =>
            steps.Where(s => s.QuerySelector(".note") is not null).Select(s => s.QuerySelector("a")!.TextContent);
    }

    [Fact]
    public async Task The_first_steps_are_put_away_by_one_member_and_stay_for_the_others()
    {
        await using var room = new ActRoom();
        var administrator = await room.ColleagueAsync(Role.Administrator);
        using var other = await Colleague.SignedInAsync(room.App, Role.Administrator, "Olu Second");
        ActRoom.LedTo("/admin", await administrator.SubmitAsync("/admin", form: "form.hide-steps"));
        Assert.Null((await administrator.GetAsync("/admin")).Page.QuerySelector(".first-steps"));
        Assert.NotNull((await other.GetAsync("/admin")).Page.QuerySelector(".first-steps"));
    }

    private static Task<long> AuthorAsync(ActRoom room, string slug, string name) => room.App.FromElsewhereAsync(async db =>
    {
        var author = new Author(Slug.Parse(slug), name, null, null);
        db.Authors.Add(author);
        await db.SaveChangesAsync();
        return author.Id;
    });
}
