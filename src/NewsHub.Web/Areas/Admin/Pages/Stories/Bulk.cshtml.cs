using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>One act on many stories: shows them and asks once, then does it to each by itself and says of each how it went.</summary>
[RequiresAct(Act.Read)]
public sealed class BulkModel(Newsroom room) : NewsroomPage(room)
{
    private const int Most = 200;

    [BindProperty]
    public long[] Ids { get; set; } = [];

    /// <summary><c>approve</c>, <c>unschedule</c>, <c>spike</c>, <c>revive</c> or <c>tag</c>.</summary>
    [BindProperty]
    public string? Do { get; set; }

    [BindProperty]
    public string? Tag { get; set; }

    /// <summary>The stories as they were shown, each as <c>id:version</c>; none before they were.</summary>
    [BindProperty]
    public string[] Seen { get; set; } = [];

    public IReadOnlyList<(StoryLine Line, int Version)> Chosen { get; private set; } = [];
    public List<(long Id, string Headline, string? Problem)> Results { get; } = [];

    public string Question => Do switch
    {
        "approve" => "Approve these stories?",
        "unschedule" => "Unschedule these stories?",
        "spike" => "Spike these stories? Each can be revived.",
        "revive" => "Revive these stories?",
        _ => "Add a tag to these stories? On live stories, readers see it once the changes are published.",
    };

    public IActionResult OnGet() => Redirect("/admin/stories");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Did() is not { } act) return Redisplay("Choose what to do with the stories.", nameof(Do));
        if (!Me.May(act)) return Forbidden();
        var seenIds = Seen.Select(
            s => long.TryParse(s.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
        var wanted = Ids.Concat(seenIds).Distinct().Take(Most).Select(i => new StoryId(i)).ToList();
        if (Do is "tag" && TagName.Fault(TypedText.Line(Tag) ?? "") is not null)
        {
            await ChooseAsync(wanted, cancel);
            return Redisplay("Enter a tag: a few words without a comma, 60 characters at most.", nameof(Tag));
        }
        if (Seen.Length > 0)
        {
            foreach (var seen in Seen.Take(Most))
                if (seen.Split(':') is [var id, var version]
                    && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var story)
                    && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
                {
                    await DoAsync(new StoryId(story), known, act, cancel);
                }
            return Page();
        }
        if (wanted.Count == 0) return Redisplay("Choose at least one story.");
        await ChooseAsync(wanted, cancel);
        return Page();
    }

    private async Task ChooseAsync(List<StoryId> wanted, CancellationToken cancel)
    {
        var versions = await Db.Stories.AsNoTracking()
            .Where(s => wanted.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, s => s.Version, cancel);
        var lines = await StoryLine.Of(Db, Db.Stories.Where(s => wanted.Contains(s.Id))).ToListAsync(cancel);
        Chosen = [.. lines.OrderBy(l => wanted.IndexOf(l.Id)).Select(l => (l, versions[l.Id]))];
    }

    private Act? Did() => Do switch
    {
        "approve" => Act.Approve,
        "unschedule" => Act.Unschedule,
        "spike" => Act.Spike,
        "revive" => Act.Revive,
        "tag" => Act.Save,
        _ => null,
    };

    private async Task DoAsync(StoryId id, int version, Act act, CancellationToken cancel)
    {
        Db.ChangeTracker.Clear();
        if (act is Act.Save) await Db.RenderAheadAsync(id, cancel);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (await Db.LoadForEditingAsync(id, cancel) is not { } story) return;
        var headline = story.Newest().Text.Headline;
        string? problem = null;
        try
        {
            if (story.Version != version)
            {
                var last = await Db.Events.AsNoTracking().Where(e => e.StoryId == id).OrderByDescending(e => e.Id).FirstAsync(cancel);
                // The same form sent again finds it done.
                if (last.By != Me.Actor || last.Act != act) problem = $"{last.By} has changed it in the meantime. Look at it again first.";
            }
            else if (!Me.May(act, story)) problem = "You do not have permission to do this.";
            else
            {
                problem = await OnAsync(story, cancel);
                if (problem is null)
                {
                    await Db.SaveChangesAsync(cancel);
                    await tx.CommitAsync(cancel);
                }
            }
        }
        catch (RefusedException refused)
        {
            problem = refused.Message;
        }
        catch (DbUpdateConcurrencyException)
        {
            problem = "Someone else changed it at the same moment. Look at it again first.";
        }
        Results.Add((id.Value, headline.Length > 0 ? headline : "Without a headline", problem));
    }

    private async Task<string?> OnAsync(Story story, CancellationToken cancel)
    {
        switch (Do)
        {
            case "approve": story.Approve(story.Newest(), Me.Actor, Room.Now); break;
            case "unschedule": story.Unschedule(Me.Actor, Room.Now); break;
            case "spike": story.Spike(Me.Actor, Room.Now); break;
            case "revive": story.Revive(Me.Actor, Room.Now); break;
            default:
                var section = (await Room.SectionSlugsAsync(cancel)).GetValueOrDefault(story.Newest().Text.Section, "");
                var manuscript = Manuscript.From(story.Newest().Text, section, story.Slug);
                manuscript.Tags = $"{manuscript.Tags}, {Tag}";
                var copy = await manuscript.SetAsync(Db, cancel: cancel);
                if (copy.Problems.Count > 0) return copy.Problems[0].Message;
                if (copy.Text.Tags.Count == story.Newest().Text.Tags.Count) return "It has that tag already.";
                // Only the headline was shown: a text that nobody scheduled does not go out for a tag's sake.
                story.Save(
                    copy.Text, copy.Body, Me.Actor, Room.Now, intoSchedule: Me.May(Act.Schedule, story) && !story.HasTextOutsideSchedule);
                break;
        }
        return null;
    }
}
