using System.Globalization;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Editing;

/// <summary>Something to look at before an edition goes out.</summary>
/// <param name="Hinders">The edition cannot be published until it is put right.</param>
/// <param name="Place">Where on the front; null for the whole of it.</param>
/// <param name="Story">Which story; null where it is not one story's.</param>
public sealed record FrontWarning(string Sentence, bool Hinders, SlotKind? Place = null, StoryId? Story = null);

/// <summary>Reads a front before readers do. What hinders comes first.</summary>
public static class FrontCheck
{
    /// <param name="front">In order.</param>
    /// <param name="publishedAt">When the edition came out; null while it is being made.</param>
    /// <param name="when">How an instant is said to whoever reads this; in UTC where nobody says.</param>
    public static IReadOnlyList<FrontWarning> Of(
        IReadOnlyList<(SlotKind Place, FrontLine Line)> front, DateTimeOffset now, DateTimeOffset? publishedAt = null,
        Func<SectionId, string?>? section = null, Func<DateTimeOffset, string>? when = null)
    {
        when ??= at => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:d MMM yyyy, HH:mm} UTC");
        var leads = front.Count(s => s.Place is SlotKind.Lead);
        List<FrontWarning> found = [];
        if (front.Count == 0) found.Add(new("There is no story on the front.", true));
        else if (leads == 0) found.Add(new("The front has no lead.", true, SlotKind.Lead));
        if (leads > 1) found.Add(new($"The front has {leads} leads. It needs exactly one.", true, SlotKind.Lead));
        if (front.Count > Edition.MostSlots)
            found.Add(new($"The front has {front.Count} stories; it can have {Edition.MostSlots} at most.", true));
        foreach (var (slotKind, line) in front)
            found.AddRange((publishedAt is null ? Ready(line, now, when) : Joining(line))
                .Concat(Pictured(line))
                .Concat(Noticed(line))
                .Select(s => new FrontWarning(s.Sentence, s.Hinders, slotKind, line.Id)));

        var unread = publishedAt is null
            ? front.Where(s => s.Line is { Approved: false, State: StoryState.Filed or StoryState.Scheduled }).ToList()
            : [];
        if (unread.Count > 0)
            found.Add(new($"Newest text not approved: {Names(unread.Select(s => s.Line))}.", false, unread[0].Place,
                unread[0].Line.Id));

        // Briefs, opinions and a section's further lines are set without their pictures.
        var pictured = front.Where(s => s.Place is SlotKind.Lead or SlotKind.Second)
            .Concat(Sections(front).Select(g => g.First()))
            .Select(s => (s.Place, s.Line, Picture: s.Line.FrontPicture ?? s.Line.Picture))
            .Where(s => s.Picture is not null);
        foreach (var twice in pictured.GroupBy(s => s.Picture!.Key).Where(g => g.Count() > 1))
            found.Add(new($"The same picture is shown {Times(twice.Count())}: with {Names(twice.Select(s => s.Line))}.",
                false, twice.Last().Place, twice.Last().Line.Id));
        var opinions = front.Where(s => s.Place is SlotKind.Opinion || s.Line.Kind is Kind.Opinion)
            .SelectMany(s => s.Line.Bylines.Select(b => (Author: b, s.Place, s.Line)));
        foreach (var twice in opinions.GroupBy(o => o.Author.AuthorId).Where(g => g.Count() > 1))
            found.Add(new($"{twice.First().Author.Name} has {twice.Count()} opinions on this front: {Names(twice.Select(o => o.Line))}.",
                false, twice.Last().Place, twice.Last().Line.Id));
        foreach (var group in Sections(front))
        {
            var name = section?.Invoke(group.Key) ?? "A section";
            if (group.Count() == 1)
                found.Add(new($"{name} has only one story: {group.First().Line.Name}.", false, SlotKind.Section,
                    group.First().Line.Id));
            if (group.Count() > 1 + PublishedNews.LinesPerSection)
                found.Add(new($"{name} has {group.Count()} stories; the front shows the first {1 + PublishedNews.LinesPerSection}, the "
                    + "others are only in the edition's list.", false, SlotKind.Section));
        }
        return [.. found.OrderByDescending(w => w.Hinders)];
    }

    private static IEnumerable<IGrouping<SectionId, (SlotKind Place, FrontLine Line)>> Sections(
        IEnumerable<(SlotKind Place, FrontLine Line)> front) =>
            front.Where(s => s.Place is SlotKind.Section).GroupBy(s => s.Line.Section);

    /// <summary>Whether it can go live with the edition.</summary>
    private static IEnumerable<(string Sentence, bool Hinders)> Ready(FrontLine line, DateTimeOffset now, Func<DateTimeOffset, string> when)
    {
        if (line.State is StoryState.Live) yield break;
        if (!line.GoesLive)
        {
            yield return ($"{line.Name} is {line.State.ToString().ToLowerInvariant()}.", true);
            yield break;
        }
        if (line.State is StoryState.Draft) yield return ($"{line.Name} is not ready: it is a draft.", true);
        if (line.EmbargoUntil is { } until && until > now) yield return ($"{line.Name} is under embargo until {when(until)}.", true);
        var fields = new PrintFields(line.Headline, line.Standfirst, line.HasBody, line.Section, line.Bylines, line.Picture);
        foreach (var missing in PrintRequirement.MissingIn(fields))
            yield return ($"{line.Name} has no {missing.Thing}{(missing.IsOfPicture ? " for its picture" : "")}.", true);
        if (line is { HasBody: true, IsSet: false })
            yield return ($"{line.Name} has errors in its body: see the notes in the editor.", true);
        if (line.ScheduledFor > now)
            yield return ($"{line.Name} is scheduled for later, but would go live with the edition.", false);
    }

    /// <summary>Whether it can stand on a front that readers have.</summary>
    private static IEnumerable<(string Sentence, bool Hinders)> Joining(FrontLine line)
    {
        if (line.State is StoryState.Withdrawn) yield return ($"{line.Name} is withdrawn, so readers do not see it.", false);
        else if (line.State is not StoryState.Live)
            yield return ($"{line.Name} is not live. Publish it before you place it.", true);
    }

    /// <summary>Whether the picture that it has on this front alone can be printed.</summary>
    private static IEnumerable<(string Sentence, bool Hinders)> Pictured(FrontLine line)
    {
        if (line.FrontPicture is not { } picture) yield break;
        if (string.IsNullOrWhiteSpace(picture.Alt)) yield return ($"{line.Name} has no alt text for its picture on the front.", true);
        if (string.IsNullOrWhiteSpace(picture.Credit)) yield return ($"{line.Name} has no credit for its picture on the front.", true);
    }

    private static IEnumerable<(string Sentence, bool Hinders)> Noticed(FrontLine line)
    {
        if (line is { State: StoryState.Live, Changed: true })
            yield return ($"{line.Name} has unpublished changes. The front shows the live text.", false);
        foreach (var number in line.Elsewhere) yield return ($"{line.Name} is also in No. {number}, which is in progress.", false);
    }

    private static string Times(int n) => n == 2 ? "twice" : $"{n} times";

    private static string Names(IEnumerable<FrontLine> lines)
    {
        var names = lines.Select(l => l.Name).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
