using System.Reflection;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Tests.Stories;

namespace NewsHub.Core.Tests.Events;

/// <summary>What an event was done to and which pages it changes: values in the program, words in the store.</summary>
public sealed class EventSubjectTests
{
    public static TheoryData<EventSubject, string> Stored => new()
    {
        { EventSubject.Address("/admin/team"), "address:/admin/team" },
        { EventSubject.Assignment(7), "assignment:7" },
        { EventSubject.Author("ada-night"), "author:ada-night" },
        { EventSubject.Bulletin(27), "bulletin:27" },
        { EventSubject.Edition(27), "edition:27" },
        { EventSubject.Form("file:638:1"), "form:file:638:1" },
        { EventSubject.Note(12), "note:12" },
        { EventSubject.Page("about"), "page:about" },
        { EventSubject.Pages, "pages" },
        { EventSubject.Picture("quay.jpg"), "picture:quay.jpg" },
        { EventSubject.Rates("USD"), "rates:USD" },
        { EventSubject.Section("world"), "section:world" },
        { EventSubject.Sections, "sections" },
        { EventSubject.Site, "site" },
        { EventSubject.Staff("Ada: Obi"), "staff:Ada: Obi" },
        { EventSubject.Story(new StoryId(12)), "story:12" },
        { EventSubject.Subscribers, "subscribers" },
        { EventSubject.Tag("ferries"), "tag:ferries" },
        { EventSubject.Webhook("https://there.example/hook"), "webhook:https://there.example/hook" },
    };

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task A_subject_is_stored_as_its_kind_and_its_value_and_is_found_by_it(EventSubject subject, string text)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        db.Events.Add(new NewsEvent(Act.Save, Copy.Editor, Copy.Noon, [], subject: subject));
        db.Events.Add(new NewsEvent(Act.Save, Copy.Editor, Copy.Noon, []));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        Assert.Equal([text, null],
            await db.Database.SqlQuery<string?>($"""SELECT "Subject" AS "Value" FROM "Events" ORDER BY "Id" """).ToListAsync());
        Assert.Equal(subject, (await db.Events.SingleAsync(e => e.Subject == subject)).Subject);
        Assert.Null((await db.Events.SingleAsync(e => e.Subject == null)).Subject);
        Assert.Equal(text, subject.ToString());
    }

    [Fact]
    public void Every_kind_but_the_unknown_has_a_name_in_the_store() =>
        Assert.Equal(
            Enum.GetValues<EventSubjectKind>().Except([EventSubjectKind.Unknown]),
            Stored.Select(row => row.Data.Item1.Kind).Distinct().Order());

    [Theory]
    [InlineData("lantern:7")]
    [InlineData("Staff:Ada")]
    [InlineData("staff")]
    [InlineData("site:a")]
    [InlineData("")]
    public async Task What_an_old_store_calls_otherwise_stays_as_it_stands(string text)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Events" ("Act", "By", "At", "Subject", "Topics")
            VALUES ('Save', 'Ada', {Copy.Noon.UtcDateTime}, {text}, 'latest lantern:7')
            """);

        var line = await db.Events.SingleAsync();
        Assert.Equal((EventSubjectKind.Unknown, text), (line.Subject!.Value.Kind, line.Subject.ToString()));
        Assert.Equal(["latest", "lantern:7"], line.Topics.Select(t => t.ToString()));
        Assert.Equal(1, await db.Events.CountAsync(e => e.Subject == line.Subject));
    }

    [Fact]
    public async Task Topics_are_stored_as_words_each_once()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        Topic[] topics = [
            Topic.SiteWide, Topic.Story(new StoryId(12)), Topic.List(ListOf.Section, 3), Topic.List(ListOf.Latest, 0),
            Topic.Edition(new EditionId(3)), Topic.Latest,
        ];
        db.Events.Add(new NewsEvent(Act.Save, Copy.Editor, Copy.Noon, topics));
        db.Events.Add(new NewsEvent(Act.Save, Copy.Editor, Copy.Noon, []));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        Assert.Equal(
            ["masthead story:12 Section:3 latest edition:3", ""],
            await db.Database.SqlQuery<string>($"""SELECT "Topics" AS "Value" FROM "Events" ORDER BY "Id" """).ToListAsync());
        var events = await db.Events.OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(topics.Distinct(), events[0].Topics);
        Assert.Empty(events[1].Topics);
    }

    [Fact]
    public void An_editions_number_is_read_from_an_edition_alone()
    {
        Assert.Equal(27, EventSubject.Edition(27).EditionNumber);
        Assert.Null(EventSubject.Bulletin(27).EditionNumber);
    }

    /// <summary>Else somebody would put them together, or take them apart, by hand.</summary>
    [Theory]
    [InlineData(typeof(EventSubject))]
    [InlineData(typeof(Topic))]
    public void Nobody_makes_one_from_its_text(Type type)
    {
        Assert.Empty(type.GetConstructors());
        Assert.DoesNotContain(
            type.GetMethods(BindingFlags.Public | BindingFlags.Static),
            m => m.Name is "Parse" or "TryParse" or "op_Implicit" or "op_Explicit");
    }
}
