using Microsoft.AspNetCore.Identity;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Planning;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Staff;

/// <summary>
/// Someone who works here. What concerns getting in (password, second factor, passkeys, lockout) is kept by ASP.NET Core Identity in the
/// properties it brings; what they may do once inside is <see cref="May"/>.
/// </summary>
public sealed class StaffMember : IdentityUser<long>
{
    /// <summary>The paper's choice, as it was when this person came in: it is not stored with them.</summary>
    private bool _editorsMayPublish;

    private StaffMember() { }

    /// <param name="name">As the audit log, revisions and colleagues' screens show it; unique.</param>
    public StaffMember(string email, string name, Role role, DateTimeOffset now)
    {
        Email = email;
        UserName = email;
        Name = name;
        Role = role;
        AddedAt = now;
    }

    public string Name { get; private set; } = "";
    public Role Role { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>When the account was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>IANA name of the zone in which this person reads and sets times; null for the paper's own.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>The author whose byline new stories of this person begin with; null for none. It goes with the author.</summary>
    public long? AuthorId { get; private set; }

    /// <summary>Whether this person has put the list of first steps away.</summary>
    public bool HidesFirstSteps { get; private set; }

    /// <summary>How the trade's verbs name this person.</summary>
    public Actor Actor => new(Name);

    public void Promote(Role role) => Role = role;

    public void Rename(string name) => Name = name;

    public void Close(DateTimeOffset now) => ClosedAt ??= now;

    public void Reopen() => ClosedAt = null;

    public void LiveIn(string? zone) => TimeZone = zone;

    /// <param name="author">Null for none.</param>
    public void WriteAs(Author? author) => AuthorId = author?.Id;

    /// <summary>Takes in what the paper has chosen of who may do what. Before that, nothing goes beyond the roles.</summary>
    public void WorkFor(Site paper) => _editorsMayPublish = paper.EditorsMayPublish;

    public void HideFirstSteps() => HidesFirstSteps = true;

    /// <summary>The one place that says who may do what. Whether the story's state allows it is the story's own business.</summary>
    /// <param name="story">The story it would be done to, where it is one.</param>
    public bool May(Act act, Story? story = null)
    {
        if (ClosedAt is not null) return false;
        return act switch
        {
            Act.Read or Act.Start or Act.AddNote or Act.AddPicture or Act.ChangeOwnAccount or Act.SignIn or Act.SignOut or Act.FailToSignIn
                or Act.LockOut or Act.FailToMail or Act.TakeAssignment or Act.StartAssignment => true,
            // A reporter's copy is the reporter's until it is filed; from then on it is the desk's.
            Act.Save or Act.File => Role >= Role.Editor || story is null || story.OwnerId == Id && story.State is StoryState.Draft,
            Act.SharePreview or Act.RevokePreview or Act.ResolveNote => Role >= Role.Editor || story is null || story.OwnerId == Id,
            Act.ChangePicture => Role >= Role.Editor || story?.OwnerId == Id,
            Act.Return or Act.Approve or Act.Embargo or Act.Spike or Act.Revive or Act.ComposeEdition or Act.ChangeTag
                or Act.ChangeAuthor or Act.PlanAssignment or Act.ChangeAssignment or Act.GiveAssignment or Act.DropAssignment
                or Act.ReviveAssignment => Role >= Role.Editor,
            // All that is done to a story in front of readers goes together: whoever may publish one must be able to put it right.
            Act.Publish or Act.Update or Act.Schedule or Act.Unschedule or Act.Correct or Act.Withdraw or Act.Restore or Act.Readdress
                or Act.Redate or Act.Flag or Act.AddEntry or Act.EditEntry or Act.DeleteEntry =>
                Role >= (_editorsMayPublish ? Role.Editor : Role.Publisher),
            // What goes beyond a story: the front and the newsletter that goes out with it, the paper's own pages, what is gone for good.
            Act.PublishEdition or Act.ChangeSection or Act.ChangePage or Act.ChangeRates or Act.SendBulletin or Act.RemovePicture =>
                Role >= Role.Publisher,
            Act.FailToPublish or Act.BeRefused => false,
            Act.ChangeStaff or Act.ChangeSite or Act.ChangeWebhooks or Act.ReadAudit or Act.ChangeSubscribers or Act.LiftRemoval
                or Act.PurgeCache =>
                Role is Role.Administrator,
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Nobody has said who may do this."),
        };
    }

    /// <summary>Whether this person may resolve a note: editors, whose story it is, and who wrote it.</summary>
    public bool May(Act act, Story story, StoryNote note) =>
        May(act, story) || act is Act.ResolveNote && ClosedAt is null && note.ById == Id;

    /// <summary>Whether this person may do something to an assignment: anybody takes one that nobody has, a reporter starts only their
    /// own.</summary>
    public bool May(Act act, Assignment assignment) => May(act) && act switch
    {
        Act.TakeAssignment => assignment.GivenTo is null || assignment.GivenTo == Id,
        Act.StartAssignment => Role >= Role.Editor || assignment.GivenTo == Id,
        _ => true,
    };

    /// <summary>Whether this person may change a picture: editors may; a reporter may put right one that they brought, until an editor or a
    /// publisher has let a text with it through.</summary>
    /// <param name="isLive">Readers see it or are to see it: a live, a scheduled or an approved text prints it.</param>
    public bool May(Act act, Picture picture, bool isLive) =>
        May(act) || act is Act.ChangePicture && ClosedAt is null && picture.AddedBy == Name && !isLive;
}
