using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>The board of one edition: its front by place, beside the stories that can stand on it. One form: what it holds, in its
/// order, is the front.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class BoardModel(Newsroom room) : EditionPage(room)
{
    private const int MostAtHand = 60;

    /// <summary>Every story on the page, in the order in which they stand there.</summary>
    [BindProperty]
    public List<long> Order { get; set; } = [];

    /// <summary>Where each stands; null for not on the front.</summary>
    [BindProperty]
    public Dictionary<long, SlotKind?> Places { get; set; } = [];

    /// <summary>The order that the typed one goes on from, as <see cref="FrontOrder"/> writes it.</summary>
    [BindProperty]
    public string? Base { get; set; }

    /// <summary>Whether readers had the front when the page was shown.</summary>
    [BindProperty]
    public bool WasOut { get; set; }

    /// <summary>Words to find stories by.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    /// <summary>Which button: <c>save</c>; <c>keep</c> is the page's own, which saves a front in progress and shows the page; <c>find</c>
    /// and <c>check</c> show the page with what is typed; so does a move, <c>up 12</c> or <c>down section 3</c>.</summary>
    [BindProperty]
    public string? Do { get; set; }

    public IReadOnlyList<(SlotKind Place, FrontLine Line)> Front { get; private set; } = [];

    /// <summary>Stories that can be placed, ready ones first.</summary>
    public IReadOnlyList<FrontLine> AtHand { get; private set; } = [];
    public IReadOnlyList<FrontWarning> Warnings { get; private set; } = [];

    /// <summary>What others have changed meanwhile, a sentence each.</summary>
    public IReadOnlyList<string> Meanwhile { get; private set; } = [];

    /// <summary>When the page saved itself.</summary>
    public DateTimeOffset? KeptAt { get; private set; }

    /// <summary>The page shows an order that is not stored.</summary>
    public bool Unsaved { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        (Version, Base, WasOut) = (Edition.Version, Edition.Order, Edition.PublishedAt is not null);
        await SetAsync([.. Edition.Slots.OrderBy(s => s.Position).Select(s => (s.Place, s.StoryId))], cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!MayCompose) return Forbidden();
        if (!ModelState.IsValid)
        {
            ModelState.Clear();
            (Version, Base, WasOut) = (Edition.Version, Edition.Order, Edition.PublishedAt is not null);
            await SetAsync(FrontOrder.Read(Base), cancel);
            return Redisplay("The order of the stories could not be read. This is the board as it was last saved.");
        }
        var typed = Typed();
        // What readers have is saved by hand alone.
        var keeps = Do is "keep" && Edition.PublishedAt is null;
        if (!keeps && Do is { Length: > 0 } and not "save")
        {
            await SetAsync(typed, cancel);
            Move();
            Unsaved = FrontOrder.Write(Front.Select(s => (s.Place, s.Line.Id))) != Base;
            return Page();
        }
        await SetAsync(typed, cancel);
        Unsaved = true;
        var order = Front.Select(s => (s.Place, s.Line.Id)).ToList();
        var names = await NamesAsync([.. FrontOrder.Read(Base), .. FrontOrder.Read(Edition.Order), .. order], cancel);
        // A second click, or two who had the same thought.
        if (FrontOrder.Write(order) == Edition.Order) return keeps ? Kept() : To(Address, "Saved.");
        if (IsOvertaken)
        {
            var now = FrontOrder.Read(Edition.Order);
            Meanwhile = FrontOrder.Changes(FrontOrder.Read(Base), now, names);
            (Base, WasOut) = (Edition.Order, Edition.PublishedAt is not null);
            return await OvertakenAsync(
                "Your changes are still here: adjust them if you need to, and save again.", cancel);
        }
        var note = string.Join(" ", FrontOrder.Changes(FrontOrder.Read(Edition.Order), order, names));
        // Readers would have the front at once: what hinders a publication hinders this too.
        if (Edition.PublishedAt is not null && Warnings.FirstOrDefault(w => w.Hinders) is { } hindrance)
            return Redisplay(hindrance.Sentence);
        return await TryAsync(async () =>
        {
            if (Edition.PublishedAt is null)
            {
                var before = Edition.Order;
                Edition.Compose(order);
                Room.Note(Act.ComposeEdition, EventSubject.Edition(Edition.Number), note, before, Edition.Order);
            }
            else
            {
                await Db.RecomposeAsync(Edition, order, Me.Actor, Room.Now, note, cancel);
            }
            await Db.SaveChangesAsync(cancel);
            if (keeps) return Kept();
            return To(Address, Edition.PublishedAt is null ? "Saved." : "Saved. Readers see this front now.");
        });
    }

    /// <summary>The stories of one place, or of one section of the front, in order.</summary>
    public IEnumerable<FrontLine> In(SlotKind slotKind, SectionId? section = null) =>
        Front.Where(s => s.Place == slotKind && (section is null || s.Line.Section == section)).Select(s => s.Line);

    /// <summary>Whether a story stands on the front as it is stored.</summary>
    public bool IsStored(StoryId story) => Edition.Slots.Any(s => s.StoryId == story);

    /// <summary>How many stories the front had room for in a place when it began; 0 where nobody said, and once it is out.</summary>
    public int Planned(SlotKind slotKind, SectionId? section = null) => Edition.PublishedAt is not null ? 0
        : Edition.Shape?.FirstOrDefault(p => p.Place == slotKind && p.Section == section?.Value)?.Count ?? 0;

    /// <summary>Whether others have changed the front since the page was shown, or let it out. A new date or time is no matter of the
    /// board's.</summary>
    private bool IsOvertaken =>
        Edition.Version != Version && (Edition.Order != (Base ?? "") || Edition.PublishedAt is not null != WasOut);

    private PageResult Kept()
    {
        ModelState.Clear();
        (Version, Base, Unsaved, KeptAt) = (Edition.Version, Edition.Order, false, Room.Now);
        return Page();
    }

    /// <summary>The sections in the order in which the front has them, then those that it has not.</summary>
    public IEnumerable<(SectionId Id, string Name)> Sections()
    {
        var used = In(SlotKind.Section).Select(l => l.Section).Distinct().ToList();
        var planned = Edition.Shape?.Select(p => p.Section).OfType<long>().Select(id => new SectionId(id)) ?? [];
        return used.Concat(planned).Concat(Room.Snapshot.Sections.Select(s => s.Id)).Distinct()
            .Select(id => (Id: id, Name: SectionName(id)!)).Where(s => s.Name is not null || used.Contains(s.Id))
            .Select(s => (s.Id, s.Name ?? ""));
    }

    private List<(SlotKind Place, StoryId Story)> Typed() =>
        [.. Order.Distinct().Where(id => Places.GetValueOrDefault(id) is not null).Select(id => (Places[id]!.Value, new StoryId(id)))];

    /// <summary>Sets the page: places in the order of the paper, a section's stories together, in the order of their first.</summary>
    private async Task SetAsync(IReadOnlyList<(SlotKind Place, StoryId Story)> typed, CancellationToken cancel)
    {
        var ids = typed.Select(s => s.Story).Concat(Edition.Slots.Select(s => s.StoryId)).Concat(Order.Where(id => Places.ContainsKey(id)
            && FrontOrder.Read(Base).Any(b => b.Story.Value == id)).Select(id => new StoryId(id))).Distinct().ToList();
        var known = await Db.FrontLinesAsync(Db.Stories.Where(s => ids.Contains(s.Id)), Edition.Id, cancel);
        Arrange([.. typed.Where(s => known.ContainsKey(s.Story)).Select(s => (s.Place, known[s.Story]))]);
        var candidates = Candidates();
        var found = await Db.FrontLinesAsync(Db.Stories.Where(s => candidates.Contains(s.Id)), Edition.Id, cancel);
        var placed = Front.Select(s => s.Line.Id).ToHashSet();
        // What was taken off the front stays at hand, whatever is looked for.
        AtHand = [.. known.Values.Concat(found.Values).DistinctBy(l => l.Id).Where(l => !placed.Contains(l.Id))
            .OrderBy(l => !known.ContainsKey(l.Id)).ThenBy(l => l.State is StoryState.Draft or StoryState.Spiked or StoryState.Withdrawn
                || Edition.PublishedAt is not null && l.State is not StoryState.Live).ThenByDescending(l => l.ChangedAt)];
    }

    private void Arrange(IReadOnlyList<(SlotKind Place, FrontLine Line)> front)
    {
        var sections = front.Where(s => s.Place is SlotKind.Section).Select(s => s.Line.Section).Distinct().ToList();
        Front = [.. front.OrderBy(s => s.Place).ThenBy(s => s.Place is SlotKind.Section ? sections.IndexOf(s.Line.Section) : 0)];
        Warnings = Check(Front);
    }

    /// <summary>Without words: what came in or came out since the latest edition. With words: any story that has
    /// them in its headline.</summary>
    private IQueryable<StoryId> Candidates()
    {
        if (string.IsNullOrWhiteSpace(Find))
        {
            var since = Room.Snapshot.LatestEdition?.PublishedAt ?? DateTimeOffset.MinValue;
            return Db.Stories.Where(s => s.State == StoryState.Draft
                || s.State == StoryState.Filed
                || s.State == StoryState.Scheduled
                || s.State == StoryState.Live && s.FirstPublishedAt > since)
                .OrderBy(s => s.State == StoryState.Draft).ThenByDescending(s =>
                    s.ChangedAt).ThenByDescending(s => s.Id).Take(MostAtHand).Select(s => s.Id);
        }
        var like = Like.Within(TypedText.Line(Find) is not { } words ? "" : words.Length <= 200 ? words : words[..200]);
        return (from s in Db.Stories
                where s.State != StoryState.Spiked && s.State != StoryState.Withdrawn
                join r in Db.Revisions on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
                where Like.Matches(r.Text.Headline, like)
                orderby s.ChangedAt descending, s.Id descending
                select s.Id).Take(MostAtHand);
    }

    /// <summary>One place up or down: a story among its neighbours, a section among the sections.</summary>
    private void Move()
    {
        if (Do?.Split(' ') is not ["up" or "down", .. var what]
            || !long.TryParse(what[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return;
        var step = Do[0] == 'u' ? -1 : 1;
        var front = Front.ToList();
        if (what is ["section", _])
        {
            var sections = In(SlotKind.Section).Select(l => l.Section).Distinct().ToList();
            Swap(sections, sections.IndexOf(new SectionId(id)), step);
            front = [.. front.OrderBy(s => s.Place).ThenBy(s => s.Place is SlotKind.Section ? sections.IndexOf(s.Line.Section) : 0)];
        }
        else if (front.FindIndex(s => s.Line.Id.Value == id) is >= 0 and var at)
        {
            var (slotKind, line) = front[at];
            // In a section's group the neighbour is the group's.
            var other = at + step;
            if (other >= 0 && other < front.Count && front[other].Place == slotKind && (slotKind is not SlotKind.Section
                || front[other].Line.Section == line.Section))
            {
                Swap(front, at, step);
            }
        }
        ModelState.Clear();
        Arrange(front);

        static void Swap<T>(List<T> list, int at, int step)
        {
            if (at >= 0 && at + step >= 0 && at + step < list.Count) (list[at], list[at + step]) = (list[at + step], list[at]);
        }
    }

    private async Task<Func<StoryId, string>> NamesAsync(IEnumerable<(SlotKind Place, StoryId Story)> front, CancellationToken cancel)
    {
        var ids = front.Select(s => s.Story).Distinct().ToList();
        var lines = await Db.FrontLinesAsync(Db.Stories.Where(s => ids.Contains(s.Id)), Edition.Id, cancel);
        return id => lines.TryGetValue(id, out var line) ? line.Name : $"Story {id}";
    }
}
