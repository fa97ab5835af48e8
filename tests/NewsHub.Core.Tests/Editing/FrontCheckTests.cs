using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Editing;

public sealed class FrontCheckTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private Copy _copy = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        _copy = await Copy.SetAsync(db);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>Fronts by what stands on them; '!' before a sentence is in the way, '·' is to look at.</summary>
    [Theory]
    [InlineData("", "!There is no story on the front.")]
    [InlineData("Lead live", "")]
    [InlineData("Second live", "!The front has no lead.")]
    [InlineData("Lead live, Lead other", "!The front has 2 leads. It needs exactly one.")]
    [InlineData("Lead live, Brief draft", "!“draft” is not ready: it is a draft.")]
    [InlineData("Lead live, Brief spiked", "!“spiked” is spiked.")]
    [InlineData("Lead live, Brief withdrawn", "!“withdrawn” is withdrawn.")]
    [InlineData("Lead live, Brief embargoed", "!“embargoed” is under embargo until 2 Jul 2025, 12:00 UTC.")]
    [InlineData("Lead live, Brief released", "")]
    [InlineData("Lead live, Brief approved", "")]
    [InlineData("Lead live, Brief filed", "·Newest text not approved: “filed”.")]
    [InlineData("Lead live, Brief scheduled", "·“scheduled” is scheduled for later, but would go live with the edition. "
        + "·Newest text not approved: “scheduled”.")]
    [InlineData("Lead live, Brief bare", "!“bare” has no standfirst. !“bare” has no byline. !“bare” has no credit for its picture. !“bare” "
        + "has no alt text for its picture. ·Newest text not approved: “bare”.")]
    [InlineData("Lead live, Brief unset", "!“unset” has no body. ·Newest text not approved: “unset”.")]
    [InlineData("Lead changed", "·“changed” has unpublished changes. The front shows the live text.")]
    [InlineData("Lead pictured, Second pictured too", "·The same picture is shown twice: with “pictured” and “pictured too”.")]
    [InlineData("Lead pictured, Brief pictured too", "")]
    [InlineData("Lead live, Opinion view, Opinion second view", "·Ada Obi has 2 opinions on this front: “view” and “second view”.")]
    [InlineData("Lead live, Section other", "·Technology has only one story: “other”.")]
    [InlineData("Lead live, Section other, Section changed", "·“changed” has unpublished changes. The front shows the live text.")]
    [InlineData("Lead live, Section other, Section view, Section pictured, Section second view, Section released", "·Technology has 5 "
        + "stories; the front shows the first 4, the others are only in the edition's list. "
        + "·Ada Obi has 2 opinions on this front: “view” and “second view”.")]
    [InlineData("Lead elsewhere", "·“elsewhere” is also in No. 9, which is in progress.")]
    public async Task A_front_is_read_before_readers_read_it(string front, string sentences)
    {
        await using var db = _store.Db();
        var slots = await FrontAsync(db, front);
        var found = FrontCheck.Of(slots, Copy.Noon, section: id => id == _copy.Technology.Id ? "Technology" : null);
        Assert.Equal(sentences.Split(['!', '·'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal), found.Select(w => w.Sentence).Order(StringComparer.Ordinal));
        Assert.Equal(sentences.Count(c => c == '!'), found.Count(w => w.Hinders));
        Assert.Equal(found.OrderByDescending(w => w.Hinders), found);
    }

    [Theory]
    [InlineData("Lead live, Brief other", "")]
    [InlineData("Lead live, Brief approved", "!“approved” is not live. Publish it before you place it.")]
    [InlineData("Lead live, Brief withdrawn", "·“withdrawn” is withdrawn, so readers do not see it.")]
    public async Task On_a_front_that_is_out_stands_what_is_live(string front, string sentences)
    {
        await using var db = _store.Db();
        var found = FrontCheck.Of(await FrontAsync(db, front), Copy.Noon, Copy.Noon.AddDays(-1));
        Assert.Equal(sentences, string.Join(" ", found.Select(w => (w.Hinders ? "!" : "·") + w.Sentence)));
    }

    private async Task<IReadOnlyList<(SlotKind Place, FrontLine Line)>> FrontAsync(NewsHub.Core.Store.NewsDb db, string front)
    {
        var typed = front.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.Split(' ', 2))
            .Select(s => (Place: Enum.Parse<SlotKind>(s[0]), Story: Make(s[1])))
            .ToList();
        db.Stories.AddRange(typed.Select(s => s.Story));
        await db.SaveChangesAsync();
        if (front.Contains("elsewhere", StringComparison.Ordinal))
        {
            var other = new Edition(9, new DateOnly(2025, 7, 2), "Nine");
            other.Compose([(SlotKind.Brief, typed[0].Story.Id)]);
            db.Editions.Add(other);
            await db.SaveChangesAsync();
        }
        var lines = await db.FrontLinesAsync(db.Stories, default);
        return [.. typed.Select(s => (s.Place, lines[s.Story.Id]))];
    }

    private Story Make(string name)
    {
        var text = _copy.Text(name);
        if (name.Contains("view", StringComparison.Ordinal)) text = text with { Kind = Kind.Opinion };
        if (name.Contains("pictured", StringComparison.Ordinal)) text = text with { Picture = Copy.Cables };
        if (name == "bare") text = text with { Standfirst = " ", Bylines = [], Picture = Copy.Cables with { Credit = "", Alt = "" } };
        if (name == "unset") text = text with { Body = " \n " };
        var story = Copy.New(text, Copy.Noon.AddDays(-2));
        switch (name)
        {
            case "draft": break;
            case "spiked": story.Spike(Copy.Editor, Copy.Noon); break;
            case "filed" or "bare" or "unset": story.File(Copy.Editor, Copy.Noon); break;
            case "scheduled": story.Schedule(Copy.Noon.AddDays(1), Copy.Editor, Copy.Noon); break;
            case "approved" or "embargoed" or "released":
                story.File(Copy.Editor, Copy.Noon);
                story.Approve(story.Revisions[0], Copy.Editor, Copy.Noon);
                if (name == "embargoed") story.Embargo(Copy.Noon.AddDays(1), Copy.Editor, Copy.Noon);
                if (name == "released") story.Embargo(Copy.Noon, Copy.Editor, Copy.Noon.AddHours(-1));
                break;
            case "withdrawn":
                _copy.Publish(story);
                story.Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon);
                break;
            default:
                story.ChooseSlug(Slug.From($"{name} story"));
                story.Publish(story.Revisions[0], _copy.Technology, Slug.From($"{name} story")!.Value, Copy.Editor, Copy.Noon);
                if (name == "changed") story.Save(text with { Headline = "A newer headline" }, Copy.Render("New."), Copy.Editor, Copy.Noon);
                break;
        }
        return story;
    }
}
