using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using NewsHub.Core.Editing;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>What the newsroom answers where something could not be done by no fault of the person's: why, and what was typed, in a form
/// that can be sent again.</summary>
/// <param name="Address">Where the form was sent to.</param>
/// <param name="Fields">What was typed, in the form's order.</param>
/// <param name="HasFiles">Files were sent along, which no page can give back.</param>
public sealed record NotDone(
    string Title, string Sentence, string Remedy, string Address, IReadOnlyList<NotDone.Field> Fields, bool HasFiles) : IResult
{
    /// <summary>Fields that a person does not see in a form, and could do nothing with here.</summary>
    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "Base", "Credential", "Do", "Id", "Into", "Key", "Order", "Prove.Asked", "Prove.Carries", "Prove.Credential", "Recovery", "Seen",
        "Shown", "SlotWas", "SlugWas", "Then",
        "Theirs", "Version", "back", "delivery", "entry", "quote", "show", "sort", "up", "view", "Who",
    };

    /// <param name="Text">Null where it has to be typed anew: a password has no business in a page's text.</param>
    public sealed record Field(string Name, string Label, string? Text, bool IsSeen);

    public static NotDone Of(HttpContext context, StorageFailure failure, IFormCollection typed)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var fields = typed.Where(pair => pair.Key != "__RequestVerificationToken")
            .SelectMany(pair => pair.Value.Select(value => FieldOf(pair.Key, value ?? "", pair.Value.Count > 1)))
            .ToList();
        var address = request.PathBase + request.Path + request.QueryString;
        return isRead
            ? new NotDone("This page cannot be shown now", failure.Sentence, failure.Remedy, address, [], HasFiles: false)
            : new NotDone("Nothing was saved", failure.Sentence, failure.Remedy, address, fields, typed.Files.Count > 0);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var view = new ViewResult
        {
            ViewName = "/Areas/Admin/Pages/Shared/_NotDone.cshtml",
            ViewData =
                new ViewDataDictionary(httpContext.RequestServices.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
                {
                    Model = this,
                },
        };
        return view.ExecuteResultAsync(new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor()));
    }

    private static Field FieldOf(string name, string value, bool isOneOfSeveral)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        if (last.Contains("Password", StringComparison.OrdinalIgnoreCase) || last.ToUpperInvariant() is "CODE" or "SECRET")
            return new Field(name, $"{Words(last)} (type it again)", null, IsSeen: true);
        var isSeen = value is not ("" or "true" or "false" or "on") && !isOneOfSeveral && !Unseen.Contains(name) && last != "Zone";
        var label = name.StartsWith("Manuscript.", StringComparison.Ordinal) ? Manuscript.NameOf(last) : Words(last);
        return new Field(name, label, value, isSeen);
    }

    /// <summary>PictureCaption as “Picture caption”.</summary>
    private static string Words(string name)
    {
        if (name.Length == 0) return "Text";
        var rest = name.Skip(1).Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}");
        return char.ToUpperInvariant(name[0]) + string.Concat(rest);
    }
}
