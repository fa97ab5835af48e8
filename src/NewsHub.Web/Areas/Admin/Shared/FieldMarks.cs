using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>
/// How a field says that it is wrong: to the eye by its frame, to a screen reader by the problem's own words.
/// <see cref="FieldTag"/> does it for most; a page calls these where a field has more around it than a label and a hint.
/// </summary>
internal static class FieldMarks
{
    /// <summary>The id of a field's input, to which the list of problems leads.</summary>
    public static string Id(string field) => field.Replace('.', '_');

    /// <summary>The attributes of an input, with the id of its hint where it has one.</summary>
    public static HtmlString Mark(this ViewDataDictionary view, string field, string? hint = null)
    {
        var invalid = view.ModelState.Problem(field) is null ? "" : " aria-invalid=\"true\"";
        return new(invalid + (view.ModelState.DescribedBy(field, hint) is { } ids ? $" aria-describedby=\"{ids}\"" : ""));
    }

    /// <summary>What is wrong with it, to stand under it; nothing where it is right.</summary>
    public static IHtmlContent Wrong(this ViewDataDictionary view, string field)
    {
        if (view.ModelState.Problem(field) is not { } problem) return HtmlString.Empty;
        return new HtmlContentBuilder().AppendHtml($"<span class=\"wrong\" id=\"{WrongId(field)}\">").Append(problem).AppendHtml("</span>");
    }

    /// <summary>What is wrong with a field, in a sentence; null where it is right.</summary>
    public static string? Problem(this ModelStateDictionary state, string field) =>
        state[field]?.Errors is [{ } first, ..] ? first.ErrorMessage : null;

    /// <summary>For <c>aria-describedby</c>: the ids of its problem and of its hint, in this order; null where it has neither.</summary>
    public static string? DescribedBy(this ModelStateDictionary state, string field, string? hint)
    {
        string?[] ids = [state.Problem(field) is null ? null : WrongId(field), hint];
        return ids.All(id => id is null) ? null : string.Join(' ', ids.OfType<string>());
    }

    private static string WrongId(string field) => Id(field) + "-wrong";
}
