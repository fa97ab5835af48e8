using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>An assignment as it is typed.</summary>
public sealed class AssignmentInput
{
    private const int LongestSlug = 80;

    public string? Slug { get; set; }
    public string? Line { get; set; }

    /// <summary>The number of a member of staff; empty for nobody.</summary>
    public string? GivenTo { get; set; }

    /// <summary>yyyy-MM-dd, in the paper's zone; empty for none.</summary>
    public string? Day { get; set; }

    /// <summary>Empty for none.</summary>
    public TypedTime Due { get; set; } = new();
    public string? Words { get; set; }
    public bool WantsPicture { get; set; }

    /// <summary>A section's slug; empty for none.</summary>
    public string? Section { get; set; }

    /// <summary>An edition's number; empty for none.</summary>
    public string? Edition { get; set; }
    public string? Note { get; set; }

    /// <summary>What is stored, as it would be typed.</summary>
    public static async Task<AssignmentInput> FromAsync(Assignment assignment, Newsroom room, CancellationToken cancel)
    {
        var edition = await room.Db.Editions.Where(e => e.Id == assignment.EditionId).Select(e => (int?)e.Number)
            .FirstOrDefaultAsync(cancel);
        var section = assignment.SectionId is { } id ? (await room.SectionSlugsAsync(cancel)).GetValueOrDefault(id) : null;
        return new AssignmentInput
        {
            Slug = assignment.Slug.Value,
            Line = assignment.Line,
            GivenTo = assignment.GivenTo?.ToString(CultureInfo.InvariantCulture),
            Day = assignment.PlannedDay is { } day ? Print.Iso(day) : null,
            Due = assignment.DueAt is { } due ? TypedTime.From(due, room.Zone) : new TypedTime(),
            Words = assignment.Words?.ToString(CultureInfo.InvariantCulture),
            WantsPicture = assignment.WantsPicture,
            Section = section,
            Edition = edition?.ToString(CultureInfo.InvariantCulture),
            Note = assignment.Note,
        };
    }

    /// <summary>Reads the fields; what is wrong goes to the page, each at its field, and then there is no plan.</summary>
    /// <param name="holder">Who has the assignment now: they may keep it though their account is closed.</param>
    public async Task<(AssignmentPlan Plan, StaffMember? To)?> ReadAsync(
        Newsroom room, ModelStateDictionary state, long? holder, CancellationToken cancel)
    {
        var problems = new Problems(state);
        var slug = TypedText.Line(Slug) is { } typed ? Core.Text.Slug.From(typed) : null;
        if (slug is null) problems.Add(nameof(Slug), "Enter a slug of letters or digits, such as harbour-strike.");
        if (TypedText.Line(Slug)?.Length > LongestSlug) problems.Add(nameof(Slug), $"Use {LongestSlug} characters at most.");
        var plan = new AssignmentPlan
        {
            Slug = slug ?? default,
            Line = Bounded(TypedText.Line(Line), nameof(Line), TextLimits.AssignmentLine, problems),
            Day = ReadDay(problems),
            DueAt = string.IsNullOrWhiteSpace(Due.Local) ? null : Due.Read(room.Zone, state, Problems.Name(nameof(Due))),
            Words = ReadWords(problems),
            WantsPicture = WantsPicture,
            Section = await ReadSectionAsync(room, problems, cancel),
            Edition = await ReadEditionAsync(room, problems, cancel),
            Note = Bounded(TypedText.Lines(Note), nameof(Note), TextLimits.AssignmentNote, problems),
        };
        var to = await ReadHolderAsync(room, holder, problems, cancel);
        return state.IsValid ? (plan, to) : null;
    }

    /// <summary>A planned day as typed; null where none is, or where what is typed is none.</summary>
    private DateOnly? ReadDay(Problems problems)
    {
        if (TypedText.Line(Day) is not { } typed) return null;
        if (CalendarPeriod.TryDay(typed, out var day)) return day;
        problems.Add(nameof(Day), $"Enter a date such as 2026-11-30, from {AssignmentPlan.FirstYear} to {AssignmentPlan.LastYear}.");
        return null;
    }

    private int? ReadWords(Problems problems)
    {
        if (TypedText.Line(Words) is not { } typed) return null;
        var isNumber = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var words);
        if (isNumber && words is > 0 and <= AssignmentPlan.MostWords) return words;
        problems.Add(nameof(Words), "Enter a whole number of words, from 1 to 50,000.");
        return null;
    }

    private async Task<SectionId?> ReadSectionAsync(Newsroom room, Problems problems, CancellationToken cancel)
    {
        if (TypedText.Line(Section) is not { } typed) return null;
        foreach (var (id, slug) in await room.SectionSlugsAsync(cancel))
            if (slug == typed) return id;
        problems.Add(nameof(Section), "Choose a section.");
        return null;
    }

    private async Task<EditionId?> ReadEditionAsync(Newsroom room, Problems problems, CancellationToken cancel)
    {
        if (TypedText.Line(Edition) is not { } typed) return null;
        if (EditionNumber.TryParse(typed, out var number)
            && await room.Db.Editions.Where(e => e.Number == number).Select(e => (EditionId?)e.Id).FirstOrDefaultAsync(cancel) is { } id)
        {
            return id;
        }
        problems.Add(nameof(Edition), "That edition no longer exists. Choose another.");
        return null;
    }

    private async Task<StaffMember?> ReadHolderAsync(Newsroom room, long? holder, Problems problems, CancellationToken cancel)
    {
        if (TypedText.Line(GivenTo) is not { } typed) return null;
        if (long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await room.Db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel) is { } member
            && (member.ClosedAt is null || member.Id == holder))
        {
            return member;
        }
        problems.Add(nameof(GivenTo), "Choose a colleague whose account is open.");
        return null;
    }

    private static string? Bounded(string? text, string field, int most, Problems problems)
    {
        if (text?.Length > most) problems.Add(field, string.Create(
            CultureInfo.InvariantCulture, $"That is {text.Length} characters. Use {most} at most."));
        return text;
    }

    /// <summary>The problems of the page, told by the field of this input.</summary>
    private readonly record struct Problems(ModelStateDictionary State)
    {
        public static string Name(string field) => $"Input.{field}";

        public void Add(string field, string sentence) => State.AddModelError(Name(field), sentence);
    }
}
