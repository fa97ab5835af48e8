using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>Time zones by what people call them: an IANA name, or a city.</summary>
internal static class ZoneSearch
{
    /// <summary>Large cities that no zone is named for.</summary>
    private static readonly Dictionary<string, string> Cities = new(StringComparer.Ordinal)
    {
        ["abuja"] = "Africa/Lagos",
        ["kano"] = "Africa/Lagos",
        ["port-harcourt"] = "Africa/Lagos",
        ["kumasi"] = "Africa/Accra",
        ["cape-town"] = "Africa/Johannesburg",
        ["pretoria"] = "Africa/Johannesburg",
        ["rabat"] = "Africa/Casablanca",
        ["mombasa"] = "Africa/Nairobi",
        ["beijing"] = "Asia/Shanghai",
        ["mumbai"] = "Asia/Kolkata",
        ["delhi"] = "Asia/Kolkata",
        ["new-delhi"] = "Asia/Kolkata",
        ["islamabad"] = "Asia/Karachi",
        ["osaka"] = "Asia/Tokyo",
        ["abu-dhabi"] = "Asia/Dubai",
        ["canberra"] = "Australia/Sydney",
        ["geneva"] = "Europe/Zurich",
        ["barcelona"] = "Europe/Madrid",
        ["milan"] = "Europe/Rome",
        ["munich"] = "Europe/Berlin",
        ["hamburg"] = "Europe/Berlin",
        ["edinburgh"] = "Europe/London",
        ["washington"] = "America/New_York",
        ["boston"] = "America/New_York",
        ["san-francisco"] = "America/Los_Angeles",
        ["rio-de-janeiro"] = "America/Sao_Paulo",
    };

    /// <summary>The zones that are offered, by name.</summary>
    public static IReadOnlyList<TimeZoneInfo> All { get; } = [.. TimeZoneInfo.GetSystemTimeZones()
        .Where(z => z.Id.Contains('/', StringComparison.Ordinal) || z.Id == "UTC")
        .OrderBy(z => z.Id, StringComparer.Ordinal)];

    /// <summary>The zones that somebody can mean: none, one, or several whose clocks differ.</summary>
    public static IReadOnlyList<TimeZoneInfo> Find(string typed)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(typed, out var named)) return [named];
        if (Slug.From(typed) is not { } slug) return [];
        if (Cities.TryGetValue(slug.Value, out var city)) return [TimeZoneInfo.FindSystemTimeZoneById(city)];
        var found = new List<TimeZoneInfo>();
        // A place may have two names of one zone: the shorter is the better known.
        foreach (var zone in All.Where(z => NameOf(z) == slug || Slug.From(z.Id) == slug).OrderBy(z => z.Id.Length))
            if (!found.Exists(f => f.HasSameRules(zone))) found.Add(zone);
        return found;
    }

    /// <summary>“Africa/Lagos, UTC+1: it is 14:05 there”.</summary>
    public static string Now(TimeZoneInfo zone, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{WallClock.Name(zone, now)}: it is {TimeZoneInfo.ConvertTime(now, zone):HH:mm} there");

    private static Slug? NameOf(TimeZoneInfo zone) => Slug.From(zone.Id[(zone.Id.LastIndexOf('/') + 1)..]);
}
