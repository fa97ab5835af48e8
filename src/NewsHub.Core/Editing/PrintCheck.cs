using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Editing;

/// <summary>Something to know about a text before readers see it.</summary>
/// <param name="Field">The manuscript's property that it is about.</param>
/// <param name="Hinders">It cannot be published like this; else it can, and someone should have looked.</param>
/// <param name="Line">The body's line, from 1; null where it is not about one.</param>
/// <param name="Picture">The number of the library's picture that lacks something, to lead to its page; null where there is none.</param>
public sealed record PrintCheck(string Field, string Sentence, bool Hinders, int? Line = null, long? Picture = null);

/// <summary>The checks before publication. <see cref="Publishing.StoryPublishing.PublishAsync"/> refuses what
/// hinders here, whoever asks.</summary>
public static class PrintChecks
{
    private const int LongHeadline = 110;

    /// <summary>All that is to be said about a revision, what hinders first.</summary>
    public static async Task<IReadOnlyList<PrintCheck>> CheckForPrintAsync(
        this NewsDb db, Revision revision, CancellationToken cancel = default)
    {
        var text = revision.Text;
        var checks = new List<PrintCheck>();
        long? pictureId = text.Picture is { } lead ? await NumberOfAsync(db, lead.File, cancel) : null;
        foreach (var missing in PrintRequirement.MissingIn(text))
        {
            checks.Add(missing.IsOfPicture
                ? new(missing.Field, $"The lead picture '{text.Picture!.File}' has no {missing.Thing}: {missing.Advice}.", true,
                    Picture: pictureId)
                : new(missing.Field, missing.Sentence, true));
        }
        if (text.Picture is null)
            checks.Add(new(nameof(text.Picture), "The story has no picture. On a front it will be shown as text only.", false));
        var body = db.RenderBody(text.Body);
        checks.AddRange(await ProblemsAsync(db, body, cancel));
        if (text.Headline.Length > LongHeadline)
            checks.Add(new(nameof(text.Headline),
                $"The headline is {text.Headline.Length} characters long; above {LongHeadline} it is shown smaller.", false));
        if (text.SeoDescription is null && text.Standfirst.Length > 300)
            checks.Add(
                new(nameof(text.SeoDescription), "The standfirst is long for a search result. Add a shorter description.", false));
        if (text.RightToLeft != LanguageTag.RunsRightToLeft(text.Language))
        {
            var (set, usual) = text.RightToLeft ? ("right to left", "left to right") : ("left to right", "right to left");
            checks.Add(new(nameof(text.RightToLeft),
                $"The story runs {set}, but its language, {text.Language}, is written {usual}.", false));
        }
        checks.AddRange(await DeadLinksAsync(db, body.Html, text.Body, cancel));
        return [.. checks.OrderByDescending(c => c.Hinders)];
    }

    /// <summary>The same of a page about the paper, which has nothing but its body to be checked.</summary>
    public static async Task<IReadOnlyList<PrintCheck>> CheckPageAsync(this NewsDb db, string markdown, CancellationToken cancel = default)
    {
        var body = db.RenderBody(markdown);
        return
        [
            .. (await ProblemsAsync(db, body, cancel)).Concat(await DeadLinksAsync(db, body.Html, markdown, cancel))
                .OrderByDescending(c => c.Hinders),
        ];
    }

    private static async Task<IReadOnlyList<PrintCheck>> ProblemsAsync(NewsDb db, RenderedBody body, CancellationToken cancel)
    {
        var checks = new List<PrintCheck>();
        foreach (var problem in body.Problems)
        {
            var number = problem.Picture is { } file ? await NumberOfAsync(db, file, cancel) : null;
            checks.Add(new(nameof(StoryText.Body), problem.Message, problem.Hinders, problem.Line, number));
        }
        return checks;
    }

    private static Task<long?> NumberOfAsync(NewsDb db, string file, CancellationToken cancel) =>
        db.Pictures.Where(p => p.File == file && p.Hash != "").Select(p => (long?)p.Id).FirstOrDefaultAsync(cancel);

    /// <summary>Links to an address of the paper at which nothing stands.</summary>
    private static async Task<IEnumerable<PrintCheck>> DeadLinksAsync(NewsDb db, string html, string markdown, CancellationToken cancel)
    {
        using var page = new HtmlParser().ParseDocument(html);
        var dead = new List<PrintCheck>();
        foreach (var href in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Distinct())
        {
            if (href.StartsWith('#') || href.Contains(':', StringComparison.Ordinal) || href.StartsWith("//", StringComparison.Ordinal))
                continue;
            var address = href.Split('#', '?')[0];
            if (!address.StartsWith('/'))
                dead.Add(new(
                    nameof(StoryText.Body),
                    $"The link to {href} does not work: it must begin with https://, or with / for pages of this paper.",
                    false,
                    LineOf(markdown, href)));
            else if (!await StandsAsync(db, Uri.UnescapeDataString(address), cancel))
                dead.Add(new(
                    nameof(StoryText.Body),
                    $"The link to {address} does not work: there is no such page.",
                    false,
                    LineOf(markdown, address)));
        }
        return dead;
    }

    private static async Task<bool> StandsAsync(NewsDb db, string address, CancellationToken cancel)
    {
        var words = address.Trim('/').Split('/');
        switch (words)
        {
            case [""]:
                return true;
            case ["editions", var number, ..] when int.TryParse(number, out var n):
                return await db.Editions.AnyAsync(e => e.Number == n && e.PublishedAt != null, cancel);
            case ["authors", var name]:
                return Slug.TryParse(name, out var author) && await db.Authors.AnyAsync(a => a.Slug == author, cancel);
            case ["tags", var name]:
                return Slug.TryParse(name, out var tag) && await db.Tags.AnyAsync(t => t.Slug == tag, cancel);
            case [var name]:
                return Slug.TryParse(name, out var slug)
                    && (StaticPage.IsOurs(slug) || await db.TakenByAsync(slug, cancel) is not null);
            case [_, _, _, _, _]:
                var bare = FormerAddress.Bare(address);
                return await db.Stories.AnyAsync(s => s.Address == bare && s.State == StoryState.Live, cancel)
                    || await db.FormerAddresses.AnyAsync(f => f.Path == bare, cancel);
            default:
                // Pictures and the like are not ours to judge here.
                return Slug.Reserved.Contains(words[0]);
        }
    }

    private static int? LineOf(string markdown, string address)
    {
        var at = markdown.IndexOf(address, StringComparison.Ordinal);
        return at < 0 ? null : markdown.AsSpan(0, at).Count('\n') + 1;
    }
}
