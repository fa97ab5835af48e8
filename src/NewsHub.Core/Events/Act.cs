using NewsHub.Core.Staff;

namespace NewsHub.Core.Events;

/// <summary>All that can be done here: what the audit log says was done, and what <see cref="StaffMember.May"/> is asked about. Verbs,
/// named as the trade names them.</summary>
public enum Act
{
    Save,
    File,
    Return,
    Schedule,
    Unschedule,
    Embargo,
    Publish,
    Update,
    Correct,
    Withdraw,
    Restore,
    Spike,
    Revive,
    Readdress,

    /// <summary>To put right when a story was first published.</summary>
    Redate,
    PublishEdition,
    ChangeSite,
    ChangeRates,

    /// <summary>To see the newsroom at all: its lists, every story in it, its proofs.</summary>
    Read,

    /// <summary>To begin a new story, or a copy of one.</summary>
    Start,
    Approve,

    /// <summary>To flag a story as breaking, or take the flag down.</summary>
    Flag,

    /// <summary>What the clock notes of a story that was due and could not be published. Nobody may do it.</summary>
    FailToPublish,
    SharePreview,
    RevokePreview,

    /// <summary>To publish an entry of a live story.</summary>
    AddEntry,

    /// <summary>Its words, its pin, whether it is a key moment.</summary>
    EditEntry,

    /// <summary>To take an entry out, or bring it back.</summary>
    DeleteEntry,

    ComposeEdition,
    AddPicture,
    ChangePicture,

    /// <summary>To take a picture off the server for good.</summary>
    RemovePicture,

    /// <summary>To let a picture that was removed be taken in again.</summary>
    LiftRemoval,
    ChangeTag,
    ChangeAuthor,
    ChangeSection,

    SignIn,
    FailToSignIn,
    SignOut,

    /// <summary>The door does not listen to more tries for a while.</summary>
    LockOut,

    /// <summary>403: somebody asked for what they may not do. Noted with a bound, see <c>DeniedRequests</c>.</summary>
    BeRefused,

    /// <summary>A mail of the house did not go out.</summary>
    FailToMail,

    /// <summary>One's own password, second factor, passkeys, zone.</summary>
    ChangeOwnAccount,

    /// <summary>To invite, to change a role, to close an account.</summary>
    ChangeStaff,

    /// <summary>To say who elsewhere is told of what happens here.</summary>
    ChangeWebhooks,
    ReadAudit,

    /// <summary>To see who gets the bulletin, to see it before they do, to send, hold or cancel it.</summary>
    SendBulletin,

    /// <summary>To take the list of subscribers out of the house, or somebody off it.</summary>
    ChangeSubscribers,

    /// <summary>To write a note on a story for colleagues, or an answer to one.</summary>
    AddNote,

    /// <summary>To say that a note is dealt with, or that it is not.</summary>
    ResolveNote,

    /// <summary>To make an assignment.</summary>
    PlanAssignment,

    /// <summary>What an assignment asks for, its planned day included.</summary>
    ChangeAssignment,

    /// <summary>To say who has an assignment.</summary>
    GiveAssignment,

    /// <summary>To take an assignment that nobody has.</summary>
    TakeAssignment,

    /// <summary>To begin the story that an assignment asks for.</summary>
    StartAssignment,
    DropAssignment,
    ReviveAssignment,

    /// <summary>A page about the paper: its words, its address, its place in the footer.</summary>
    ChangePage,

    /// <summary>To have the cache in front of the paper drop everything.</summary>
    PurgeCache,
}
