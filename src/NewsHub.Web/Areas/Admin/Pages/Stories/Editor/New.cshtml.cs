using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>A story begins: a draft with its first text, on the desk of whoever wrote it. An autosave begins it
/// before anyone saves.</summary>
[RequiresAct(Act.Start)]
[BodyLimit(RequestBodies.Story)]
public sealed class NewModel(Newsroom room) : EditorPage(room)
{
    private const int MostPictures = 100;
    private const int MostLinks = 6;

    /// <summary>Names this form, so that it begins one story however often it is sent.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Manuscript.Language = Room.Snapshot.Site.Language;
        if (await Db.Authors.AsNoTracking().FirstOrDefaultAsync(a => a.Id == Me.AuthorId, cancel) is { } me)
            Manuscript.Bylines = [new Manuscript.Credit { Author = me.Slug.Value }];
        Key = await FormKey.NewAsync(Db, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        // Whoever clicks twice waits here for the first click.
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        // Begun before: sent on to the story's own page, which knows what to do with a text that comes late.
        if (await BegunAsync(cancel) is { } begun) return RedirectPreserveMethod($"/admin/stories/{begun}");
        if (await SetAsync(cancel, makesSection: true) is not { } copy) return Redisplay();
        try
        {
            var story = await BeginAsync(copy, autosave: false, cancel);
            await PlaceAsync(story, cancel);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
            Flash = "Saved as a draft.";
            return Redirect($"/admin/stories/{story.Id}");
        }
        catch (RefusedException refused)
        {
            Db.ChangeTracker.Clear();
            return Redisplay(refused.Message, nameof(Slot));
        }
    }

    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (await BegunAsync(cancel) is { } begun)
        {
            // An answer that was lost on its way, or a way back to this form: the script sends it again, to the story's own page.
            var newest = await Db.Revisions.Where(r => r.StoryId == begun).MaxAsync(r => r.Number, cancel);
            return new JsonResult(new { id = begun.Value, @base = newest == 1 ? 1 : 0, again = true });
        }
        if (await SetAsync(cancel, autosave: true) is not { } copy) return NotKept();
        var story = await BeginAsync(copy, autosave: true, cancel);
        await tx.CommitAsync(cancel);
        return Kept(story, story.Newest(), await Db.CheckForPrintAsync(story.Newest(), cancel));
    }

    /// <summary>From the script: whether a text that a window left in the browser has become a story's.</summary>
    public async Task<IActionResult> OnPostKnownAsync(CancellationToken cancel) =>
        new JsonResult(new { revision = await BegunAsync(cancel) is { } begun ? await KnownAsync(begun, cancel) : null });

    /// <summary>From the script: what the library knows of pictures that a text names, and how each is shown.</summary>
    public async Task<IActionResult> OnGetPicturesAsync(string[] file, CancellationToken cancel)
    {
        var names = file.Distinct(StringComparer.Ordinal).Take(MostPictures).ToList();
        var pictures = await Db.Pictures.AsNoTracking().Where(p => names.Contains(p.File) && p.Hash != "").ToListAsync(cancel);
        return new JsonResult(
            from picture in pictures
            let use = picture.Use()
            select new
            {
                picture.File,
                use.Alt,
                use.Caption,
                use.Credit,
                html = PictureHtml.Write(use, Crop.Full, "(width < 48rem) 100vw, 42rem", alt: ""),
                address = $"/admin/media/{picture.Id}",
                whole = new
                {
                    src = Url.Page("/Media/Picture", "Whole", new { picture.Id, key = picture.Hash[..12] }),
                    width = picture.OriginalWidth,
                    height = picture.OriginalHeight,
                },
                area = new { picture.Left, picture.Top, picture.Width, picture.Height },
                focus = new { x = picture.FocusX, y = picture.FocusY },
            });
    }

    /// <summary>From the script: pages of the paper that a link may lead to, by words of their names. A story that is not published is
    /// named with the reason why there is no link to it.</summary>
    public async Task<IActionResult> OnGetLinksAsync(string? q, CancellationToken cancel)
    {
        if (TypedText.Line(q) is not { Length: <= 200 } words) return new JsonResult(Array.Empty<object>());
        var like = Like.Within(words);
        var stories = await (
            from s in Db.Stories
            where s.State != StoryState.Spiked && s.State != StoryState.Withdrawn
            join r in Db.Revisions on new { s.Id, Number = s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
            where Like.Matches(r.Text.Headline, like)
            orderby s.State == StoryState.Live descending, s.ChangedAt descending, s.Id descending
            select new { r.Text.Headline, s.Address, s.State }).Take(MostLinks).ToListAsync(cancel);
        var authors = await Db.Authors.AsNoTracking()
            .Where(a => Like.Matches(a.Name, like))
            .OrderBy(a => a.Name)
            .Take(MostLinks)
            .ToListAsync(cancel);
        var tags = await Db.Tags.AsNoTracking()
            .Where(t => t.MergedInto == null && Like.Matches(t.Name, like))
            .OrderBy(t => t.Name)
            .Take(MostLinks)
            .ToListAsync(cancel);
        return new JsonResult(stories
            .Select(s => s.State is StoryState.Live && s.Address is { } address
                ? new { Name = s.Headline, Href = (string?)address, Note = "Story" }
                : new { Name = s.Headline, Href = (string?)null, Note = $"{s.State}: it has no address yet" })
            .Concat(authors.Select(a => new { a.Name, Href = (string?)$"/authors/{a.Slug}", Note = "Author" }))
            .Concat(tags.Select(t => new { t.Name, Href = (string?)$"/tags/{t.Slug}", Note = "Tag" })));
    }

    private async Task<StoryId?> BegunAsync(CancellationToken cancel) =>
        FormKey.After(Key) is { } after ? await Db.BegunWithAsync(Key!, after, Me.Actor, cancel) : null;

    private async Task<Story> BeginAsync(TypesetCopy copy, bool autosave, CancellationToken cancel)
    {
        var story = new Story(copy.Text, copy.Body, Me.Actor, Room.Now, Me.Id, autosave);
        if (FormKey.After(Key) is not null) story.BeganWith(Key!, Me.Actor, Room.Now);
        Choose(story, copy);
        Db.Stories.Add(story);
        await Db.SaveChangesAsync(cancel);
        return story;
    }
}
