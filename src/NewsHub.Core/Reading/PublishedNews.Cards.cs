using System.Linq.Expressions;

namespace NewsHub.Core.Reading;

/// <summary>What a query reads of a live story to make a card of it.</summary>
public sealed partial class PublishedNews
{
    private static readonly Expression<Func<Printed, CardRow>> AsCard = p => new CardRow
    {
        Id = p.Story.Id,
        Address = p.Story.Address!,
        PublishedAt = p.Story.FirstPublishedAt!.Value,
        UpdatedAt = p.Story.UpdatedAt,
        Section = p.Revision.Text.Section,
        Kind = p.Revision.Text.Kind,
        Kicker = p.Revision.Text.Kicker,
        Headline = p.Revision.Text.Headline,
        Standfirst = p.Revision.Text.Standfirst,
        Bylines = p.Revision.Text.Bylines,
        Picture = p.Revision.Text.Picture,
        Words = p.Revision.Words,
        Language = p.Revision.Text.Language,
        RightToLeft = p.Revision.Text.RightToLeft,
        Position = p.Position,
        Place = p.Place,
    };
}
