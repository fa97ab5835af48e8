using NewsHub.Core.Mail;

namespace NewsHub.Core.Newsletters;

/// <summary>Sets mails as HTML that mail programs can show.</summary>
public interface IMailHtml
{
    Task<string> BulletinAsync(BulletinContent bulletin);

    /// <summary>A short mail; a paragraph that is an address becomes a link.</summary>
    Task<string> ParagraphsAsync(IMailTexts words, string subject, IReadOnlyList<string> paragraphs);
}
