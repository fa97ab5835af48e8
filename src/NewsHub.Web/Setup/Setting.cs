using System.Globalization;
using System.Reflection;
using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>A property of an options class that can be set, and how what was set becomes its value.</summary>
/// <param name="Name">The name of today, or the former one.</param>
internal sealed record Setting(string Name, PropertyInfo Property, SettingAttribute Attribute, RuleAttribute? Rule)
{
    /// <summary>Several values may be given: as one line with semicolons, or as <c>Name:0</c>, <c>Name:1</c> …</summary>
    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>The settings of an options class; a former name before the name of today, which wins.</summary>
    public static IEnumerable<Setting> Of(Type options)
    {
        foreach (var property in options.GetProperties())
        {
            if (property.GetCustomAttribute<SettingAttribute>() is not { } told) continue;
            var rule = property.GetCustomAttribute<RuleAttribute>();
            if (told.FormerName is { } former) yield return new(former, property, told, rule);
            yield return new(told.Name, property, told, rule);
        }
    }

    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || IsList && name.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(name.AsSpan(Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The single values of what was typed.</summary>
    public IReadOnlyList<string> Values(string typed) => IsList ? Parts(typed) : [typed];

    /// <returns>Why a value cannot be used, to stand behind it in a sentence; null where it can.</returns>
    public string? Wrong(string value) => Rule is not null ? Rule.Wrong(value)
        : Property.PropertyType == typeof(bool) && !bool.TryParse(value, out _) ? "it can be true or false."
        : Property.PropertyType.IsEnum && !Words.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
            ? $"it can be {string.Join(", ", Words)}."
        : null;

    /// <summary>Sets it to what was given, if something was.</summary>
    public void Set(object options, IConfiguration given)
    {
        var value = IsList ? List(given.GetSection(Name))
            : string.IsNullOrWhiteSpace(given[Name]) ? null
            : given.GetValue(Property.PropertyType, Name);
        if (value is not null) Property.SetValue(options, value);
    }

    private string[] Words => Enum.GetNames(Property.PropertyType);

    private static string[]? List(IConfigurationSection given)
    {
        string[] values = [.. given.GetChildren().Select(child => child.Value ?? "").DefaultIfEmpty(given.Value ?? "").SelectMany(Parts)];
        return values.Length > 0 ? values : null;
    }

    private static string[] Parts(string line) => line.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
