using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>Where one is told of what, kind by kind.</summary>
/// <param name="Delivers">Whether there is a mail server.</param>
public sealed record NotificationSwitches(IReadOnlyList<NotificationChoice> Choices, bool Delivers)
{
    public static string Name(NotificationKind kind) => kind switch
    {
        NotificationKind.Filed => "A story is filed to you",
        NotificationKind.Returned => "Your story is returned",
        NotificationKind.Noted => "A note is for you",
        NotificationKind.Published => "Your story is published",
        NotificationKind.Failed => "A story could not be published on time",
        _ => "Work is assigned to you",
    };

    public static async Task<NotificationSwitches> OfAsync(Newsroom room, bool delivers, CancellationToken cancel)
    {
        var me = room.Me.Id;
        var chosen = await room.Db.NotificationChoices.Where(c => c.StaffId == me).ToDictionaryAsync(c => c.Kind, cancel);
        return new(
            [.. Enum.GetValues<NotificationKind>().Select(k => chosen.GetValueOrDefault(k) ?? NotificationChoice.Usual(me, k))], delivers);
    }

    /// <summary>Keeps what was chosen of all kinds, where it is another choice than before.</summary>
    public static async Task ChooseAsync(
        Newsroom room, IList<NotificationKind> bell, IList<NotificationKind> mail, CancellationToken cancel)
    {
        var before = (await OfAsync(room, delivers: true, cancel)).Choices;
        var words = Words(before);
        foreach (var choice in before)
        {
            var (inBell, byMail) = (bell.Contains(choice.Kind), mail.Contains(choice.Kind));
            if ((choice.Bell, choice.Mail) == (inBell, byMail)) continue;
            choice.Choose(inBell, byMail);
            if (room.Db.Entry(choice).State is EntityState.Detached) room.Db.NotificationChoices.Add(choice);
        }
        if (!room.Db.ChangeTracker.HasChanges()) return;
        room.Note(Act.ChangeOwnAccount, EventSubject.Staff(room.Me.Name), "notifications", words, Words(before));
        await room.Db.SaveChangesAsync(cancel);
    }

    /// <summary>What is switched on, for the audit log.</summary>
    private static string Words(IReadOnlyList<NotificationChoice> choices) =>
        $"bell: {List(choices.Where(c => c.Bell))}; mail: {List(choices.Where(c => c.Mail))}";

    private static string List(IEnumerable<NotificationChoice> choices) =>
        choices.Any() ? string.Join(", ", choices.Select(c => c.Kind.ToString().ToLowerInvariant())) : "none";
}
