using Xunit.v3;

namespace NewsHub.Web.Tests;

/// <summary>
/// A test that starts the built program as a process of its own, and perhaps kills it. <c>tests/run --quick</c> leaves it out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsProcessAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Process;
}

/// <summary>What a test needs beside this process; <c>tests/run --quick</c> chooses by these names.</summary>
internal static class Needs
{
    public static readonly KeyValuePair<string, string>[] Browser = [new("Needs", "browser")];
    public static readonly KeyValuePair<string, string>[] Process = [new("Needs", "process")];
}
