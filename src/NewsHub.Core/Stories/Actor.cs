namespace NewsHub.Core.Stories;

/// <summary>Who did it: a member of staff by name, or one of the house's own hands.</summary>
public readonly record struct Actor(string Name)
{
    public static readonly Actor Importer = new("importer");
    public static readonly Actor Clock = new("clock");

    public override string ToString() => Name;
}
