using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A field of the newsroom's forms: its label, its input, what is wrong with it, and its hint.</summary>
public sealed partial class FieldTests : IDisposable
{
    private readonly NewsHubApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_wrong_field_keeps_what_was_typed_and_says_beside_it_what_is_wrong()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var typed = new Dictionary<string, string> { ["Name"] = "Bo Ade", ["Email"] = "not an address" };
        var wrong = await administrator.SubmitAsync("/admin/team/invite", typed, "form.fields");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);

        var email = wrong.Page.QuerySelector("#Email")!;
        Assert.Equal(("not an address", "true"), (email.GetAttribute("value"), email.GetAttribute("aria-invalid")));
        var problem = wrong.Page.GetElementById(email.GetAttribute("aria-describedby")!)!;
        Assert.Equal(wrong.Page.QuerySelector("#problems a[href='#Email']")!.TextContent, problem.TextContent);
        Assert.Same(email.ParentElement, problem.ParentElement);

        var name = wrong.Page.QuerySelector("#Name")!;
        Assert.False(name.HasAttribute("aria-invalid"));
        Assert.Equal("Name-hint", name.GetAttribute("aria-describedby"));
    }

    [Fact]
    public async Task A_wrong_time_a_wrong_choice_and_a_wrong_setting_are_all_marked_alike()
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var begun = await administrator.SubmitAsync("/admin/stories/new", new() { ["Manuscript.Headline"] = "A draft" });
        var draft = begun.Header("Location")!;
        foreach (var (path, name, typed, hint) in new[]
        {
            ($"{draft}/schedule", "At.Local", "soon", " At_Local_zone"),
            (draft, "Manuscript.Picture", "none.jpg", " picture-hint"),
            (draft, "Manuscript.Slug", "NO!", " Manuscript_Slug-hint"),
            ("/admin/settings", "Name", " ", " Name-hint"),
            ("/admin/editions/new", "Folio.Number", "x", ""),
        })
        {
            var answer = await administrator.SubmitAsync(path, new() { [name] = typed });
            var id = name.Replace('.', '_');
            var input = answer.Page.GetElementById(id)!;
            Assert.Equal((HttpStatusCode.BadRequest, "true"), (answer.Status, input.GetAttribute("aria-invalid")));
            Assert.Equal($"{id}-wrong{hint}", input.GetAttribute("aria-describedby"));
            var listed = answer.Page.QuerySelector($"#problems a[href='#{id}']")!.TextContent;
            Assert.Equal(listed, answer.Page.GetElementById($"{id}-wrong")!.TextContent);
        }
    }

    [Theory]
    [InlineData("/admin/stories")]
    [InlineData("/admin/stories/new")]
    [InlineData("/admin/editions/new")]
    [InlineData("/admin/media")]
    [InlineData("/admin/media/1")]
    [InlineData("/admin/media/1/remove")]
    [InlineData("/admin/sections")]
    [InlineData("/admin/authors")]
    [InlineData("/admin/rates")]
    [InlineData("/admin/newsletters/subscribers")]
    [InlineData("/admin/team/invite")]
    [InlineData("/admin/webhooks")]
    [InlineData("/admin/settings")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/account")]
    [InlineData("/admin/account/password")]
    [InlineData("/admin/account/second-factor")]
    public async Task Every_label_and_every_description_is_of_something_on_the_page(string path)
    {
        using var administrator = await Colleague.SignedInAsync(_app, Role.Administrator);
        var answer = await administrator.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var page = answer.Page;
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        var labelled = page.QuerySelectorAll("label[for]").Select(l => l.GetAttribute("for")!);
        Assert.DoesNotContain(labelled, id => page.GetElementById(id) is null);
        var described = page.QuerySelectorAll("[aria-describedby]").SelectMany(e => e.GetAttribute("aria-describedby")!.Split(' '));
        Assert.DoesNotContain(described, id => page.GetElementById(id) is null);
        // None is left as it was written.
        Assert.Empty(page.QuerySelectorAll("field"));
    }

    [Fact]
    public async Task An_input_has_the_id_of_its_name_and_whatever_else_is_written_at_the_field()
    {
        var field = await FieldAsync(
            new() { Name = "Typed.Title", Label = "Title", Type = "url", Value = "“Q” & <A>", Hint = "The post.", Class = "wide" },
            attributes: [new("maxlength", "120"), new("required"), new("data-line")]);
        Assert.Equal("field wide", field.ClassName);
        Assert.Equal(["label", "input", "span"], field.Children.Select(c => c.LocalName));
        var (label, input) = ((IHtmlLabelElement)field.Children[0], (IHtmlInputElement)field.Children[1]);
        Assert.Equal(("Title", "Typed_Title"), (label.TextContent, label.HtmlFor));
        Assert.Equal(("Typed_Title", "Typed.Title", "url", "“Q” & <A>"), (input.Id, input.Name, input.Type, input.Value));
        Assert.Equal((120, true, true), (input.MaxLength, input.IsRequired, input.HasAttribute("data-line")));
        Assert.Equal("Typed_Title-hint", input.GetAttribute("aria-describedby"));
        Assert.Equal("The post.", field.QuerySelector("#Typed_Title-hint.hint")!.TextContent);
    }

    [Fact]
    public async Task What_is_wrong_stands_between_an_input_and_its_hint_and_is_read_before_it()
    {
        var field = await FieldAsync(new() { Name = "Name", Label = "Name", Hint = "Unique." }, wrong: "<Taken>.");
        Assert.Equal(["", "Name", "Name-wrong", "Name-hint"], field.Children.Select(c => c.Id ?? ""));
        var input = field.Children[1];
        Assert.Equal(("true", "Name-wrong Name-hint"), (input.GetAttribute("aria-invalid"), input.GetAttribute("aria-describedby")));
        Assert.Equal(("wrong", "<Taken>."), (field.Children[2].ClassName, field.Children[2].TextContent));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("file")]
    public async Task A_password_and_a_file_are_never_sent_back(string type)
    {
        var tag = new FieldTag { Name = "Secret", Label = "Secret", Type = type, Value = "plain lantern" };
        var field = await FieldAsync(tag, wrong: "Too plain.");
        Assert.DoesNotContain("lantern", field.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One line")]
    [InlineData("\n\nIt begins with empty lines.\n")]
    [InlineData("</textarea><script>")]
    public async Task A_text_of_several_lines_comes_back_as_it_was_typed(string typed)
    {
        var tag = new FieldTag { Name = "Note", Label = "Note", As = "textarea", Value = typed };
        var field = await FieldAsync(tag, attributes: [new("rows", "4")]);
        var area = (IHtmlTextAreaElement)field.Children[1];
        Assert.Equal((typed, 4), (area.Value, area.Rows));
        Assert.False(area.HasAttribute("value"));
    }

    [Fact]
    public async Task A_choice_has_its_options_as_they_are_written()
    {
        var tag = new FieldTag { Name = "Role", Label = "Role", LabelNote = "needed", As = "select" };
        var field = await FieldAsync(tag, "<option>Editor</option><option selected>Reporter</option>", wrong: "Choose one.");
        var select = (IHtmlSelectElement)field.Children[1];
        Assert.Equal(("Reporter", "Role-wrong"), (select.Value, select.GetAttribute("aria-describedby")));
        Assert.Equal("Role needed", field.Children[0].TextContent);
        Assert.Equal("needed", field.QuerySelector("label .hint")!.TextContent);
    }

    [Fact]
    public async Task A_tick_stands_within_its_label_which_may_hold_links()
    {
        var tag = new FieldTag { Name = "TakeOver", Type = "checkbox", Value = "true" };
        var field = await FieldAsync(tag, "Take it from <a href=\"/admin/stories/1\">another</a>", wrong: "Say so.");
        var label = (IHtmlLabelElement)field.Children[0];
        Assert.Equal(("choice", null), (label.ClassName, label.GetAttribute("for")));
        Assert.Equal("Take it from another", label.TextContent.Trim());
        var tick = (IHtmlInputElement)label.Children[0];
        Assert.Equal(("TakeOver", "true", "TakeOver-wrong"), (tick.Id, tick.Value, tick.GetAttribute("aria-describedby")));
        Assert.Equal("TakeOver-wrong", field.Children[1].Id);
    }

    [Fact]
    public void No_page_of_the_newsroom_marks_a_wrong_field_in_another_way()
    {
        var pages = Path.Combine(Repository.Source, "NewsHub.Web", "Areas", "Admin");
        var offenders = from file in Directory.EnumerateFiles(pages, "*.cshtml", SearchOption.AllDirectories)
                        let text = File.ReadAllText(file)
                        let marked = Marked().Matches(text).Select(m => m.Groups[1].Value)
                        let said = Said().Matches(text).Select(m => m.Groups[1].Value)
                        where OtherWay().IsMatch(text) || !marked.Order().SequenceEqual(said.Order())
                        select Path.GetFileName(file);
        Assert.Empty(offenders);
        var code = from file in Directory.EnumerateFiles(pages, "*.cs", SearchOption.AllDirectories)
                   where File.ReadAllText(file).Contains("aria-invalid", StringComparison.Ordinal)
                   select Path.GetFileName(file);
        Assert.Equal(["FieldMarks.cs", "FieldTag.cs"], code.Order());
    }

    [GeneratedRegex("""aria-invalid|asp-validation|ModelState\s*\[|ModelState\.TryGetValue|GetFieldValidationState|class="wrong" id=""")]
    private static partial Regex OtherWay();

    // A page that marks an input by itself says by itself what is wrong with it.
    [GeneratedRegex(@"ViewData\.Mark\(([^,)]+)")]
    private static partial Regex Marked();

    [GeneratedRegex(@"ViewData\.Wrong\(([^,)]+)")]
    private static partial Regex Said();

    /// <summary>The field as a page has it.</summary>
    /// <param name="content">What is written between its tags.</param>
    /// <param name="wrong">What the page found wrong with it.</param>
    private static async Task<IElement> FieldAsync(
        FieldTag tag, string content = "", string? wrong = null, IReadOnlyList<TagHelperAttribute>? attributes = null)
    {
        var state = new ModelStateDictionary();
        if (wrong is not null) state.AddModelError(tag.Name, wrong);
        tag.View = new ViewContext { ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), state) };
        var inner = new DefaultTagHelperContent();
        inner.SetHtmlContent(content);
        var output = new TagHelperOutput("field", [.. attributes ?? []], (_, _) => Task.FromResult<TagHelperContent>(inner));
        await tag.ProcessAsync(new TagHelperContext("field", [], new Dictionary<object, object>(), "1"), output);
        await using var html = new StringWriter();
        output.WriteTo(html, HtmlEncoder.Default);
        return new HtmlParser().ParseDocument(html.ToString()).QuerySelector(".field")!;
    }
}
