using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Webhooks;

/// <summary>Takes one delivery to its address, once, and writes down how it went.</summary>
internal sealed class WebhookSender(
    NewsDb db, DeliveryQueue deliveries, WebhookPayload webhookPayload, HookSecret secrets, IHttpClientFactory clients,
    WebhooksOptions webhooks, OutboundOptions outbound, TimeProvider clock)
{
    /// <returns>Whether the receiver is well: false where a try failed.</returns>
    public async Task<bool> SendAsync(long delivery, Guid worker, CancellationToken cancel)
    {
        if (await deliveries.LeaseAsync(delivery, worker, cancel) is not { } taken
            || await db.Webhooks.SingleOrDefaultAsync(w => w.Id == taken.WebhookId, cancel) is not { } hook) return true;
        var (body, overtaken) = await webhookPayload.BuildAsync(taken, cancel);
        if (body is null)
        {
            taken.Drop(overtaken!, clock.GetUtcNow());
            await SaveAsync(cancel);
            return true;
        }
        var (status, answer) = await SendAsync(hook, taken, body, cancel);
        var now = clock.GetUtcNow();
        var wentThrough = status is >= 200 and < 300;
        if (wentThrough)
        {
            taken.GotThrough(status!.Value, answer, now);
            hook.GotThrough();
        }
        else
        {
            taken.Failed(status, answer, now);
            if (hook.Failed(now))
                db.Events.Add(new NewsEvent(
                    Act.ChangeWebhooks, Actor.Clock, now, [], "paused: nothing has got through for three days",
                    EventSubject.Webhook(hook.Address), "on", "paused"));
        }
        await SaveAsync(cancel);
        return wentThrough;
    }

    private async Task<(int? Status, string Answer)> SendAsync(Webhook hook, Delivery delivery, byte[] body, CancellationToken cancel)
    {
        var address = new Uri(hook.Address);
        if (address.Scheme != Uri.UriSchemeHttps && !webhooks.AllowHttp) return (null, "The address is not https. Nothing was sent.");
        if (secrets.Open(hook.SealedSecret) is not { } secret)
            return (null, "The secret was sealed with keys that are not here any more. Make a new one.");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("X-News-Delivery", delivery.Key.ToString());
        request.Headers.Add("X-News-Event", delivery.EventType.Name());
        request.Headers.Add("X-News-Signature", HookSecret.Sign(secret, clock.GetUtcNow(), body));
        var patience = outbound.Timeout;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(patience);
        try
        {
            using var answer = await clients.CreateClient(OutboundSetup.Once).SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            var status = (int)answer.StatusCode;
            var said = await BeginningAsync(answer, stop.Token);
            return (status, status is >= 300 and < 400 ? $"It leads elsewhere, and redirects are not followed. {said}".Trim() : said);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"No answer within {patience.TotalSeconds:0.#} seconds."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return (null, e is HttpRequestException { InnerException: OutboundException refused }
                ? $"{char.ToUpperInvariant(refused.Message[0])}{refused.Message[1..]}. Only public addresses are asked."
                : $"It could not be reached: {e.Message}");
        }
    }

    /// <summary>So much of an answer as is kept; the rest is left unread.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[Delivery.AnswerKept];
        var read = 0;
        for (int n; read < bytes.Length && (n = await stream.ReadAsync(bytes.AsMemory(read), cancel)) > 0;) read += n;
        return Encoding.UTF8.GetString(bytes, 0, read).Replace('\0', ' ');
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // It took longer than its lease, and another has taken it since; or someone has deleted it.
            db.ChangeTracker.Clear();
        }
    }
}
