using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>
/// A field of a form: <c>&lt;field name="Typed.Title" label="Title" value="@Model.Title" hint="The post." maxlength="120" /&gt;</c>
/// writes the label, the input, what is wrong with it, and the hint. Attributes that are not named here go to the input as they stand.
/// </summary>
[HtmlTargetElement("field", Attributes = "name")]
public sealed class FieldTag : TagHelper
{
    /// <summary>The element to type or choose in: <c>input</c>, <c>textarea</c>, or <c>select</c>, whose options are the content.</summary>
    public string As { get; set; } = "input";

    /// <summary>Under which the form sends it, and the page keeps what is wrong with it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The input's id, where it is not the name with underscores for dots.</summary>
    public string? Id { get; set; }

    public string? Type { get; set; }

    /// <summary>The label's words. Those of a checkbox may be the element's content instead.</summary>
    public string? Label { get; set; }

    /// <summary>Said beside the label, as of a field that is needed.</summary>
    public string? LabelNote { get; set; }

    /// <summary>What stands in it. A password or a file is never sent back.</summary>
    public string? Value { get; set; }

    public string? Hint { get; set; }

    /// <summary>A class of the whole field.</summary>
    public string? Class { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext View { get; set; } = null!;

    private bool IsCheckbox => Type == "checkbox";

    private string InputId => Id ?? FieldMarks.Id(Name);

    private string? HintId => string.IsNullOrEmpty(Hint) ? null : InputId + "-hint";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var input = Input(output.Attributes, content);
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.Add("class", Class is null ? "field" : $"field {Class}");
        var label = new HtmlContentBuilder();
        if (IsCheckbox) label.AppendHtml(input).Append(" ");
        if (Label is null) label.AppendHtml(content);
        else label.Append(Label);
        if (LabelNote is not null) label.AppendHtml(" ").AppendHtml(HintOf(LabelNote, id: null));
        output.Content.SetHtmlContent(Element("label", label, [IsCheckbox ? new("class", "choice") : new("for", InputId)]));
        if (!IsCheckbox) output.Content.AppendHtml(input);
        output.Content.AppendHtml(View.ViewData.Wrong(Name));
        if (HintId is not null) output.Content.AppendHtml(HintOf(Hint!, HintId));
    }

    private TagHelperOutput Input(TagHelperAttributeList asWritten, IHtmlContent options)
    {
        var state = View.ViewData.ModelState;
        var attributes = new TagHelperAttributeList { { "id", InputId }, { "name", Name } };
        if (Type is not null) attributes.Add("type", Type);
        if (As == "input" && !string.IsNullOrEmpty(Value) && Type is not ("password" or "file")) attributes.Add("value", Value);
        foreach (var attribute in asWritten) attributes.Add(attribute);
        if (state.Problem(Name) is not null) attributes.Add("aria-invalid", "true");
        if (state.DescribedBy(Name, HintId) is { } ids) attributes.Add("aria-describedby", ids);
        var content = As switch
        {
            "select" => options,
            // A browser leaves the first line break of a textarea out: with this one, none that was typed.
            "textarea" => new HtmlContentBuilder().AppendHtml("\n").Append(Value ?? ""),
            _ => HtmlString.Empty,
        };
        return Element(As, content, attributes);
    }

    private static TagHelperOutput HintOf(string words, string? id)
    {
        var attributes = new TagHelperAttributeList { { "class", "hint" } };
        if (id is not null) attributes.Add("id", id);
        return Element("span", new HtmlContentBuilder().Append(words), attributes);
    }

    private static TagHelperOutput Element(string name, IHtmlContent content, TagHelperAttributeList attributes)
    {
        var element = new TagHelperOutput(name, attributes, (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()))
        {
            TagMode = name == "input" ? TagMode.StartTagOnly : TagMode.StartTagAndEndTag,
        };
        element.Content.SetHtmlContent(content);
        return element;
    }
}
