using System.Text.Json;
using NewsHub.Core.Reading;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Api;

namespace NewsHub.Web.Webhooks;

/// <summary>What a delivery says: what readers see at the moment it is sent, in the API's own words, and nothing else.</summary>
internal sealed class WebhookPayload(PublishedNews news, ApiCopy copy)
{
    /// <param name="Id">The delivery's.</param>
    /// <param name="Event">Such as story.published.</param>
    /// <param name="At">When it happened.</param>
    private sealed record Envelope<T>(Guid Id, string Event, DateTime At, T Data);

    private sealed record Withdrawn(long Id, string Url, string Notice);

    private sealed record Greeting(string Sentence);

    /// <returns>The body; or why there is none to send.</returns>
    public async Task<(byte[]? Body, string? Overtaken)> BuildAsync(Delivery delivery, CancellationToken cancel)
    {
        switch (delivery.EventType)
        {
            case WebhookEventType.Ping:
                return (Write(delivery, new Greeting("This is a test of the connection. Nothing has happened.")), null);
            case WebhookEventType.EditionPublished:
                return await news.WholeEditionAsync(delivery.Edition ?? 0, cancel) is { } edition
                    ? (Write(delivery, copy.Front(edition)), null)
                    : (null, "The edition is not there any more. Nothing was sent.");
            case WebhookEventType.StoryWithdrawn:
                return await news.WithdrawalAsync(delivery.StoryId ?? default, cancel) is { } gone
                    ? (Write(delivery, new Withdrawn(gone.Id.Value, copy.Url(gone.Address), gone.Notice)), null)
                    : (null, "The story is back. Nothing was sent.");
            default:
                return await news.StoryAsync(delivery.StoryId ?? default, cancel) is ArticleAnswer.Found { Article: var article }
                    ? (Write(delivery, copy.Whole(article)), null) : (null, "The story is not out any more. Nothing was sent.");
        }
    }

    private static byte[] Write<T>(Delivery d, T data) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(d.Key, d.EventType.Name(), d.At.UtcDateTime, data), ApiJson.Options);
}
