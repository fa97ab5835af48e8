using NewsHub.Core.Events;

namespace NewsHub.Core.Editions;

/// <summary>How many stories stand in one place of a front.</summary>
/// <param name="Section">Of which section; null but in <see cref="SlotKind.Section"/>.</param>
public sealed record ShapePart(SlotKind Place, long? Section, int Count);

/// <summary>The shape of a front: how many stories stand where, whichever they are. A new edition may begin with that of the last one. It
/// asks for nothing: an edition may be published with fewer or with more.</summary>
public static class FrontShape
{
    /// <param name="front">In order, each with the section that its story is in.</param>
    public static IReadOnlyList<ShapePart> Of(IEnumerable<(SlotKind Place, SectionId Section)> front) =>
    [
        .. front.GroupBy(s => (s.Place, Section: s.Place is SlotKind.Section ? (long?)s.Section.Value : null))
            .OrderBy(g => g.Key.Place)
            .Select(g => new ShapePart(g.Key.Place, g.Key.Section, g.Count())),
    ];
}
