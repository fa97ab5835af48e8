using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Staff() => new("staff", "People who work here.") { StaffAdd() };

    private static Command StaffAdd()
    {
        var email =
            new Option<string>("--email") { Description = "Where the person is written to, and what they sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "As colleagues and the audit log see it; unique.", Required = true };
        var role = new Option<string>("--role") { Description = "reporter, editor, publisher or administrator.", Required = true };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<Role>().Select(r => r.ToLowerInvariant())]);
        var stdin = new Option<bool>("--password-stdin")
        {
            Description = "Read the password from standard input, one line. Without it, a link is printed that lets the person choose one.",
        };
        var command = new Command("add", "Add an account. Prints an invitation link, good for seven days.") { email, name, role, stdin };
        return Does(command, async (services, parsed, cancel) =>
        {
            var (staff, db, clock) = (services.GetRequiredService<UserManager<StaffMember>>(), services.GetRequiredService<NewsDb>(),
                services.GetRequiredService<TimeProvider>());
            var member = new StaffMember(TypedText.Line(parsed.GetValue(email)) ?? "",
                TypedText.Line(parsed.GetValue(name)) ?? "", Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true), clock.GetUtcNow());
            var withPassword = parsed.GetValue(stdin);
            db.Events.Add(new NewsEvent(Act.ChangeStaff, Actor.CommandLine, clock.GetUtcNow(),
                [], withPassword ? "added" : "invited", EventSubject.Staff(member.Name), after: member.Role.ToString()));
            var made = withPassword
                ? await staff.CreateAsync(member, await Console.In.ReadLineAsync(cancel) ?? "")
                : await staff.CreateAsync(member);
            if (!made.Succeeded)
            {
                foreach (var error in made.Errors) await Console.Error.WriteLineAsync(error.Description);
                return 1;
            }
            Console.WriteLine(withPassword
                ? $"{member.Name} can sign in as {member.Email}."
                : $"{member.Name} chooses a password by this link, once, within seven days:\n"
                    + $"{await services.GetRequiredService<AccountEmails>().InvitationLinkAsync(member)}");
            return 0;
        });
    }
}
