using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Notes;

/// <summary>What colleagues say of a story among themselves: on chosen words or on the whole, answered, resolved. The editor shows the same
/// list at its side.</summary>
[RequiresAct(Act.AddNote)]
public sealed class NotesModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The words that the note is on, as the text has them; empty for the whole story.</summary>
    [BindProperty]
    public string? Quote { get; set; }

    /// <summary>Where the words stand, as a script tells it: of words that the text has twice, it says which.</summary>
    [BindProperty]
    public NotePart Part { get; set; } = NotePart.Body;

    /// <inheritdoc cref="Part"/>
    [BindProperty]
    public int Start { get; set; }

    /// <summary>What was typed under each note.</summary>
    [BindProperty(Name = nameof(Answers))]
    public Dictionary<long, string?> Answers { get; set; } = [];

    public Story Story { get; private set; } = null!;

    public StoryNotes Notes { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        var (text, quote) = (ReadNote(Text, nameof(Text), "Write the note."), TypedText.Lines(Quote) ?? "");
        var found = quote.Length == 0 ? null : NoteParts.Find(Story.Newest().Text, quote, Part, Start);
        if (quote.Length > TextLimits.Note) ModelState.AddModelError(nameof(Quote), "Choose 1,000 characters at most.");
        else if (quote.Length > 0 && found is null) ModelState.AddModelError(nameof(Quote), "The newest text does not have these words.");
        if (Notes.Open.Count + Notes.Resolved.Count >= StoryNote.Most)
            ModelState.AddModelError("", $"A story can have {StoryNote.Most} notes.");
        if (text is null || !ModelState.IsValid) return Redisplay();
        var note = new StoryNote(
            Story.Id, found?.Part ?? NotePart.Story, found?.Anchor.Start ?? 0, quote, text, Me.Actor, Me.Id, Room.Now);
        Db.StoryNotes.Add(note);
        return await DoneAsync(note, Act.AddNote, text, "Note added.", cancel);
    }

    public async Task<IActionResult> OnPostAnswerAsync(long note, CancellationToken cancel)
    {
        if (await FindAsync(note, cancel) is not { } found) return NotFound();
        if (ReadNote(Answers.GetValueOrDefault(note), $"Answers[{note}]", "Write the answer.") is not { } text) return Redisplay();
        return await TryAsync(() =>
        {
            found.Answer(text, Me.Actor, Me.Id, Room.Now);
            return DoneAsync(found, Act.AddNote, text, "Answer added.", cancel);
        });
    }

    public async Task<IActionResult> OnPostResolveAsync(long note, bool resolved, CancellationToken cancel)
    {
        if (await FindAsync(note, cancel) is not { } found) return NotFound();
        if (!Me.May(Act.ResolveNote, Story, found)) return Forbidden();
        if (resolved) found.Resolve(Me.Actor, Room.Now);
        else found.Reopen();
        return await DoneAsync(found, Act.ResolveNote, null, resolved ? "Note resolved." : "Note reopened.", cancel);
    }

    private async Task<StoryNote?> FindAsync(long note, CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return null;
        var story = Story.Id;
        return await Db.StoryNotes.Include(n => n.Answers).SingleOrDefaultAsync(n => n.Id == note && n.StoryId == story, cancel);
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await Db.LoadForEditingAsync(new StoryId(Id), cancel) is not { } story) return false;
        Story = story;
        Notes = await StoryNotes.OfAsync(story, Room, cancel) with { Typed = Text, TypedAnswers = Answers };
        return true;
    }

    private async Task<IActionResult> DoneAsync(StoryNote note, Act act, string? text, string said, CancellationToken cancel)
    {
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        // The store gives a new note its number.
        await Db.SaveChangesAsync(cancel);
        Db.Events.Add(new NewsEvent(act, Me.Actor, Room.Now, [], text, EventSubject.Note(note.Id), story: note.StoryId));
        await Db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
        Flash = said;
        return Redirect($"/admin/stories/{Id}/notes#note-{note.Id}");
    }
}
