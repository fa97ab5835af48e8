namespace NewsHub.Core.Staff;

/// <summary>Colleagues who are named in a note by an @.</summary>
public static class Mentions
{
    /// <summary>The members whose name stands behind an @: the whole name, or a first name that only one of them has. Case does not
    /// count; of two names that fit, the longer is meant.</summary>
    public static IReadOnlyList<StaffMember> In(string text, IReadOnlyCollection<StaffMember> staff)
    {
        var names = staff.Select(m => (Name: m.Name, Member: m))
            .Concat(staff
                .GroupBy(m => m.Name.Split(' ')[0], StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() == 1)
                .Select(g => (Name: g.Key, Member: g.Single())))
            .OrderByDescending(n => n.Name.Length)
            .ToList();
        var found = new List<StaffMember>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // An address of mail names nobody.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1])) continue;
            var rest = text.AsSpan(at + 1);
            foreach (var (name, member) in names)
            {
                if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
                if (rest.Length > name.Length && char.IsLetterOrDigit(rest[name.Length])) continue;
                if (!found.Contains(member)) found.Add(member);
                break;
            }
        }
        return found;
    }
}
