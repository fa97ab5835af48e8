namespace NewsHub.Web.Options;

/// <summary>
/// What a setting can be. A rule reads the text as it was typed, so that its sentence also serves what is no number at all; data
/// annotations see a value only once it could be converted. Of a list each value is looked at.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class RuleAttribute : Attribute
{
    /// <returns>Why a value cannot be used, to stand behind it in a sentence; null where it can.</returns>
    public abstract string? Wrong(string value);
}
