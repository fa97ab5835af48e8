namespace NewsHub.Core.Events;

/// <summary>The lists of the paper that a live story stands in.</summary>
public enum ListOf
{
    Latest = 1,
    Section = 2,
    Kind = 3,
    Author = 4,
    Tag = 5,
}
