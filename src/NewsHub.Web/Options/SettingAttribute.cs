namespace NewsHub.Web.Options;

/// <summary>
/// A property that whoever runs the program can set. This is the one place of a setting: its name, what it is for, its type, its rule,
/// and its default, which is the property's own value. <c>src/SETTINGS.md</c> has a row for each, and a test compares the two.
/// </summary>
/// <param name="name">As it is written in the environment or on the command line, with its section in front.</param>
/// <param name="purpose">What it is for, as <c>src/SETTINGS.md</c> says it.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string name, string purpose) : Attribute
{
    public string Name => name;
    public string Purpose => purpose;

    /// <summary>What holds where nothing is set, in words, where the property's own value does not say it.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether its value is shown to nobody, not even where it is wrong.</summary>
    public bool IsSecret { get; init; }

    /// <summary>How it was called before. It counts where the name of today is not set.</summary>
    public string? FormerName { get; init; }
}
