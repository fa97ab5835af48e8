namespace NewsHub.Web.Pages.Shared;

/// <summary>The form of the newsletter as it stands on a page.</summary>
/// <param name="Typed">What a reader typed, to stand in it again.</param>
/// <param name="Problem">What is wrong with what was typed.</param>
public sealed record NewsletterForm(string? Typed = null, string? Problem = null);
