using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;

namespace NewsHub.Core.Stories.Body;

/// <summary>Writes a sanitized body as HTML.</summary>
internal static class BodyHtml
{
    /// <summary>The same as <see cref="IElement.InnerHtml"/>, which takes the square of the number of siblings.</summary>
    public static string Write(IElement parent)
    {
        using var writer = new StringWriter();
        WriteChildren(parent, writer);
        return writer.ToString();
    }

    private static void WriteChildren(INode parent, StringWriter writer)
    {
        var formatter = HtmlMarkupFormatter.Instance;
        foreach (var node in parent.ChildNodes)
        {
            switch (node)
            {
                case IText text:
                    writer.Write(formatter.Text(text));
                    break;
                case IElement element:
                    var isVoid = (element.Flags & NodeFlags.SelfClosing) != 0;
                    writer.Write(formatter.OpenTag(element, isVoid));
                    WriteChildren(element, writer);
                    writer.Write(formatter.CloseTag(element, isVoid));
                    break;
                default:
                    node.ToHtml(writer, formatter);
                    break;
            }
        }
    }
}
