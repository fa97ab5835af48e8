using System.Globalization;
using NewsHub.Core.Events;

namespace NewsHub.Core.Editions;

/// <summary>A front's order in one line, for the audit log and for forms: <c>Lead 12, Second 14, Second 9</c>.</summary>
public static class FrontOrder
{
    public static string Write(IEnumerable<(SlotKind Place, StoryId Story)> front) =>
        string.Join(", ", front.Select(s => $"{s.Place} {s.Story}"));

    /// <summary>Reads what <see cref="Write"/> wrote; what is no part of an order is left out.</summary>
    public static IReadOnlyList<(SlotKind Place, StoryId Story)> Read(string? order) =>
    [
        .. from word in (order ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           let parts = word.Split(' ')
           where parts.Length == 2
               && Enum.TryParse<SlotKind>(parts[0], out var known)
               && Enum.IsDefined(known)
               && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
           select (Enum.Parse<SlotKind>(parts[0]), new StoryId(long.Parse(parts[1], CultureInfo.InvariantCulture))),
    ];

    /// <summary>What changed from one order to another, a sentence each.</summary>
    /// <param name="name">How a story is named.</param>
    public static IReadOnlyList<string> Changes(
        IReadOnlyList<(SlotKind Place, StoryId Story)> before,
        IReadOnlyList<(SlotKind Place, StoryId Story)> after,
        Func<StoryId, string> name)
    {
        var was = before.ToDictionary(s => s.Story, s => s.Place);
        var now = after.ToDictionary(s => s.Story, s => s.Place);
        return
        [
            .. after.Where(s => !was.ContainsKey(s.Story)).Select(s => $"{name(s.Story)} came in at {s.Place}."),
            .. after.Where(s => was.TryGetValue(s.Story, out var slotKind) && slotKind != s.Place)
                .Select(s => $"{name(s.Story)} moved from {was[s.Story]} to {s.Place}."),
            .. before.Where(s => !now.ContainsKey(s.Story)).Select(s => $"{name(s.Story)} was taken out of {s.Place}."),
            .. Enum.GetValues<SlotKind>()
                .Where(p => !Stayed(before, p).SequenceEqual(Stayed(after, p)))
                .Select(p => $"The order in {p} changed."),
        ];

        IEnumerable<StoryId> Stayed(IEnumerable<(SlotKind Place, StoryId Story)> front, SlotKind slotKind) =>
            front.Where(s => s.Place == slotKind && was.TryGetValue(s.Story, out var a) && now.TryGetValue(s.Story, out var b) && a == b)
                .Select(s => s.Story);
    }
}
