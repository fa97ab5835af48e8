using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Pages;

/// <summary>A story at its address; or where it went, or why it is gone.</summary>
public sealed class ArticleModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    /// <summary>Null when the story was withdrawn.</summary>
    public ArticleView? Article { get; private set; }
    public ArticleAnswer.Withdrawn? Withdrawn { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        switch (await News.ArticleAsync(Request.Path.Value!, cancel))
        {
            case ArticleAnswer.Found { Article: var article }:
                Article = article;
                return Show([
                    Topic.Story(article.Story.Id),
                    Topic.Engagement(article.Story.Id),
                    .. TopicsOf(article.More.Stories),
                    .. TopicsOf(article.Related),
                    .. article.Edition is { } edition ? [Topic.Edition(edition.Id)] : Array.Empty<Topic>(),
                ]);
            case ArticleAnswer.Moved { Address: var address }:
                HttpContext.LeadTo(address);
                return new EmptyResult();
            case ArticleAnswer.Withdrawn gone:
                Withdrawn = gone;
                Response.StatusCode = StatusCodes.Status410Gone;
                return Show(Topic.Story(gone.Id));
            default:
                return NotFound();
        }
    }
}
