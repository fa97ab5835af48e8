using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Sections and authors that are made beside a story, by a script.</summary>
public sealed class MakingTests
{
    [Fact]
    public async Task A_section_and_an_author_are_made_of_a_name_and_given_back_to_be_chosen()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var section = await MakeAsync(publisher, "/admin/sections?handler=Make", "Name", "Harbour  life");
        Assert.Equal((HttpStatusCode.OK, """{"slug":"harbour-life","name":"Harbour life"}"""), (section.Status, section.Text));
        // Sent twice, it is the same one.
        Assert.Equal(section.Text, (await MakeAsync(publisher, "/admin/sections?handler=Make", "Name", "Harbour life")).Text);
        var author = await MakeAsync(publisher, "/admin/authors?handler=Make", "Typed.Name", "Bo Ade");
        Assert.Equal((HttpStatusCode.OK, """{"slug":"bo-ade","name":"Bo Ade"}"""), (author.Status, author.Text));
        Assert.Equal(
            (3, 2, 2), await room.App.FromElsewhereAsync(async db => (await db.Sections.CountAsync(), await db.Authors.CountAsync(),
                await db.Events.CountAsync(e => (e.Act == Act.ChangeSection || e.Act == Act.ChangeAuthor) && e.Note == "added"))));
    }

    [Theory]
    [InlineData("/admin/sections?handler=Make", "Name", "", "Enter a name.")]
    [InlineData("/admin/sections?handler=Make", "Name", "Search", "one of the paper's own addresses")]
    [InlineData("/admin/sections?handler=Make", "Name", "harbour", "There is already a section at /harbour.")]
    [InlineData("/admin/sections?handler=Make", "Name", "😀", "No address can be created")]
    [InlineData("/admin/authors?handler=Make", "Typed.Name", "", "Enter a name.")]
    [InlineData("/admin/authors?handler=Make", "Typed.Name", "Ada Night", "There is already an author with that address.")]
    [InlineData("/admin/authors?handler=Make", "Typed.Name", "😀", "No address can be created")]
    public async Task What_cannot_be_made_is_answered_with_a_sentence(string path, string field, string name, string sentence)
    {
        await using var room = new ActRoom();
        var answer = await MakeAsync(await room.ColleagueAsync(Role.Publisher), path, field, name);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        using var problem = System.Text.Json.JsonDocument.Parse(answer.Text);
        Assert.Contains(sentence, problem.RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal((2, 1), await room.App.FromElsewhereAsync(
            async db => (await db.Sections.CountAsync(), await db.Authors.CountAsync())));
    }

    [Fact]
    public async Task The_editor_offers_to_make_what_its_user_may_make()
    {
        await using var room = new ActRoom();
        foreach (var (role, author, section) in new[]
        {
            (Role.Reporter, false, false), (Role.Editor, true, false), (Role.Publisher, true, true),
        })
        {
            var page = (await (await room.ColleagueAsync(role)).GetAsync("/admin/stories/new")).Page;
            Assert.Equal((role, author, section), (
                role, page.QuerySelector("a[data-make=author][href='/admin/authors#add']") is not null,
                page.QuerySelector(".new-section") is not null));
        }
    }

    private static async Task<Answer> MakeAsync(Colleague who, string path, string field, string name) =>
        await who.PostAsync(path, new Dictionary<string, string>
        {
            [field] = name,
            ["__RequestVerificationToken"] = await who.TokenAsync(),
        });
}
