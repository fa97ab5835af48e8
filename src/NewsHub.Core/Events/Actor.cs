namespace NewsHub.Core.Events;

/// <summary>Who did it: a member of staff by name, or one of the house's own hands.</summary>
public readonly record struct Actor(string Name)
{
    public static readonly Actor Importer = new("importer");
    public static readonly Actor Clock = new("clock");

    /// <summary>Somebody at the door whom the log does not know.</summary>
    public static readonly Actor Stranger = new("a stranger");

    /// <summary>Whoever runs the program's command line.</summary>
    public static readonly Actor CommandLine = new("command line");

    /// <summary>Names that no member of staff can have.</summary>
    public static IReadOnlyList<Actor> House { get; } = [Importer, Clock, Stranger, CommandLine];

    public override string ToString() => Name;
}
