using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Staff;

/// <summary>What a name and an address must be, asked whenever an account is made or changed. Each error's code is the
/// field that it is about.</summary>
public sealed class StaffRules(NewsDb db) : IUserValidator<StaffMember>
{
    /// <summary>Characters that an address has at most, by the rules of mail.</summary>
    public const int LongestAddress = 254;

    public async Task<IdentityResult> ValidateAsync(UserManager<StaffMember> manager, StaffMember user)
    {
        var errors = new List<IdentityError>();
        if (await NameFaultAsync(user) is { } name) errors.Add(new() { Code = nameof(StaffMember.Name), Description = name });
        if (await EmailFaultAsync(manager, user) is { } email) errors.Add(new() { Code = nameof(StaffMember.Email), Description = email });
        return errors.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. errors]);
    }

    private async Task<string?> NameFaultAsync(StaffMember member)
    {
        var name = member.Name;
        if (string.IsNullOrWhiteSpace(name)) return "Enter a name.";
        if (name.Length > 80) return "Use 80 characters at most.";
        if (name.Any(char.IsControl)) return "Use one line of plain text.";
        if (Actor.House.Any(hand => name.Equals(hand.Name, StringComparison.OrdinalIgnoreCase)))
            return $"“{name}” is reserved in the audit log. Choose another name.";
        // The store compares letter by letter; people do not.
        var names = await db.Staff.Where(s => s.Id != member.Id).Select(s => s.Name).ToListAsync();
        return names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"The name {name} is already used. Names must be unique in the audit log."
            : null;
    }

    private static async Task<string?> EmailFaultAsync(UserManager<StaffMember> manager, StaffMember member)
    {
        if (!IsAddress(member.Email)) return "That is not an email address.";
        return await manager.FindByEmailAsync(member.Email!) is { } other && other.Id != member.Id
            ? "There is already an account with this address."
            : null;
    }

    /// <summary>Whether mail could be sent there, and nothing but an address stands there.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= LongestAddress }
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
