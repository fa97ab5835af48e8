namespace NewsHub.Core.Stories;

/// <summary>What sort of story it is; each kind has a list of its own at <c>/kind</c>.</summary>
public enum Kind
{
    News,
    Breaking,
    Analysis,
    Opinion,
    Live,
}
