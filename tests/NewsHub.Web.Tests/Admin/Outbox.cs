using System.Text.RegularExpressions;
using MimeKit;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The mail that a program without a mail server has written.</summary>
internal static partial class Outbox
{
    public static IReadOnlyList<MimeMessage> Of(NewsHubApp app)
    {
        var folder = Path.Combine(app.Data, "outbox");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f))]
            : [];
    }

    /// <summary>The newest mail to somebody whose subject has this in it, as soon as it is there.</summary>
    public static async Task<MimeMessage> ExpectAsync(NewsHubApp app, string to, string subject)
    {
        MimeMessage? found = null;
        await NewsHubApp.EventuallyAsync(
            () => Task.FromResult((found = Of(app).LastOrDefault(m => m.To.Mailboxes.Single().Address == to
                && m.Subject!.Contains(subject, StringComparison.Ordinal))) is not null),
            $"a mail about '{subject}' went to {to}");
        return found!;
    }

    /// <summary>The path of the link in it.</summary>
    public static string PathIn(MimeMessage mail) => new Uri(Link().Match(mail.TextBody!).Value).PathAndQuery;

    [GeneratedRegex(@"http\S+key=\S+")]
    private static partial Regex Link();
}
