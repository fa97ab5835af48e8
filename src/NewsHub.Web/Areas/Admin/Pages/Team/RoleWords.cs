using NewsHub.Core.Events;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>What a role may do, for whoever gives it to somebody.</summary>
/// <param name="Sentence">What it may do more than the role before it.</param>
/// <param name="Acts">What the sentence speaks of. A test holds them to <see cref="StaffMember.May(Act, Core.Stories.Story?)"/>.</param>
public sealed record RoleWords(Role Role, string Sentence, IReadOnlyList<Act> Acts)
{
    private const string Publishing =
        "publishes, schedules, corrects and withdraws stories, changes their address and time, flags breaking news, writes live entries";

    private static readonly Act[] PublishingActs =
    [
        Act.Publish, Act.Update, Act.Schedule, Act.Unschedule, Act.Correct, Act.Withdraw, Act.Restore, Act.Readdress, Act.Redate, Act.Flag,
        Act.AddEntry, Act.EditEntry, Act.DeleteEntry,
    ];

    private static readonly Act[] EditingActs =
    [
        Act.ChangePicture, Act.Approve, Act.Return, Act.Embargo, Act.Spike, Act.Revive, Act.ComposeEdition, Act.ChangeTag, Act.ChangeAuthor,
        Act.PlanAssignment, Act.ChangeAssignment, Act.GiveAssignment, Act.DropAssignment, Act.ReviveAssignment,
    ];

    private static readonly Act[] HouseActs =
        [Act.PublishEdition, Act.SendBulletin, Act.ChangeSection, Act.ChangePage, Act.ChangeRates, Act.RemovePicture];

    private static readonly IReadOnlyList<RoleWords> PublishersPublish = Say(editorsPublish: false);
    private static readonly IReadOnlyList<RoleWords> EditorsPublish = Say(editorsPublish: true);

    /// <summary>The roles, each with what it adds, by the paper's choice of who publishes.</summary>
    public static IReadOnlyList<RoleWords> Of(Core.Settings.Site paper) => paper.EditorsMayPublish ? EditorsPublish : PublishersPublish;

    private static IReadOnlyList<RoleWords> Say(bool editorsPublish) =>
    [
        new(Role.Reporter,
            "Writes stories, takes assignments, uploads pictures and files stories to the desk. Edits only drafts of their own. "
            + "Cannot publish.",
            [
                Act.Start, Act.Save, Act.File, Act.AddPicture, Act.SharePreview, Act.RevokePreview, Act.TakeAssignment,
                Act.StartAssignment,
            ]),
        new(Role.Editor,
            "Also edits everyone’s stories and pictures, approves, returns, embargoes and spikes stories, plans and gives assignments, "
            + (editorsPublish
                ? $"prepares editions, and manages tags and authors. {Capital(Publishing)}. Cannot publish editions."
                : "prepares editions, and manages tags and authors. Cannot publish."),
            editorsPublish ? [.. EditingActs, .. PublishingActs] : EditingActs),
        new(Role.Publisher,
            $"Also {(editorsPublish ? "" : Publishing + ", ")}publishes editions, sends newsletters, manages sections, pages and rates, "
            + "and removes pictures from the server.",
            editorsPublish ? HouseActs : [.. PublishingActs, .. HouseActs]),
        new(Role.Administrator,
            "Also manages the team, the settings, webhooks and subscribers, reads the audit log, and allows removed pictures to be "
            + "uploaded again.",
            [Act.ChangeStaff, Act.ChangeSite, Act.ChangeWebhooks, Act.ChangeSubscribers, Act.ReadAudit, Act.LiftRemoval,
                Act.PurgeCache]),
    ];

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
