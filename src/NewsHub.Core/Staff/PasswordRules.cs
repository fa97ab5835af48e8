using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Staff;

/// <summary>
/// What a password must be: 12 to 128 characters, and not what everybody tries first. No rules of composition: they make
/// passwords worse (ASVS 5.0, 6.2).
/// </summary>
public sealed class PasswordRules(NewsDb db) : IPasswordValidator<StaffMember>
{
    public const int Shortest = 12;
    public const int Longest = 128;

    private static readonly HashSet<string> Common = Read();
    private static readonly string[] Rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p",
    ];

    public async Task<IdentityResult> ValidateAsync(UserManager<StaffMember> manager, StaffMember user, string? password)
    {
        var paper = await db.Sites.Select(s => s.Name).SingleOrDefaultAsync() ?? "";
        return Fault(password ?? "", user.Name, user.Email ?? "", paper) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault })
            : IdentityResult.Success;
    }

    /// <summary>What is wrong with it, as a sentence; null when nothing is.</summary>
    public static string? Fault(string password, string name, string email, string paper)
    {
        var length = new System.Globalization.StringInfo(password).LengthInTextElements;
        if (length < Shortest)
            return $"Use at least {Shortest} characters; this has {length}. Four or five unrelated words work well.";
        if (password.Length > Longest) return $"Use {Longest} characters at most.";
        if (string.IsNullOrWhiteSpace(password)) return "A password cannot be only spaces.";
        var bare = Bare(password);
        if (IsMade(bare, Words(paper).Append("newshub").Append("enews")))
            return "Leave the paper’s name out of the password, or add words that have nothing to do with it.";
        if (IsMade(bare, Words(name).Concat(Words(email))))
            return "Leave your own name and address out of the password, or add words that have nothing to do with them.";
        if (IsEasy(password, bare)) return "This password is too common. Four or five unrelated words work well.";
        return null;
    }

    private static bool IsEasy(string password, string bare)
    {
        if (password.Distinct().Count() < 5) return true;
        var letters = string.Concat(password.ToLowerInvariant().Where(char.IsLetterOrDigit));
        // Four words from the list that stand together are a good password: there are too many such.
        return IsMade(letters, Common.Concat(Walks(letters)), most: 3) || IsMade(bare, Common, most: 3);
    }

    /// <summary>Whether it is made of these words: once they are taken out, what is left is too little to be guessed at.</summary>
    /// <param name="most">With more different ones than this it counts as made of something else.</param>
    private static bool IsMade(string text, IEnumerable<string> words, int most = int.MaxValue)
    {
        var left = text;
        var found = 0;
        foreach (var word in words.OrderByDescending(w => w.Length))
        {
            if (!left.Contains(word, StringComparison.Ordinal)) continue;
            found++;
            left = left.Replace(word, " ", StringComparison.Ordinal);
        }
        return found > 0 && found <= most && left.Count(char.IsLetter) + left.Count(char.IsDigit) / 3 < 5;
    }

    /// <summary>Runs of four keys or more that stand in the text beside each other on a keyboard.</summary>
    private static IEnumerable<string> Walks(string text)
    {
        foreach (var row in Rows.Concat(Rows.Select(r => string.Concat(r.Reverse()))))
            for (var from = 0; from + 4 <= row.Length; from++)
                for (var end = row.Length; end >= from + 4; end--)
                    if (text.Contains(row[from..end], StringComparison.Ordinal))
                    {
                        yield return row[from..end];
                        break;
                    }
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(['@', '.', ' ', '-', '_', '+', '\'', '’'], StringSplitOptions.RemoveEmptyEntries)
            .Append(text)
            .Select(Bare)
            .Where(w => w.Length > 2);

    /// <summary>Letters alone, small, and as letters where signs stand for them: <c>P@ssw0rd!</c> is <c>password</c>.</summary>
    private static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            var letter =
                c switch { '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c };
            if (char.IsLetter(letter)) bare.Append(letter);
        }
        return bare.ToString();
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
    }
}
