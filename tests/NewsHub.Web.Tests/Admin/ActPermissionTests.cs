using System.Net;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Whoever may not do an act is refused it by a crafted POST too, and nothing changes; whoever may is offered it.</summary>
public sealed class ActPermissionTests
{
    /// <summary>The act's page, the state in which it can be done, the least role that may do it to anybody's story.</summary>
    private static readonly (string Path, StoryState State, Role Least)[] Acts =
    [
        ("file", StoryState.Draft, Role.Editor),
        ("return", StoryState.Filed, Role.Editor),
        ("approve", StoryState.Filed, Role.Editor),
        ("embargo", StoryState.Draft, Role.Editor),
        ("spike", StoryState.Draft, Role.Editor),
        ("revive", StoryState.Spiked, Role.Editor),
        ("previews", StoryState.Draft, Role.Editor),
        ("publish", StoryState.Draft, Role.Publisher),
        ("schedule", StoryState.Draft, Role.Publisher),
        ("unschedule", StoryState.Scheduled, Role.Publisher),
        ("correct", StoryState.Live, Role.Publisher),
        ("withdraw", StoryState.Live, Role.Publisher),
        ("restore", StoryState.Withdrawn, Role.Publisher),
        ("address", StoryState.Live, Role.Publisher),
        ("time", StoryState.Live, Role.Publisher),
        ("flag", StoryState.Live, Role.Publisher),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_act_is_done_by_those_who_may_and_refused_to_all_others(bool editorsMayPublish)
    {
        await using var room = new ActRoom();
        await room.LetEditorsPublishAsync(editorsMayPublish);
        var owner = await room.ColleagueAsync(Role.Reporter, "Another Reporter");
        foreach (var role in new[] { Role.Reporter, Role.Editor, Role.Publisher })
        {
            var colleague = await room.ColleagueAsync(role);
            var token = await colleague.TokenAsync();
            foreach (var (path, state, usual) in Acts)
            {
                var least = usual is Role.Publisher && editorsMayPublish ? Role.Editor : usual;
                var id = await room.StoryAsync(state, $"{role} and {path}", owner);
                var address = $"/admin/stories/{id}/{path}";
                var before = await room.ReadAsync(id);
                var offered = (await colleague.GetAsync($"/admin/stories/{id}")).Page
                    .QuerySelectorAll("nav[aria-label=Actions] a")
                    .Any(a => a.GetAttribute("href") == address);
                Assert.True(offered == role >= least, $"{path} is {(offered ? "" : "not ")}offered to a {role}.");
                if (role >= least)
                {
                    Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync(address)).Status);
                    continue;
                }
                Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(address)).Status);
                var crafted = await colleague.PostAsync(address, new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = token,
                    ["Version"] = $"{before.Version}",
                    ["Note"] = "x",
                    ["Notice"] = "x",
                    ["Reason"] = "x",
                    ["Slug"] = "elsewhere",
                    ["Section"] = "harbour",
                    ["Minutes"] = "60",
                    ["Hours"] = "24",
                    ["At.Local"] = "2025-08-01T10:00",
                    ["Until.Local"] = "2025-08-01T10:00",
                });
                Assert.True(crafted.Status == HttpStatusCode.Forbidden, $"A {role}'s {path} answered {crafted.Status}.");
                Assert.Equal((before.Version, before.State, before.Address),
                    ((await room.ReadAsync(id)).Version, (await room.ReadAsync(id)).State, (await room.ReadAsync(id)).Address));
            }
        }
    }

    [Fact]
    public async Task Nothing_is_done_without_the_forms_own_token()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Draft);
        var answer = await publisher.PostAsync(
            $"/admin/stories/{id}/publish", new Dictionary<string, string> { ["Version"] = $"{(await room.ReadAsync(id)).Version}" });
        Assert.Equal((HttpStatusCode.BadRequest, StoryState.Draft), (answer.Status, (await room.ReadAsync(id)).State));
    }

    [Fact]
    public async Task A_story_that_there_is_not_has_no_acts()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        foreach (var (path, _, _) in Acts)
            Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"/admin/stories/4711/{path}")).Status);
    }
}
