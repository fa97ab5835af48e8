using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Mail;

/// <summary>Mails by Razor components, as pages are, without a request.</summary>
internal sealed class MailHtml(IServiceProvider services, ILoggerFactory loggers) : IMailHtml
{
    public Task<string> BulletinAsync(BulletinContent bulletin) =>
        RenderAsync<BulletinMail>((nameof(BulletinMail.Bulletin), bulletin));

    public Task<string> ParagraphsAsync(IMailTexts words, string subject, IReadOnlyList<string> paragraphs) =>
        RenderAsync<ParagraphsMail>(
            (nameof(ParagraphsMail.Words), words),
            (nameof(ParagraphsMail.Subject), subject),
            (nameof(ParagraphsMail.Paragraphs), paragraphs));

    // A renderer keeps what it has rendered until it is disposed of: each mail has its own.
    private async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(view)).ToHtmlString() + "\n");
    }
}
