using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>What is wrong with a field, marked at the field.</summary>
internal static class Marks
{
    /// <summary>Attributes of an input: <c>id</c>, <c>name</c>, and what describes it.</summary>
    /// <param name="hint">There is a hint beside it, with the id NAME-hint.</param>
    public static IHtmlContent Of(ModelStateDictionary state, string field, bool hint = false)
    {
        var (id, wrong) = (field.Replace('.', '_'), IsWrong(state, field));
        var described = string.Join(' ', (string[])[.. hint ? [$"{id}-hint"] : Array.Empty<string>(), .. wrong ? [$"{id}-wrong"] : Array.Empty<string>()]);
        return new HtmlString($"id=\"{id}\" name=\"{field}\"{(wrong ? " aria-invalid=\"true\"" : "")}{(described.Length > 0 ? $" aria-describedby=\"{described}\"" : "")}");
    }

    /// <summary>The sentence itself.</summary>
    public static IHtmlContent Why(ModelStateDictionary state, string field) =>
        IsWrong(state, field) ? new HtmlString($"<span class=\"wrong\" id=\"{field.Replace('.', '_')}-wrong\">{HtmlEncoder.Default.Encode(state[field]!.Errors[0].ErrorMessage)}</span>") : HtmlString.Empty;

    /// <summary>Puts what the rules of staff and passwords found at the fields that they name.</summary>
    public static void Add(this ModelStateDictionary state, IdentityResult result)
    {
        foreach (var error in result.Errors) state.AddModelError(error.Code is "Name" or "Email" or "Password" ? error.Code : "", error.Description);
    }

    private static bool IsWrong(ModelStateDictionary state, string field) => state.TryGetValue(field, out var entry) && entry.Errors.Count > 0;
}
