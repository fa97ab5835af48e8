namespace NewsHub.Core.Mail;

/// <summary>The paper's own words in one language: all in a mail that is neither story nor setting. Keys and places are
/// those of the reader pages.</summary>
public interface IMailTexts
{
    /// <summary>BCP 47.</summary>
    string Tag { get; }
    bool RightToLeft { get; }

    /// <summary>A text without places.</summary>
    string this[string key] { get; }

    string Say(string key, params ReadOnlySpan<(string Place, object Value)> with);

    /// <summary>The form that a number asks for.</summary>
    string Count(string key, long n);

    /// <summary>A day with its weekday, such as “Tuesday, 1 July 2025”.</summary>
    string Weekday(DateOnly day);

    /// <summary>Names as a list in a sentence.</summary>
    string Join(IReadOnlyList<string> names);
}

/// <summary>Finds the texts of a language.</summary>
/// <param name="language">The one that a reader chose (BCP 47); null, or one that there are no texts in, is the paper's own.</param>
public delegate IMailTexts TextsOf(string? language);
