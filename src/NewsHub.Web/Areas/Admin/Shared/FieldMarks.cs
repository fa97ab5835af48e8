using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>How a field says that it is wrong: to the eye by its frame, to a screen reader by the problem's own words.</summary>
internal static class FieldMarks
{
    /// <summary>The attributes of an input, with the id of its hint where it has one.</summary>
    public static HtmlString Mark(this ViewDataDictionary view, string field, string? hint = null)
    {
        var wrong = view.ModelState[field]?.Errors.Count > 0;
        var told = string.Join(' ', new[] { wrong ? WrongId(field) : null, hint }.OfType<string>());
        return new((wrong ? " aria-invalid=\"true\"" : "") + (told.Length > 0 ? $" aria-describedby=\"{told}\"" : ""));
    }

    /// <summary>What is wrong with it, to stand under it; nothing where it is right.</summary>
    public static IHtmlContent Wrong(this ViewDataDictionary view, string field)
    {
        if (view.ModelState[field]?.Errors is not { Count: > 0 } errors) return HtmlString.Empty;
        return new HtmlContentBuilder().AppendHtml($"<span class=\"wrong\" id=\"{WrongId(field)}\">").Append(errors[0].ErrorMessage).AppendHtml("</span>");
    }

    private static string WrongId(string field) => field.Replace('.', '_') + "-wrong";
}
