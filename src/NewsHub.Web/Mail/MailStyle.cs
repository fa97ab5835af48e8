using Microsoft.AspNetCore.Components;

namespace NewsHub.Web.Mail;

/// <summary>What the elements of mails have in common. Styles stand at each element because Gmail drops most others.</summary>
internal static class MailStyle
{
    /// <summary>Columns of a mail, in pixels.</summary>
    public const int Wide = 600;
    public const string Serif = "font-family:Georgia,'Times New Roman',serif;";
    public const string Sans = "font-family:'Helvetica Neue',Helvetica,Arial,sans-serif;";
    public const string Ink = "color:#161513;";
    public const string Muted = "color:#5C574F;";
    public const string Signal = "color:#B4121B;";
    public const string Link = "text-decoration:none;" + Ink;

    /// <summary>Letters that are joined, as in Arabic, are not moved apart or together.</summary>
    public static string Spaced(string by, bool rightToLeft) => rightToLeft ? "" : $"letter-spacing:{by};";

    /// <summary>What Outlook alone reads. Razor drops comments, so it comes as a string.</summary>
    public static MarkupString OnlyOutlook(string html) => new($"<!--[if mso]>{html}<![endif]-->");
}
