using System.Globalization;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Editions;

public sealed class EditionTests
{
    [Theory]
    [InlineData("", "2025-07-01", "2025-07-01")]
    [InlineData("2025-06-24", "2025-07-01", "2025-07-01")]
    [InlineData("2025-07-01", "2025-07-01", "2025-07-02")]
    [InlineData("2025-07-01 2025-06-24", "2025-07-01", "2025-07-08")]
    [InlineData("2025-07-01 2025-06-24", "2025-06-20", "2025-07-08")]
    [InlineData("2025-07-01 2025-06-24", "2025-07-08", "2025-07-08")]
    [InlineData("2025-07-01 2025-06-24", "2025-07-09", "2025-07-15")]
    [InlineData("2025-07-01 2025-07-01", "2025-07-03", "2025-07-03")]
    [InlineData("2025-07-01 2025-06-30", "2025-12-24", "2025-12-24")]
    // A pause of years is no rhythm, nor is one day that was mistyped.
    [InlineData("2026-11-27 2025-07-01 2025-06-24 2025-06-17", "2026-11-28", "2026-12-04")]
    [InlineData("2026-11-27 2025-06-25", "2026-11-28", "2026-11-28")]
    [InlineData("2099-01-01 2026-11-20 2026-11-13", "2026-11-28", "2026-11-28")]
    [InlineData("2026-11-21 2062-11-14 2026-11-14 2026-11-07", "2026-11-28", "2026-11-28")]
    public void The_next_edition_keeps_the_usual_rhythm_and_is_never_in_the_past(string last, string today, string next) =>
        Assert.Equal(Day(next), Edition.NextDate([.. last.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Day)], Day(today)));

    [Fact]
    public void Whatever_days_the_last_editions_have_the_next_one_is_neither_past_nor_a_year_ahead()
    {
        var random = new Random(28);
        for (var n = 0; n < 5000; n++)
        {
            var today = new DateOnly(2026, 11, 28).AddDays(random.Next(-4000, 4000));
            List<DateOnly> last = [.. Enumerable.Range(0, random.Next(9))
                .Select(_ => today.AddDays(random.Next(3) == 0 ? random.Next(-20_000, 20_000) : random.Next(-60, 60)))];
            var next = Edition.NextDate(last, today);
            Assert.InRange(next.DayNumber - today.DayNumber, 0, 184);
        }
    }

    [Fact]
    public void An_order_is_read_as_it_was_written_and_what_is_none_is_left_out()
    {
        (SlotKind, StoryId)[] front = [(SlotKind.Lead, new(7)), (SlotKind.Section, new(12)), (SlotKind.Section, new(3))];
        Assert.Equal("Lead 7, Section 12, Section 3", FrontOrder.Write(front));
        Assert.Equal(front, FrontOrder.Read("Lead 7, Section 12, Section 3"));
        Assert.Equal([(SlotKind.Brief, new StoryId(2))],
            FrontOrder.Read("Nowhere 1, Brief 2, Lead, Lead x, 9 9, Lead -4, Lead 99999999999999999999"));
        Assert.Empty(FrontOrder.Read(null));
    }

    [Fact]
    public void What_changed_on_a_front_is_told_story_by_story()
    {
        var changes = FrontOrder.Changes(FrontOrder.Read("Lead 1, Second 2, Brief 3, Brief 4, Brief 5"),
            FrontOrder.Read("Lead 2, Second 6, Brief 5, Brief 3"), id => $"#{id}");
        Assert.Equal([
            "#6 came in at Second.", "#2 moved from Second to Lead.", "#1 was taken out of Lead.", "#4 was taken out of Brief.",
            "The order in Brief changed.",
        ], changes);
        Assert.Empty(FrontOrder.Changes(FrontOrder.Read("Lead 1, Brief 2"), FrontOrder.Read("Lead 1, Brief 2"), id => "x"));
    }

    [Fact]
    public async Task A_front_is_set_anew_in_one_save_longer_shorter_and_the_other_way_round()
    {
        await using var store = await TestStore.OpenAsync();
        await using (var db = store.Db())
        {
            var copy = await Copy.SetAsync(db);
            db.Stories.AddRange(Enumerable.Range(1, 4).Select(n => copy.Draft($"Story {n}")));
            db.Editions.Add(new Edition(1, new DateOnly(2025, 7, 1), "One"));
            await db.SaveChangesAsync();
        }
        foreach (var order in new[] { "Lead 1, Second 2", "Lead 2, Second 1, Brief 3, Brief 4", "Lead 4, Brief 3", "", "Lead 3" })
        {
            await using (var db = store.Db())
            {
                (await db.LoadEditionForEditingAsync(1))!.Compose(FrontOrder.Read(order));
                await db.SaveChangesAsync();
            }
            await using var later = store.Db();
            Assert.Equal(order, (await later.LoadEditionForEditingAsync(1))!.Order);
        }
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public void A_story_takes_its_place_behind_those_that_stand_there_and_there_is_one_lead()
    {
        var edition = new Edition(7, new DateOnly(2025, 7, 2), "Next");
        edition.Compose([(SlotKind.Lead, new StoryId(1)), (SlotKind.Second, new StoryId(2)), (SlotKind.Section, new StoryId(3))]);

        edition.Put(new StoryId(4), SlotKind.Second);
        Assert.Equal("Lead 1, Second 2, Second 4, Section 3", edition.Order);
        edition.Put(new StoryId(4), SlotKind.Brief);
        Assert.Equal("Lead 1, Second 2, Brief 4, Section 3", edition.Order);
        Assert.Throws<RefusedException>(() => edition.Put(new StoryId(4), SlotKind.Lead));
        edition.Put(new StoryId(1), SlotKind.Lead);
        edition.Put(new StoryId(4), null);
        Assert.Equal("Lead 1, Second 2, Section 3", edition.Order);
    }
}
