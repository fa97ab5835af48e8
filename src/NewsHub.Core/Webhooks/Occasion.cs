using System.Text.Json.Serialization;
using NewsHub.Core.Staff;

namespace NewsHub.Core.Webhooks;

/// <summary>What a webhook can be told of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Occasion>))]
public enum Occasion
{
    StoryPublished,
    StoryUpdated,
    StoryCorrected,
    StoryWithdrawn,
    EditionPublished,

    /// <summary>A test that someone in the newsroom asked for.</summary>
    Ping,
}

public static class Occasions
{
    /// <summary>Those that can be chosen, with a sentence for whoever chooses.</summary>
    public static readonly IReadOnlyList<(Occasion Occasion, string About)> All =
    [
        (Occasion.StoryPublished, "A story is out, or is back after it was withdrawn."),
        (Occasion.StoryUpdated, "A story that was out has a new text, or another address."),
        (Occasion.StoryCorrected, "A story was corrected, with a note."),
        (Occasion.StoryWithdrawn, "A story was taken back. Take it down too."),
        (Occasion.EditionPublished, "An edition is out."),
    ];

    /// <summary>As receivers know it: <c>story.published</c>.</summary>
    public static string Name(this Occasion occasion) => occasion switch
    {
        Occasion.StoryPublished => "story.published",
        Occasion.StoryUpdated => "story.updated",
        Occasion.StoryCorrected => "story.corrected",
        Occasion.StoryWithdrawn => "story.withdrawn",
        Occasion.EditionPublished => "edition.published",
        _ => "ping",
    };

    /// <summary>What an act is to those outside; null where it is none of their business.</summary>
    public static Occasion? Of(Act act) => act switch
    {
        Act.Publish or Act.Restore => Occasion.StoryPublished,
        Act.Update or Act.Readdress or Act.Redate => Occasion.StoryUpdated,
        Act.Correct => Occasion.StoryCorrected,
        Act.Withdraw => Occasion.StoryWithdrawn,
        Act.PublishEdition => Occasion.EditionPublished,
        _ => null,
    };
}
