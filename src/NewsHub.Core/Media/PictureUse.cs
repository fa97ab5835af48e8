using System.Text.Json.Serialization;

namespace NewsHub.Core.Media;

/// <summary>A picture as a story uses it: what it takes to print it, kept with the text so that no page needs to look it up.</summary>
/// <param name="Key">The picture's address under <c>/media</c>.</param>
/// <param name="File">Its name in the library.</param>
/// <param name="Width">Pixels of what is printed of the original.</param>
/// <param name="Height">Pixels of what is printed of the original.</param>
/// <param name="IsAnimated">Whether it moves where it is shown whole.</param>
public sealed record PictureUse(
    string Key, string File, int Width, int Height, string Alt, string? Caption, string Credit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsAnimated = false);
