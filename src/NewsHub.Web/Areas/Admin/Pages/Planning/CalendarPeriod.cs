using System.Globalization;
using NewsHub.Core.Planning;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>A week or a month of the planning calendar, in days of the paper's own zone. Weeks begin on Monday.</summary>
/// <param name="Day">Any day of it.</param>
public sealed record CalendarPeriod(bool IsMonth, DateOnly Day)
{
    public string View => IsMonth ? "month" : "week";

    /// <summary>The first day that is shown: a month is shown in whole weeks.</summary>
    public DateOnly First => Monday(IsMonth ? new DateOnly(Day.Year, Day.Month, 1) : Day);

    public DateOnly Last => IsMonth ? Monday(new DateOnly(Day.Year, Day.Month, 1).AddMonths(1).AddDays(-1)).AddDays(6) : First.AddDays(6);

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1).Select(First.AddDays);

    /// <summary>A day of the period before; null where the calendar begins.</summary>
    public DateOnly? Previous => OrNone(IsMonth ? Day.AddMonths(-1) : Day.AddDays(-7));

    /// <summary>A day of the period after; null where the calendar ends.</summary>
    public DateOnly? Next => OrNone(IsMonth ? Day.AddMonths(1) : Day.AddDays(7));

    /// <summary>“November 2026”, or “Week 49: 30 Nov to 6 Dec 2026”.</summary>
    public string Title
    {
        get
        {
            if (IsMonth) return Day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
            var first = First.ToString(First.Year == Last.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
            var week = ISOWeek.GetWeekOfYear(First.ToDateTime(TimeOnly.MinValue));
            return string.Create(CultureInfo.InvariantCulture, $"Week {week}: {first} to {Last:d MMM yyyy}");
        }
    }

    /// <summary>Whether a day belongs to the month, and not to the weeks around it.</summary>
    public bool Has(DateOnly day) => !IsMonth || day.Month == Day.Month;

    public string Address => AddressOf(Day);

    public string AddressOf(DateOnly day) => $"/admin/planning?view={View}&day={Print.Iso(day)}";

    /// <summary>Reads a day as addresses and date fields write it; false where there is no such day, or none that can be planned
    /// for.</summary>
    public static bool TryDay(string? typed, out DateOnly day) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && AssignmentPlan.IsDay(day);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DateOnly? OrNone(DateOnly day) => AssignmentPlan.IsDay(day) ? day : null;
}
