using Microsoft.AspNetCore.Components;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Text;

namespace NewsHub.Web.Mail;

/// <summary>A part of a bulletin.</summary>
public abstract class BulletinPart : ComponentBase
{
    [Parameter, EditorRequired]
    public BulletinContent Bulletin { get; set; } = null!;

    protected IMailTexts Words => Bulletin.Words;
    protected string Start => Words.RightToLeft ? "right" : "left";
    protected string End => Words.RightToLeft ? "left" : "right";
    protected string PaperLanguage => Bulletin.Paper.Site.Language;
    protected bool PaperRightToLeft => LanguageTag.RunsRightToLeft(PaperLanguage);

    /// <summary>For what the settings say, in the paper's own language.</summary>
    protected IReadOnlyDictionary<string, object> InPaperLanguage => InLanguage(PaperLanguage, PaperRightToLeft);

    /// <summary>The <c>lang</c> and <c>dir</c> of something in another language than the mail; empty for what is in the same.</summary>
    protected IReadOnlyDictionary<string, object> InLanguage(string language, bool rightToLeft) =>
        LanguageAttributes(language, rightToLeft, Words.Tag, Words.RightToLeft);

    private protected static Dictionary<string, object> LanguageAttributes(
        string language, bool rightToLeft, string around, bool aroundRightToLeft)
    {
        var attributes = new Dictionary<string, object>();
        if (language != around) attributes["lang"] = language;
        if (rightToLeft != aroundRightToLeft) attributes["dir"] = rightToLeft ? "rtl" : "ltr";
        return attributes;
    }
}
